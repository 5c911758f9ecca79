import { describe, expect, it } from 'vitest'
import { ABSTAIN_ALWAYS } from '../../../src/learning/calibration/calibration.ts'
import { abstentionReason } from '../../../src/learning/risk/abstention.ts'

describe('why a label is not assigned', () => {
  it.each([
    ['is none where it is', false, 0.8, 0.1, 0.8, undefined],
    [
      'is that the text is like no other, however confident the label',
      true,
      0.99,
      0,
      0.8,
      'unlike-anything-seen',
    ],
    ['is that two labels are close, where together they would do', false, 0.5, 0.4, 0.8, 'two-labels-close'],
    ['is that none is confident enough where the two would not do together', false, 0.3, 0.25, 0.8, 'unsure'],
    ['is that none is where the second is far behind', false, 0.6, 0.25, 0.8, 'unsure'],
    ['is that none can be where nothing is ever assigned', false, 0.6, 0.4, ABSTAIN_ALWAYS, 'unsure'],
  ])('%s', (_, novel, confidence, next, threshold, reason) => {
    expect(abstentionReason(novel, confidence, next, threshold)).toBe(reason)
  })
})
