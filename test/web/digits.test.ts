import { describe, expect, it } from 'vitest'
import { digitsFor } from '../../src/web/pages/review/digits.ts'
import { isUnlikely } from '../../src/web/pages/review/unlikely.ts'

const named = (...names: readonly string[]) => names.map((name) => ({ name }))
const predicted = (...labels: readonly string[]) => ({
  prediction: {
    label: labels[0]!,
    alternatives: labels.map((label) => ({ label, confidence: 0.1 })),
  },
})
const TWELVE = named(...'abcdefghijkl')

describe('the digits of labels', () => {
  it('are those of the alphabetical order, whatever the prediction, up to ten labels', () => {
    const ten = named(...'abcdefghij')
    expect([...digitsFor(ten, predicted('j', 'a')).entries()]).toEqual([
      ...[...'abcdefghi'].map((label, at) => [label, `Digit${at + 1}`]),
      ['j', 'Digit0'],
    ])
  })

  it('are those of the nine likeliest beyond ten, then of the alphabetical order', () => {
    expect([...digitsFor(TWELVE, predicted('l', 'c', 'gone')).keys()].join('')).toBe('lcabdefgh')
  })

  it('are alphabetical where no prediction may be seen', () => {
    expect([...digitsFor(TWELVE, {}).keys()].join('')).toBe('abcdefghi')
  })
})

describe('a label', () => {
  const alternatives = [
    { label: 'bill', confidence: 0.6 },
    { label: 'repair', confidence: 0.01 },
  ]
  const item = { prediction: { label: 'bill', alternatives } }

  it('is unlikely where the model gives it next to no chance', () => {
    expect(isUnlikely('repair', item)).toBe(true)
    expect(isUnlikely('bill', item)).toBe(false)
  })

  it('that is not among the likeliest is unlikely only where these leave next to nothing to the others', () => {
    expect(isUnlikely('other', item)).toBe(false)
    const sure = [...alternatives, { label: 'sale', confidence: 0.38 }]
    expect(isUnlikely('other', { prediction: { label: 'bill', alternatives: sure } })).toBe(true)
  })

  it('is never unlikely where no prediction may be seen', () => {
    expect(isUnlikely('repair', {})).toBe(false)
  })
})
