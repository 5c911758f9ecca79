import { ABSTAIN_ALWAYS } from '../calibration/calibration.ts'
import { LearningError } from '../errors.ts'
import { casesNeeded, upperBound } from '../statistics/binomial.ts'
import { type CostTable, type LossBounds, ORDINARY_COST, ORDINARY_LOSSES } from './costs.ts'
import { asShareOfWrong, createMeanLossTest, meanLossBound } from './mean-loss.ts'

export interface RiskBudget {
  /** Largest share of wrong labels among those assigned; where costs are stated, their largest mean cost. */
  readonly budget: number
  /** Probability, at most, that the share among all posts like these exceeds the budget nevertheless. */
  readonly failureProbability: number
}

/** The budgets that a supervisor states: one for the facet, and one for each label that has its own. */
export interface RiskBudgets {
  readonly facet: RiskBudget
  /** Budget by label; the failure probability is the facet's. Unknown labels are ignored. */
  readonly labels?: Readonly<Record<string, number>>
}

/** Held-out predictions: parallel arrays, a class is a position in the labels. */
export interface HeldOutPredictions {
  /** Class of each row's label. */
  readonly truths: ArrayLike<number>
  /** Class that a row would be given: the likeliest or, where costs are stated, that of least expected cost. */
  readonly likeliest: ArrayLike<number>
  /**
   * Calibrated probability of that class or, where costs are stated, its score (see `CostDecision`): a row is assigned
   * where this is not below the threshold.
   */
  readonly confidences: ArrayLike<number>
  /** Absent where all mistakes cost the same. */
  readonly costs?: CostTable | undefined
}

/** A threshold, and its figures on held-out rows. */
export interface ChosenThreshold {
  readonly budget: number
  /** Least confidence at which a label is assigned; `ABSTAIN_ALWAYS` where none keeps the budget. */
  readonly threshold: number
  /** Held-out rows that the threshold applies to: for a label, those predicted to have it. */
  readonly cases: number
  /** Share of the cases at or above the threshold. */
  readonly coverage: number
  /** Cases at or above the threshold. */
  readonly assigned: number
  /** Wrong ones among the assigned. */
  readonly wrong: number
  /** Exact upper bound of the share of wrong ones at the failure probability; 1 where none is assigned. */
  readonly upperBound: number
  /** Where costs are stated: the mean cost of the assigned, and its upper bound at the failure probability. */
  readonly cost?: { readonly mean: number; readonly upperBound: number }
}

/** The threshold of a label with a budget of its own. */
export type LabelThreshold = ChosenThreshold &
  (
    | { readonly bound: 'own' }
    /** Under the facet's threshold: fewer than `needed` cases cannot prove the label's own budget. */
    | { readonly bound: 'facet'; readonly reason: 'too-few-cases'; readonly needed: number }
  )

export interface ChosenThresholds {
  /** For all labels without another threshold. */
  readonly facet: ChosenThreshold
  /**
   * Under the facet's budget, for labels that may cost more than an ordinary mistake where they are wrong; absent where
   * all may, or none.
   */
  readonly dear?: ChosenThreshold & { readonly labels: readonly string[] }
  /** By label, for those with a budget of their own. */
  readonly labels: Readonly<Record<string, LabelThreshold>>
}

/**
 * The default failure probability. It bounds the share among all posts like these. The share that a supervisor counts
 * among as many posts as the thresholds were chosen on varies as much again; 2.58 standard deviations for the former
 * leave `2.58 / √2 = 1.82` for the latter, which keeps it within the budget in 96 of 100 cases.
 */
export const DEFAULT_FAILURE_PROBABILITY = 0.005

/** Most thresholds that are tested. */
const STEPS = 200
/** Wrong rows that the first tested threshold tolerates, at most: a single one must not end the search at once. */
const FIRST_ALLOWANCE = 5
/** Least share of rows that the first tested threshold assigns: wrong annotations weigh too much among the most confident few. */
const FIRST_SHARE = 0.1

/**
 * Thresholds that keep stated budgets: Learn then Test (Angelopoulos, Bates, Candès, Jordan & Lei 2021) with
 * fixed-sequence testing (Bauer 1991). Thresholds are tested from the strictest down. Each is accepted as long as the
 * exact binomial test rejects "more than the budget is wrong at this threshold" at level `failureProbability`; the first
 * that fails ends the search. So the probability that the share of wrong labels among all posts like these exceeds the
 * budget is at most `failureProbability`, however many thresholds are tested. Which ones are tested depends on the
 * confidences alone.
 *
 * Where costs are stated, the budget bounds the mean cost of what is assigned, in units of an ordinary mistake, and the
 * test is that of `createMeanLossTest`, which is the binomial one where all mistakes that can occur cost the same. Labels
 * that may cost more than an ordinary mistake are tested apart from those that cannot, at half the failure probability
 * each: to rule out dear mistakes takes many rows, and the others need not wait for them.
 *
 * A label with a budget of its own is tested on the rows predicted to have it. Where these are too few to pass even
 * without an error, the label stays under the threshold of the facet, which is chosen on the rows of all such labels.
 *
 * @param labels by class
 * @throws LearningError `INVALID_ARGUMENT` for budgets outside [0, 1] and failure probabilities outside (0, 1)
 */
export function chooseThresholds(
  labels: readonly string[],
  predictions: HeldOutPredictions,
  budgets: RiskBudgets,
): ChosenThresholds {
  const { facet } = budgets
  checkBudgets(budgets)
  const ranked = rankRows(predictions)
  const chosen = new Map<string, LabelThreshold>()
  const few = new Map<string, { readonly rows: readonly number[]; readonly needed: number }>()
  const shared = new Set(labels.keys())
  for (const [c, label] of labels.entries()) {
    if (!Object.hasOwn(budgets.labels ?? {}, label)) continue
    const budget = budgets.labels![label]!
    const risk = { budget, failureProbability: facet.failureProbability }
    const rows = ranked.filter((row) => predictions.likeliest[row] === c)
    const needed = casesNeeded(0, asShareOfWrong(risk, lossBoundsOf(predictions, [c])))
    if (rows.length < needed && Number.isFinite(needed)) few.set(label, { rows, needed })
    else {
      shared.delete(c)
      chosen.set(label, { ...chooseThreshold(rows, predictions, risk, [c]), bound: 'own' })
    }
  }
  const groups = groupByCost(shared, predictions)
  const failureProbability = facet.failureProbability / (groups.dear.size > 0 ? 2 : 1)
  const choose = (classes: ReadonlySet<number>) => {
    const rows = ranked.filter((row) => classes.has(predictions.likeliest[row]!))
    return chooseThreshold(rows, predictions, { ...facet, failureProbability }, classes)
  }
  const bound = choose(groups.others)
  const dear = groups.dear.size > 0 ? choose(groups.dear) : undefined
  for (const [label, { rows, needed }] of few) {
    const { threshold } = groups.dear.has(labels.indexOf(label)) ? dear! : bound
    const risk = { budget: budgets.labels![label]!, failureProbability: facet.failureProbability }
    const losses = lossBoundsOf(predictions, [labels.indexOf(label)])
    const figures = figuresAt(threshold, rows, predictions, risk, losses)
    chosen.set(label, { ...figures, bound: 'facet', reason: 'too-few-cases', needed })
  }
  return {
    facet: bound,
    ...(dear && { dear: { ...dear, labels: labels.filter((_, c) => groups.dear.has(c)) } }),
    labels: Object.fromEntries([...chosen].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** The classes that may cost more than an ordinary mistake where they are given, and the others; all as others if all may. */
function groupByCost(classes: ReadonlySet<number>, predictions: HeldOutPredictions) {
  const dear = [...classes].filter((c) => lossBoundsOf(predictions, [c]).largest > ORDINARY_COST)
  if (dear.length === classes.size) return { dear: new Set<number>(), others: classes }
  return { dear: new Set(dear), others: new Set([...classes].filter((c) => !dear.includes(c))) }
}

/** Rows by falling confidence, equals in their order. */
export function rankRows({ confidences }: HeldOutPredictions): number[] {
  return Array.from({ length: confidences.length }, (_, row) => row).sort(
    (a, b) => confidences[b]! - confidences[a]!,
  )
}

function lossBoundsOf({ costs }: HeldOutPredictions, given: Iterable<number>): LossBounds {
  return costs?.lossBounds(given) ?? ORDINARY_LOSSES
}

/** What it costs that a row is given its class. */
export function lossOf({ truths, likeliest, costs }: HeldOutPredictions, row: number): number {
  const truth = truths[row]!
  const given = likeliest[row]!
  if (costs !== undefined) return costs.of(truth, given)
  return truth === given ? 0 : 1
}

/**
 * @param rows by falling confidence
 * @param given the classes that these rows may be given
 */
function chooseThreshold(
  rows: readonly number[],
  predictions: HeldOutPredictions,
  risk: RiskBudget,
  given: Iterable<number>,
): ChosenThreshold {
  const { confidences } = predictions
  const losses = lossBoundsOf(predictions, given)
  const test = createMeanLossTest(risk, losses)
  const step = Math.ceil(rows.length / STEPS)
  let threshold = ABSTAIN_ALWAYS
  let tested = 0
  let reach = firstTested(rows.length, asShareOfWrong(risk, losses))
  while (tested < rows.length && reach <= rows.length) {
    const confidence = confidences[rows[reach - 1]!]!
    // Rows of equal confidence are assigned together or not at all.
    while (tested < rows.length && confidences[rows[tested]!]! >= confidence) {
      test.add(lossOf(predictions, rows[tested++]!))
    }
    if (!test.passes()) break
    threshold = confidence
    reach = Math.min(tested + step, rows.length)
  }
  return figuresAt(threshold, rows, predictions, risk, losses)
}

/**
 * Number of rows at the first tested threshold: enough to pass with some wrong ones, if a quarter of the rows is enough
 * for that, and at least a tenth; otherwise as many as pass with none. A function of the number of rows alone.
 */
export function firstTested(rows: number, risk: RiskBudget): number {
  for (let allowance = FIRST_ALLOWANCE; allowance > 0; allowance--) {
    const needed = casesNeeded(allowance, risk)
    if (needed <= rows / 4) return Math.max(needed, Math.ceil(rows * FIRST_SHARE))
  }
  return casesNeeded(0, risk)
}

function figuresAt(
  threshold: number,
  rows: readonly number[],
  predictions: HeldOutPredictions,
  { budget, failureProbability }: RiskBudget,
  bounds: LossBounds,
): ChosenThreshold {
  const { truths, likeliest, confidences, costs } = predictions
  const above = rows.filter((row) => confidences[row]! >= threshold)
  const wrong = above.filter((row) => truths[row] !== likeliest[row]).length
  return {
    budget,
    threshold,
    cases: rows.length,
    coverage: rows.length > 0 ? above.length / rows.length : 0,
    assigned: above.length,
    wrong,
    upperBound: upperBound(wrong, above.length, failureProbability),
    ...(costs && {
      cost: costOf(
        above.map((row) => lossOf(predictions, row)),
        failureProbability,
        bounds,
      ),
    }),
  }
}

function costOf(losses: readonly number[], failureProbability: number, bounds: LossBounds) {
  return {
    mean: losses.length > 0 ? losses.reduce((sum, loss) => sum + loss, 0) / losses.length : 0,
    upperBound: meanLossBound(losses, failureProbability, bounds),
  }
}

/** @throws LearningError `INVALID_ARGUMENT` for budgets outside [0, 1] and failure probabilities outside (0, 1) */
export function checkBudgets({ facet: { budget, failureProbability }, labels = {} }: RiskBudgets): void {
  const numbers = [budget, failureProbability, ...Object.values(labels)]
  if (!numbers.every((value) => typeof value === 'number'))
    throw new LearningError('INVALID_ARGUMENT', 'a risk budget and an failure probability must be numbers')
  if (
    ![budget, ...Object.values(labels)].every((share) => share >= 0 && share <= 1) ||
    !(failureProbability > 0 && failureProbability < 1)
  )
    throw new LearningError(
      'INVALID_ARGUMENT',
      'a risk budget must be in [0, 1] and an failure probability in (0, 1)',
    )
}
