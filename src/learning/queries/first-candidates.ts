import type { Candidates } from './query-strategy.ts'

/** Takes the shortlist as it is, for strategies that look at no text. */
export function firstCandidates(candidates: Candidates, count: number): Int32Array {
  return candidates.rows.slice(0, Math.max(0, Math.floor(count)))
}
