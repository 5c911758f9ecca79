import { upperGamma } from './tail-probabilities.ts'

/** Quantile of the standard normal distribution that leaves 2.5 % on either side. */
export const Z_95 = 1.959964

/** `P(Z > z)` of a standard normal variable, exact in either tail. */
export function normalTail(z: number): number {
  const tail = upperGamma(0.5, (z * z) / 2) / 2
  return z >= 0 ? tail : 1 - tail
}

/** Probability that a standard normal value is at least as far from 0 as `z`. */
export function twoSided(z: number): number {
  return Math.min(1, 2 * normalTail(Math.abs(z)))
}
