/** Quantile of the standard normal distribution that leaves 2.5 % on either side. */
export const Z_95 = 1.959964

/**
 * Share of a standard normal distribution above `z`, to seven digits: the complementary error function by Chebyshev
 * fitting (Press et al., Numerical Recipes, section 6.2).
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.5 * x)
  const fitted = COEFFICIENTS.reduceRight((sum, coefficient) => sum * t + coefficient, 0)
  const tail = (t * Math.exp(fitted - x * x)) / 2
  return z >= 0 ? tail : 1 - tail
}

/** Of t⁰, t¹, … */
const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
]

/** Probability that a standard normal value is at least as far from 0 as `z`. */
export function twoSided(z: number): number {
  return Math.min(1, 2 * normalTail(Math.abs(z)))
}
