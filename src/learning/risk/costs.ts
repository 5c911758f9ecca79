import { LearningError } from '../errors.ts'
import { highestIn } from '../training/predict.ts'

/** What it costs to give a label to a text that has another. */
export interface LabelCost {
  /** The label that the text has. */
  readonly truth: string
  /** The label that it is given. */
  readonly given: string
  /** In units of an ordinary mistake: more than 0, at most `LARGEST_COST`. */
  readonly cost: number
}

/** The cost of a wrong label for which none is stated. The right label costs nothing. */
export const ORDINARY_COST = 1
export const LARGEST_COST = 1000

/** What the losses of some predictions can be. */
export interface LossBounds {
  readonly largest: number
  /** Whether a loss is either nothing or the largest. */
  readonly isBinary: boolean
}

/** Expected costs that differ by less are equal. */
const ROUNDING = 1e-12

/** The losses of predictions without stated costs. */
export const ORDINARY_LOSSES: LossBounds = { largest: ORDINARY_COST, isBinary: true }

/** The label of least expected cost. */
export interface CostDecision {
  readonly given: number
  /** `1 − expected cost / largest cost`, in [0, 1]; the confidence, if all mistakes cost the same. */
  readonly score: number
  readonly expectedCost: number
  readonly likeliest: number
  readonly likeliestCost: number
  /** The score if the likeliest of the other labels cost nothing. */
  readonly together: number
}

/** Costs by class. Its buffer is reused: only one worker may decide with it at a time. */
export interface CostTable {
  readonly largest: number
  /** 0 for the right class. */
  of(truth: number, given: number): number
  /** What mistakes can cost where these classes are given. */
  lossBounds(given: Iterable<number>): LossBounds
  /**
   * Chooses the class `g` of least expected cost `Σ_t p_t · C(t, g)` (Elkan 2001, "The foundations of cost-sensitive
   * learning", eq. 1); of equally cheap ones, the likelier.
   */
  decide(probabilities: Float64Array): CostDecision
}

/**
 * The stated costs that concern these labels and differ from the ordinary one, in the order of their labels; undefined
 * where there are none, so that a classifier is what it would be without costs.
 *
 * @throws LearningError `INVALID_ARGUMENT` for costs out of range or stated twice, and for the cost of a right label
 */
export function costsAmong(
  labels: readonly string[],
  stated: readonly LabelCost[],
): readonly LabelCost[] | undefined {
  if (!areCosts(stated))
    throw new LearningError(
      'INVALID_ARGUMENT',
      `a cost must be above 0, at most ${LARGEST_COST}, of a wrong label and stated once`,
    )
  const known = new Set(labels)
  const costs = stated
    .filter(({ truth, given, cost }) => known.has(truth) && known.has(given) && cost !== ORDINARY_COST)
    .map(({ truth, given, cost }) => ({ truth, given, cost }))
    .sort((a, b) => compare(a.truth, b.truth) || compare(a.given, b.given))
  return costs.length > 0 ? costs : undefined
}

/** Whether each is the cost of a wrong label, in range, and of a pair of its own. */
export function areCosts(costs: readonly LabelCost[]): boolean {
  return (
    new Set(costs.map(({ truth, given }) => JSON.stringify([truth, given]))).size === costs.length &&
    costs.every(({ truth, given, cost }) => truth !== given && cost > 0 && cost <= LARGEST_COST)
  )
}

/** @param costs as `costsAmong` returns them */
export function createCostTable(labels: readonly string[], costs: readonly LabelCost[]): CostTable {
  const classes = labels.length
  const classOf = new Map(labels.map((label, c) => [label, c]))
  const stated = costs.map((each) => ({
    truth: classOf.get(each.truth)!,
    given: classOf.get(each.given)!,
    cost: each.cost,
  }))
  const byPair = new Map(stated.map(({ truth, given, cost }) => [truth * classes + given, cost]))
  const expected = new Float64Array(classes)

  function lossBounds(given: Iterable<number>): LossBounds {
    const among = new Set(given)
    const own = stated.filter((each) => among.has(each.given))
    const isPartly = own.length < among.size * (classes - 1)
    const all = [...own.map(({ cost }) => cost), ...(isPartly || among.size === 0 ? [ORDINARY_COST] : [])]
    const largest = all.reduce((most, cost) => Math.max(most, cost))
    return { largest, isBinary: all.every((cost) => cost === largest) }
  }

  const { largest } = lossBounds(labels.keys())
  const costOf = (truth: number, given: number) =>
    truth === given ? 0 : (byPair.get(truth * classes + given) ?? ORDINARY_COST)
  const scoreOf = (cost: number) => Math.min(1, Math.max(0, 1 - cost / largest))

  return {
    largest,
    of: costOf,
    lossBounds,
    decide(probabilities) {
      for (let c = 0; c < classes; c++) expected[c] = (1 - probabilities[c]!) * ORDINARY_COST
      for (const { truth, given, cost } of stated)
        expected[given] = expected[given]! + probabilities[truth]! * (cost - ORDINARY_COST)
      const likeliest = highestIn(probabilities)
      let given = likeliest
      let next = likeliest === 0 ? 1 : 0
      for (let c = 0; c < classes; c++) {
        const saved = expected[given]! - expected[c]!
        const isLikelier = saved > -ROUNDING && probabilities[c]! > probabilities[given]!
        if (saved > ROUNDING || isLikelier) given = c
      }
      if (next === given) next = given + 1 < classes ? given + 1 : given - 1
      for (let c = 0; c < classes; c++) if (c !== given && probabilities[c]! > probabilities[next]!) next = c
      const cost = Math.max(0, expected[given]!)
      return {
        given,
        score: scoreOf(cost),
        expectedCost: cost,
        likeliest,
        likeliestCost: Math.max(0, expected[likeliest]!),
        together: scoreOf(cost - probabilities[next]! * costOf(next, given)),
      }
    },
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
