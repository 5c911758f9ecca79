import { LearningError } from '../errors.ts'

/** `P(Bin(n, p) ≤ k)`, summed from term `k` down, where terms fall as long as `k ≤ n p`. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  let logTerm = n * Math.log1p(-p)
  for (let i = 1; i <= k; i++) logTerm += Math.log(((n - i + 1) / i) * (p / (1 - p)))
  let term = Math.exp(logTerm)
  let sum = 0
  for (let i = k; i >= 0; i--) {
    sum += term
    if (term < sum * 1e-17) break
    term *= (i / (n - i + 1)) * ((1 - p) / p)
  }
  return Math.min(sum, 1)
}

/**
 * The exact one-sided upper bound of a share of which `k` of `n` were seen (Clopper & Pearson 1934): the largest `p`
 * with `P(Bin(n, p) ≤ k) > doubt`, to 10⁻⁹; 1 where nothing or everything was seen.
 */
export function upperBound(k: number, n: number, doubt: number): number {
  if (k >= n) return 1
  let low = 0
  let high = 1
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (binomialCdf(k, n, middle) > doubt) low = middle
    else high = middle
  }
  return high
}

/** How many cases it takes for a share to be bounded by `budget` when `k` of them are wrong; infinite for 0. */
export function casesNeeded(k: number, { budget, doubt }: { budget: number; doubt: number }): number {
  if (budget <= 0) return Infinity
  let low = k
  let high = k + 1
  while (binomialCdf(k, high, budget) > doubt) {
    low = high
    high *= 2
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (binomialCdf(k, middle, budget) > doubt) low = middle
    else high = middle
  }
  return high
}

/**
 * The exact one-sided McNemar test: how probable it is that at least `lost` of `lost + gained` cases in which two
 * verdicts differ fall on one side, were either side as probable (McNemar 1947; Fay 2010, "Two-sided exact tests and
 * matching confidence intervals for discrete data", section 3). Cases in which both are right or both wrong say nothing.
 *
 * @param lost cases that only the first had right
 * @param gained cases that only the second had right
 * @returns the probability, in (0, 1]: small where the second is worse beyond chance
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function exactMcNemar(lost: number, gained: number): number {
  if (![lost, gained].every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new LearningError('INVALID_ARGUMENT', 'cases must be counted in whole numbers from 0')
  // P(X ≥ lost) = P(X ≤ gained), as X is symmetric about half of all.
  return binomialCdf(gained, lost + gained, 0.5)
}
