import { binomialCdf, casesNeeded } from '../statistics/binomial.ts'
import { ORDINARY_LOSSES } from './costs.ts'
import { asShareOfWrong } from './mean-loss.ts'
import { firstTested, type HeldOutPredictions, lossOf, type RiskBudget, rankRows } from './risk-budget.ts'

/** How many held-out predictions it takes until a budget lets anything be assigned. */
export interface CasesNeeded {
  /** At least so many, if the most confident ones are all right. */
  readonly least: number
  /**
   * So many at the present accuracy; absent where the most confident predictions are wrong more often than the budget
   * allows, so that accuracy has to rise first.
   */
  readonly estimate?: number
  /** Expected share of wrong ones among the most confident tenth. */
  readonly surestError: number
}

/** Growth of the numbers of predictions that are tried, and the most that are: an estimate beyond would be none. */
const GROWTH = 1.02
const MOST = 50_000
/** Probability under which a count is beyond chance. */
const BEYOND_CHANCE = 0.05
/** Probability of passing from which a number of predictions is enough. */
const LIKELY = 0.5
/** Share of the predictions that the first threshold assigns when there are very many. */
const SUREST = 0.1

/**
 * Estimates how many held-out predictions it takes until the first threshold of `chooseThresholds` probably passes, if accuracy
 * and the spread of confidences stay as they are. That is cautious, because accuracy rises with labels. The share of
 * wrong ones among the most confident is what their calibrated probabilities expect, since few can be counted; where
 * more were counted than chance explains, it is the share that was counted. Where costs are stated, a mistake counts as
 * that part of the dearest one that it costs, and the test as if all mistakes were of that cost.
 *
 * @returns undefined without predictions, and for a budget of 0
 */
export function casesUntilAssigned(
  predictions: HeldOutPredictions,
  stated: RiskBudget,
): CasesNeeded | undefined {
  const { costs } = predictions
  const classes = new Set(Array.from(predictions.likeliest))
  const losses = costs?.lossBounds(classes) ?? ORDINARY_LOSSES
  const risk = asShareOfWrong(stated, losses)
  const least = casesNeeded(0, risk)
  const ranked = rankRows(predictions)
  if (ranked.length === 0 || !Number.isFinite(least)) return undefined
  const errorAmong = expectedErrors(ranked, predictions, losses.largest)
  const passes = (cases: number) => {
    const reach = firstTested(cases, risk)
    return reach <= cases && binomialCdf(mostWrong(reach, risk), reach, errorAmong(reach / cases)) >= LIKELY
  }
  // Probabilities expect costs rather than errors where costs are stated; errors are then counted.
  const surestError = costs === undefined ? errorAmong(SUREST) : countedError(ranked, predictions)
  for (let cases = Math.max(least, ranked.length); cases <= MOST; cases = Math.ceil(cases * GROWTH))
    if (passes(cases)) return { least, estimate: cases, surestError }
  return { least, surestError }
}

/** The most wrong ones among so many with which a budget passes; -1 where none does. */
function mostWrong(cases: number, { budget, failureProbability }: RiskBudget): number {
  let passing = -1
  let failing = cases
  while (failing - passing > 1) {
    const middle = (passing + failing) >> 1
    if (binomialCdf(middle, cases, budget) <= failureProbability) passing = middle
    else failing = middle
  }
  return passing
}

/** The share of wrong predictions among the most confident tenth. */
function countedError(ranked: readonly number[], { truths, likeliest }: HeldOutPredictions): number {
  const surest = ranked.slice(0, Math.max(1, Math.round(SUREST * ranked.length)))
  return surest.filter((row) => truths[row] !== likeliest[row]).length / surest.length
}

/** The expected share of wrong predictions among any most confident share of them; in dearest ones, with costs. */
function expectedErrors(
  ranked: readonly number[],
  predictions: HeldOutPredictions,
  largest: number,
): (share: number) => number {
  const { confidences, costs } = predictions
  const perScore = (costs?.largest ?? 1) / largest
  return (share) => {
    const surest = ranked.slice(0, Math.max(1, Math.round(share * ranked.length)))
    const lost = surest.reduce((sum, row) => sum + lossOf(predictions, row), 0) / largest
    const wrong = Math.floor(lost)
    const expected = (perScore * surest.reduce((sum, row) => sum + 1 - confidences[row]!, 0)) / surest.length
    const isMore = 1 - binomialCdf(wrong - 1, surest.length, expected) < BEYOND_CHANCE
    return isMore ? lost / surest.length : Math.min(1, expected)
  }
}
