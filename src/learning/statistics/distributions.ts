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

/** Lanczos' approximation (g = 7, nine coefficients; Press et al. 2007, section 6.1): 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

/** `ln Γ(x)` for `x > 0`. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const shifted = x - 1
  let sum: number = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (shifted + i)
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** `P(χ² > x)` with so many degrees of freedom: the regularised upper incomplete gamma `Q(df/2, x/2)`. */
export function chiSquaredTail(x: number, df: number): number {
  if (x <= 0 || df <= 0) return 1
  return upperGamma(df / 2, x / 2)
}

/**
 * The regularised upper incomplete gamma function `Q(a, x)` (Press et al. 2007, section 6.2): the series below `a + 1`,
 * Lentz' continued fraction above.
 */
function upperGamma(a: number, x: number): number {
  if (x === 0) return 1
  const scale = Math.exp(-x + a * Math.log(x) - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = a + 1; term > sum * 1e-16; n++) {
      term *= x / n
      sum += term
    }
    return Math.max(0, 1 - sum * scale)
  }
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return scale * h
}

/** `P(Bin(n, p) ≥ k)`. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0 || p >= 1) return 1
  if (k > n || p <= 0) return 0
  const logTerm = logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p)
  return sumOfTerms(Math.exp(logTerm), k, n, (i) => ((n - i) / (i + 1)) * (p / (1 - p)))
}

/**
 * Sums the terms of number `from` to `last` of a series whose terms rise at most once and then fall.
 *
 * @param first the term of number `from`
 * @param ratio of the term of number `i + 1` to that of number `i`
 * @returns at most 1
 */
export function sumOfTerms(first: number, from: number, last: number, ratio: (i: number) => number): number {
  let term = first
  let sum = first
  for (let i = from; i < last; i++) {
    const factor = ratio(i)
    term *= factor
    sum += term
    if (factor < 1 && term < sum * 1e-17) break
  }
  return Math.min(1, sum)
}

/** `ln (n over k)`. */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}
