import { type Interval, wilsonInterval } from '../learning/statistics/proportions.ts'

/** So many of so many. */
export interface Share {
  readonly count: number
  readonly of: number
  /** Absent where there are none to be a share of. */
  readonly share?: number
  /** 95 % confidence interval (Wilson 1927). */
  readonly interval: Interval
}

/** How many hold, of how many. */
export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): Share {
  const count = items.filter(holds).length
  const of = items.length
  const share = of > 0 ? count / of : undefined
  return { count, of, share, interval: wilsonInterval(share ?? 0, of) }
}
