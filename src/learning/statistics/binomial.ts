import { LearningError } from '../errors.ts'

/**
 * `P(Bin(n, p) ≤ k)`. Up to the mean it is summed from term `k` down, above it what is left of 1 from term `k + 1` up: so
 * the first term is the largest, and where that is too small for a number, so is the sum.
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  const odds = p / (1 - p)
  const isAbove = k > n * p
  const first = isAbove ? k + 1 : k
  let logTerm = n * Math.log1p(-p)
  for (let i = 1; i <= first; i++) logTerm += Math.log(((n - i + 1) / i) * odds)
  let term = Math.exp(logTerm)
  let sum = 0
  for (let i = first; i >= 0 && i <= n && term > sum * 1e-17; i += isAbove ? 1 : -1) {
    sum += term
    term *= isAbove ? ((n - i) / (i + 1)) * odds : i / (n - i + 1) / odds
  }
  return isAbove ? 1 - Math.min(sum, 1) : Math.min(sum, 1)
}

/**
 * The exact one-sided upper bound of a share of which `k` of `n` were observed (Clopper & Pearson 1934): the largest
 * `p` with `P(Bin(n, p) ≤ k) > failureProbability`, to 10⁻⁹; 1 where `k = n`.
 */
export function upperBound(k: number, n: number, failureProbability: number): number {
  if (k >= n) return 1
  let low = 0
  let high = 1
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (binomialCdf(k, n, middle) > failureProbability) low = middle
    else high = middle
  }
  return high
}

/** Fewest cases that bound a share by `budget` when `k` of them are wrong; infinite for a budget of 0. */
export function casesNeeded(
  k: number,
  { budget, failureProbability }: { budget: number; failureProbability: number },
): number {
  if (budget <= 0) return Infinity
  let low = k
  let high = k + 1
  while (binomialCdf(k, high, budget) > failureProbability) {
    low = high
    high *= 2
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (binomialCdf(k, middle, budget) > failureProbability) low = middle
    else high = middle
  }
  return high
}

/**
 * The exact one-sided McNemar test: the probability that at least `lost` of the `lost + gained` cases in which two
 * predictions differ fall on one side, if both sides are equally probable (McNemar 1947; Fay 2010, "Two-sided exact
 * tests and matching confidence intervals for discrete data", section 3). Cases that both have right or both have wrong
 * carry no information.
 *
 * @param lost cases that only the first has right
 * @param gained cases that only the second has right
 * @returns the probability, in (0, 1]: small where the second is worse beyond chance
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function exactMcNemar(lost: number, gained: number): number {
  if (![lost, gained].every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new LearningError('INVALID_ARGUMENT', 'cases must be counted in whole numbers from 0')
  // P(X ≥ lost) = P(X ≤ gained), as X is symmetric about half of all.
  return binomialCdf(gained, lost + gained, 0.5)
}
