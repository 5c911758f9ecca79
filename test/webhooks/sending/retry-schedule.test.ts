import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RETRY_DELAYS_MS, retryAfterMs, retryDelayMs } from '../../../src/webhooks/sending/record-attempt.ts'

const DAY = 86_400_000
const now = new Date('2026-03-02T09:14:05.120Z')

it('ends three days and some after the first attempt', () => {
  const total = RETRY_DELAYS_MS.reduce((sum, delay) => sum + delay, 0)
  expect(total / 3_600_000).toBeCloseTo(75.6, 1)
})

it('waits at least as long as planned and as asked for, and never much longer than either', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 1, max: RETRY_DELAYS_MS.length }),
      fc.integer({ min: 0, max: 30 * DAY }),
      (id, attempts, wish) => {
        const delay = retryDelayMs(id, attempts, wish)!
        const planned = RETRY_DELAYS_MS[attempts - 1]!
        expect(delay).toBeGreaterThanOrEqual(Math.max(planned, Math.min(wish, DAY)))
        expect(delay).toBeLessThanOrEqual(Math.max(planned * 1.2 + 1, DAY))
        expect(retryDelayMs(id, attempts, wish)).toBe(delay)
      },
    ),
  )
  expect(retryDelayMs('x', RETRY_DELAYS_MS.length + 1)).toBeUndefined()
})

it.each([
  ['120', 120_000],
  [' 1 ', 1_000],
  ['999999999', DAY],
  ['Mon, 02 Mar 2026 09:15:05 GMT', 59_880],
  ['Mon, 02 Mar 2026 09:13:05 GMT', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['2027', 2_027_000],
  ['2027-01-01', undefined],
  ['', undefined],
  [null, undefined],
])('reads Retry-After: %s as %s ms', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected)
})

it('reads any Retry-After as nothing or as at most a day', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const ms = retryAfterMs(header, now) ?? 1
      expect(ms).toBeGreaterThan(0)
      expect(ms).toBeLessThanOrEqual(DAY)
    }),
  )
})
