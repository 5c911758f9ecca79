import { expect, it } from 'vitest'
import { explainWhy, WHYS } from '../../../src/review/queue/why.ts'
import { explainWhyInFrench } from '../../../src/review/queue/why-in-french.ts'

const alternatives = [
  { label: 'facturation', confidence: 0.41 },
  { label: 'réseau', confidence: 0.38 },
]

it.each(WHYS)('an agent reads in French why a thread is in the queue: %s', (why) => {
  for (const given of [[], alternatives.slice(0, 1), alternatives]) {
    const sentence = explainWhyInFrench(why, given)
    expect(sentence).toMatch(/^[A-ZÀ-Ý].*\.$/)
    expect(sentence).not.toBe(explainWhy(why, given))
    expect(sentence).not.toMatch(/\bfils?\b| [:;!?»%]|« /)
  }
})

it('the labels and their probabilities are in the sentence', () => {
  expect(explainWhyInFrench('close-labels', alternatives)).toBe(
    'Le modèle hésite entre «\u00a0facturation\u00a0» (41\u00a0%) et «\u00a0réseau\u00a0» (38\u00a0%).',
  )
})
