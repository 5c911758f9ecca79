import { expect, it } from 'vitest'
import { explainWhy } from '../../../src/review/queue/explain-why.ts'
import { WHYS } from '../../../src/review/queue/why.ts'

const alternatives = [
  { label: 'facturation', confidence: 0.41 },
  { label: 'réseau', confidence: 0.38 },
]

it.each(WHYS)('an agent reads in French why a thread is in the queue: %s', (why) => {
  for (const given of [[], alternatives.slice(0, 1), alternatives]) {
    const { en, fr } = explainWhy(why, given)
    expect(fr).toMatch(/^[A-ZÀ-Ý].*\.$/)
    expect(fr).not.toBe(en)
    expect(fr).not.toMatch(/\bfils?\b| [:;!?»%]|« /)
  }
})

it('the labels and their probabilities are in the sentence', () => {
  expect(explainWhy('close-labels', alternatives).fr).toBe(
    'Le modèle hésite entre «\u00a0facturation\u00a0» (41\u00a0%) et «\u00a0réseau\u00a0» (38\u00a0%).',
  )
})
