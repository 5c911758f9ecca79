import type { Tally } from './distributions.ts'
import { wilsonInterval } from './proportions.ts'

/** A share with its 95 % confidence interval. */
export interface ShareEstimate {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** A share and its 95 % interval (Wilson 1927); of no cases nothing is known: 0 to 1. */
export function estimateShare({ hits, cases }: Tally): ShareEstimate {
  const share = cases > 0 ? hits / cases : 0
  const [low, high] = wilsonInterval(share, cases)
  return { share, low, high }
}
