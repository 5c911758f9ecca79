import { type Closeness, createCloseness, NEAR_DUPLICATE } from './near-duplicates.ts'
import type { Candidates } from './query-strategy.ts'

/**
 * Takes one candidate after another, each time the one worth most, and never one that is a near-duplicate of a text
 * asked about before; so it may take fewer than `count`.
 *
 * @param worth of each candidate, given what was taken; the first of equals is taken
 * @param onTaken told which was taken, before the next is weighed
 */
export function takeGreedily(
  candidates: Candidates,
  count: number,
  worth: (candidate: number, closeness: Closeness, taken: number) => number,
  onTaken: (candidate: number) => void = () => {},
): Int32Array {
  const closeness = createCloseness(candidates)
  const taken: number[] = []
  while (taken.length < count) {
    let best = -1
    let most = -Infinity
    for (let i = 0; i < candidates.rows.length; i++) {
      if (closeness.closest[i]! >= NEAR_DUPLICATE) continue
      const value = worth(i, closeness, taken.length)
      if (value > most) {
        best = i
        most = value
      }
    }
    if (best < 0) break
    taken.push(candidates.rows[best]!)
    closeness.take(best)
    onTaken(best)
  }
  return Int32Array.from(taken)
}
