import { describe, expect, it } from 'vitest'
import { decideActivation } from '../../src/models/decide-activation.ts'
import type { HoldOutReport } from '../../src/models/index.ts'

const figures = (right: number, threads: number) => ({
  right,
  accuracy: right / threads,
  macroF1: 0,
  coverage: 0,
  wrongAmongAssigned: 0,
  calibrationError: 0,
})

const report = (
  threads: number,
  candidate: number,
  rival: { active?: number; majority?: number },
): HoldOutReport => ({
  threads,
  fingerprint: '',
  candidate: figures(candidate, threads),
  ...(rival.active !== undefined && { active: { version: 4, ...figures(rival.active, threads) } }),
  majority: { label: 'billing', right: rival.majority ?? 0, accuracy: (rival.majority ?? 0) / threads },
})

describe('the gate', () => {
  it('lets a candidate through that equals the active version, or beats it', () => {
    expect(decideActivation(report(50, 40, { active: 40 })).activate).toBe(true)
    expect(decideActivation(report(50, 41, { active: 40 })).activate).toBe(true)
  })

  it('lets exactly one point less through, and no more', () => {
    expect(decideActivation(report(100, 84, { active: 85 })).activate).toBe(true)
    expect(decideActivation(report(300, 282, { active: 285 })).activate).toBe(true)
    expect(decideActivation(report(300, 281, { active: 285 })).activate).toBe(false)
    expect(decideActivation(report(50, 39, { active: 40 })).activate).toBe(false)
  })

  it('asks of the first that it beats the commonest label', () => {
    expect(decideActivation(report(50, 21, { majority: 20 })).activate).toBe(true)
    expect(decideActivation(report(50, 20, { majority: 20 })).activate).toBe(false)
  })

  it('says why, with the figures', () => {
    expect(decideActivation(report(50, 30, { active: 40 })).reason).toBe(
      'Rejected: 60.0 % of 50 held-out threads right, more than a point worse; version 4, active until then, has 80.0 %.',
    )
    expect(decideActivation(report(50, 20, { majority: 20 })).reason).toBe(
      'Rejected: 40.0 % of 50 held-out threads right, no better than guessing; always answering "billing" has 40.0 %.',
    )
    expect(decideActivation(report(50, 30, { majority: 20 })).reason).toMatch(/^Activated: 60\.0 %/)
  })
})
