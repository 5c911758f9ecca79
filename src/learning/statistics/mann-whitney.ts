import { normalTail } from './normal-distribution.ts'

/** Whether values of one group tend to be greater than those of another. */
interface RankComparison {
  /** Pairs in which the value of the first group is greater; equal ones count half (Mann & Whitney 1947). */
  readonly u: number
  /** The same as a share of all pairs: 0.5 where neither tends to be greater (Vargha & Delaney 2000). */
  readonly effect: number
  /** One-sided: the chance of so great a `u`, were there no difference; normal approximation, corrected for ties. */
  readonly p: number
}

/** Compares two groups of numbers by their ranks; `p` is 1 where a group is empty or all values are equal. */
export function compareRanks(first: readonly number[], second: readonly number[]): RankComparison {
  const n = first.length
  const m = second.length
  if (n === 0 || m === 0) return { u: 0, effect: 0.5, p: 1 }
  const all = Float64Array.from([...first, ...second]).sort()
  const total = n + m
  const rankOf = new Map<number, number>()
  let ties = 0
  for (let from = 0; from < total; ) {
    let to = from + 1
    while (to < total && all[to] === all[from]) to++
    const size = to - from
    rankOf.set(all[from]!, (from + 1 + to) / 2)
    ties += size ** 3 - size
    from = to
  }
  let ranks = 0
  for (const value of first) ranks += rankOf.get(value)!
  const u = ranks - (n * (n + 1)) / 2
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  const p = variance > 0 ? normalTail((u - (n * m) / 2) / Math.sqrt(variance)) : 1
  return { u, effect: u / (n * m), p }
}
