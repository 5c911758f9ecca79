import { binomialCdf, upperBound } from '../statistics/binomial.ts'
import type { LossBounds } from './costs.ts'

/** A test of "the mean loss is more than the budget", on losses that are added one after another. */
export interface MeanLossTest {
  add(loss: number): void
  /** Whether that is rejected at the failure probability: the budget is kept. */
  passes(): boolean
}

interface TestedBudget {
  readonly budget: number
  readonly failureProbability: number
}

/** Shares of the largest bet: all of it gains most without a loss, a small one survives some. */
const BETS = [1, 1 / 2, 1 / 4, 1 / 8] as const

/**
 * Tests the mean of losses in [0, largest]. Losses of one size are counted, and tested by the exact binomial test. Others
 * are tested by betting (Waudby-Smith & Ramdas 2024, "Estimating means of bounded random variables by betting"): with
 * losses and budget divided by the largest loss, the capital `Σ_j ¼ Π_i (1 + λ_j (budget − loss_i))` has an expectation
 * of at most 1 if the mean is more than the budget, so it exceeds `1 / failureProbability` no more often than with that
 * probability (Markov). The bets `λ_j` are fixed, so that the order of the losses does not matter. Unlike bounds by
 * Hoeffding and Bentkus it gains by rare large losses among many small ones.
 */
export function createMeanLossTest(
  { budget, failureProbability }: TestedBudget,
  { largest, isBinary }: LossBounds,
): MeanLossTest {
  const share = budget / largest
  if (share >= 1) return { add: () => undefined, passes: () => true }
  if (isBinary) {
    let lost = 0
    let tested = 0
    return {
      add(loss) {
        tested++
        if (loss > 0) lost++
      },
      passes: () => binomialCdf(lost, tested, share) <= failureProbability,
    }
  }
  const logs = new Float64Array(BETS.length)
  return {
    add(loss) {
      BETS.forEach((bet, j) => {
        logs[j] = logs[j]! + Math.log(Math.max(0, 1 + (bet / (1 - share)) * (share - loss / largest)))
      })
    },
    passes: () => share > 0 && logCapital(logs) >= -Math.log(failureProbability),
  }
}

/** The least mean that the losses rule out at the failure probability, to 10⁻⁹ of the largest; that itself if none. */
export function meanLossBound(
  losses: readonly number[],
  failureProbability: number,
  { largest, isBinary }: LossBounds,
): number {
  if (isBinary)
    return largest * upperBound(losses.filter((loss) => loss > 0).length, losses.length, failureProbability)
  let low = 0
  let high = 1
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    const test = createMeanLossTest({ budget: middle * largest, failureProbability }, { largest, isBinary })
    for (const loss of losses) test.add(loss)
    if (test.passes()) high = middle
    else low = middle
  }
  return high * largest
}

/** A budget of wrong labels that takes as many cases without a loss as this one of losses. */
export function asShareOfWrong<Risk extends TestedBudget>(
  risk: Risk,
  { largest, isBinary }: LossBounds,
): Risk {
  const failureProbability = isBinary ? risk.failureProbability : risk.failureProbability / BETS.length
  return { ...risk, budget: Math.min(1, risk.budget / largest), failureProbability }
}

function logCapital(logs: Float64Array): number {
  const most = logs.reduce((highest, log) => Math.max(highest, log), -Infinity)
  if (most === -Infinity) return -Infinity
  let sum = 0
  for (const log of logs) sum += Math.exp(log - most)
  return most + Math.log(sum / logs.length)
}
