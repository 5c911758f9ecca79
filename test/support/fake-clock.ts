import type { Clock } from '../../src/platform/clock.ts'

/** A clock that stands still until told otherwise. */
export function fakeClock(start: string): Clock & { advance(ms: number): void } {
  let now = new Date(start).getTime()
  return {
    now: () => new Date(now),
    advance(ms) {
      now += ms
    },
  }
}
