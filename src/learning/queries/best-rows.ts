import type { QueryPool } from './query-strategy.ts'

/**
 * The rows of highest score, the highest first, equals by id; never more than there are. Scores that are no numbers come last.
 *
 * @param scored of each row of the pool
 */
export function bestRows({ ids }: QueryPool, scored: Float64Array, limit: number): Int32Array {
  const scores = scored.map((score) => (Number.isNaN(score) ? -Infinity : score))
  const most = Math.max(0, Math.min(Math.floor(limit), scores.length))
  if (!(most > 0)) return new Int32Array(0)
  // Sorting numbers alone is an order of magnitude faster than sorting rows by them.
  const bound = scores.slice().sort()[scores.length - most]!
  const eligible: number[] = []
  for (let row = 0; row < scores.length; row++) if (scores[row]! >= bound) eligible.push(row)
  eligible.sort(
    (a, b) => (scores[a] === scores[b] ? 0 : scores[b]! - scores[a]!) || (ids[a]! < ids[b]! ? -1 : 1),
  )
  return Int32Array.from(eligible.slice(0, most))
}
