import { describe, expect, it } from 'vitest'
import { explainWhy } from '../../../src/review/queue/explain-why.ts'
import { rareAmong, whyUnsure } from '../../../src/review/queue/why.ts'

const torn = [
  { label: 'billing', confidence: 0.41 },
  { label: 'contract', confidence: 0.38 },
]
const lost = [
  { label: 'billing', confidence: 0.3 },
  { label: 'contract', confidence: 0.1 },
]
const candidate = (
  alternatives: typeof torn,
  abstained?: 'unsure' | 'unlike-anything-seen' | 'two-labels-close',
) => ({
  threadId: 't',
  alternatives,
  abstained,
})
const none = { rare: () => false }

describe('why a thread is asked about', () => {
  it.each([
    ['its two likeliest labels are close, also where one was assigned', candidate(torn), 'close-labels'],
    ['no label is likely', candidate(lost), 'uncertain'],
    ['the model abstained because it was unsure', candidate(torn, 'unsure'), 'uncertain'],
    ['the model abstained between two', candidate(lost, 'two-labels-close'), 'close-labels'],
    ['the model never saw the like, whatever its labels', candidate(torn, 'unlike-anything-seen'), 'unlike'],
  ])('is that %s', (_, thread, why) => {
    expect(whyUnsure(thread, none)).toBe(why)
  })

  it('is that its label has few examples, unless it is like nothing known', () => {
    const rare = rareAmong(new Map(Object.entries({ billing: 1, contract: 40, network: 60 })))
    expect(whyUnsure(candidate(torn), { rare })).toBe('rare-label')
    expect(whyUnsure(candidate(torn, 'unlike-anything-seen'), { rare })).toBe('unlike')
    expect(['billing', 'contract', 'network', 'never heard of'].map(rare)).toEqual([true, false, false, true])
    expect(rareAmong(new Map([['billing', 0]]))('billing')).toBe(false)
  })

  it('is explained with the labels and their probabilities', () => {
    expect(explainWhy('close-labels', torn).en).toBe(
      'The model cannot decide between billing (41%) and contract (38%).',
    )
    expect(explainWhy('uncertain', lost).en).toBe(
      'The most uncertain prediction among the remaining threads: billing (30%).',
    )
    expect(explainWhy('rare-label', lost).en).toBe('It may have the label billing, which has few examples.')
  })

  it('is explained without them where there is no prediction or it is hidden', () => {
    for (const why of ['close-labels', 'uncertain', 'rare-label', 'unlike', 'audit', 'misroute'] as const)
      expect(explainWhy(why).en).not.toMatch(/undefined|%|billing/)
  })
})
