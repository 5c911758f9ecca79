import { describe, expect, it } from 'vitest'
import { labelTexts } from '../../../src/learning/features/examples.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'

describe('what labels are called', () => {
  it('is read as words, with what they are said to mean', () => {
    const labels = ['card_arrival', 'changeAddress', 'fin-de-contrat', '42', 'B']
    const { texts, targets } = labelTexts(labels, { B: 'bugs and crashes', other: 'unused' })
    expect(texts).toEqual(['card arrival', 'change Address', 'fin de contrat', 'B bugs and crashes'])
    expect(targets).toEqual([0, 1, 2, 4])
  })

  it('is learned from: words that stand in no example tell a label', () => {
    const texts = [
      'when will it come?',
      'still waiting for mine',
      'who can see what I do?',
      'I was charged twice',
    ]
    const labels = ['delivery', 'delivery', 'B', 'B']
    const plain = trainClassifier({ texts, labels, seed: 1 })
    expect(plain.classify('delivery').label).toBe('delivery')
    const described = trainClassifier({ texts, labels, seed: 1, descriptions: { B: 'privacy, invoices' } })
    expect(described.classify('privacy').label).toBe('B')
  })

  it('is no word of an object that nobody meant', () => {
    expect(labelTexts(['constructor']).texts).toEqual(['constructor'])
  })
})
