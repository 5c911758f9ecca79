import type { Tally } from './tail-probabilities.ts'

/** A share with its 95 % confidence interval. */
export interface ShareEstimate {
  readonly share: number
  readonly low: number
  readonly high: number
}

const Z = 1.959963984540054

/** A share and its 95 % interval (Wilson 1927); of no cases nothing is known: 0 to 1. */
export function estimateShare({ hits, cases }: Tally): ShareEstimate {
  if (cases === 0) return { share: 0, low: 0, high: 1 }
  const share = hits / cases
  const centre = share + (Z * Z) / (2 * cases)
  const spread = Z * Math.sqrt((share * (1 - share)) / cases + (Z * Z) / (4 * cases * cases))
  const scale = 1 + (Z * Z) / cases
  return {
    share,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  }
}
