import { ABSTAIN_ALWAYS } from '../calibration/calibration.ts'
import { LearningError } from '../errors.ts'
import { binomialCdf, casesNeeded, upperBound } from '../statistics/binomial.ts'

export interface RiskBudget {
  /** Largest share of wrong labels among those assigned. */
  readonly budget: number
  /** Probability, at most, that the share among all posts like these is larger after all. */
  readonly doubt: number
}

/** What a supervisor states: a budget for the facet, and for labels that are to have their own. */
export interface RiskBudgets {
  readonly facet: RiskBudget
  /** Budget by label; the doubt is the facet's. Labels that are not known are left alone. */
  readonly labels?: Readonly<Record<string, number>>
}

/** What was said of rows by models that had not seen them; parallel, a class is a position in the labels. */
export interface HeldOutPredictions {
  readonly truths: ArrayLike<number>
  readonly likeliest: ArrayLike<number>
  /** What a threshold is compared with: a row is assigned where this is not below it. */
  readonly confidences: ArrayLike<number>
}

/** A threshold, and what was seen at it on held-out rows. */
export interface ChosenThreshold {
  readonly budget: number
  /** Least confidence at which a label is assigned; `ABSTAIN_ALWAYS` where none keeps the budget. */
  readonly threshold: number
  /** Held-out rows that the threshold is for: of a label, those that were given it. */
  readonly cases: number
  /** Share of the cases at or above the threshold: what the budget leaves. */
  readonly coverage: number
  /** Cases at or above the threshold. */
  readonly assigned: number
  /** Wrong ones among those. */
  readonly wrong: number
  /** Exact upper bound of the share of wrong ones at the facet's doubt; 1 where none is assigned. */
  readonly upperBound: number
}

/** The threshold of a label with a budget of its own. */
export type LabelThreshold = ChosenThreshold &
  (
    | { readonly bound: 'own' }
    /** Held to the facet's bound: its own cannot be shown with fewer than `needed` cases. */
    | { readonly bound: 'facet'; readonly reason: 'too-few-cases'; readonly needed: number }
  )

export interface ChosenThresholds {
  /** Of all labels but those with a bound of their own. */
  readonly facet: ChosenThreshold
  /** By label, of those with a budget of their own. */
  readonly labels: Readonly<Record<string, LabelThreshold>>
}

/**
 * The doubt unless another is stated. It is for the share among all posts like these; the share that a supervisor counts
 * among as many posts as the thresholds rest on varies as much again, and `2.58 / √2 = 1.82` standard deviations keep
 * that one within the budget in 96 of 100 cases.
 */
export const USUAL_DOUBT = 0.005

/** Thresholds tried, at most. */
const STEPS = 200
/** Wrong rows that the first threshold tried can bear, at most: a single one must not end the search at once. */
const FIRST_ALLOWANCE = 5
/** Share of rows that the first threshold tried assigns, at least: among the surest few, wrongly labelled ones stand out. */
const FIRST_SHARE = 0.1

/**
 * Thresholds that keep stated budgets: Learn then Test (Angelopoulos, Bates, Candès, Jordan & Lei 2021) with
 * fixed-sequence testing (Bauer 1991). Thresholds are tried from the strictest down; each is kept as long as the
 * exact binomial test rejects "more than the budget is wrong at this threshold" at level `doubt`, and the first that
 * fails ends the search. So the probability that the share of wrong labels among all posts like these is above the
 * budget is at most `doubt`, however many thresholds are tried. Which are tried depends on the confidences alone.
 *
 * A label with a budget of its own is tested on the rows that were given it. Where those are too few to pass without a
 * single error, it stays with the facet, whose bound is on all rows of labels that have no bound of their own.
 *
 * @param labels by class
 * @throws LearningError `INVALID_ARGUMENT` for budgets outside [0, 1] and doubts outside (0, 1)
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
    const risk = { budget, doubt: facet.doubt }
    const rows = ranked.filter((row) => predictions.likeliest[row] === c)
    const needed = casesNeeded(0, risk)
    if (rows.length < needed && Number.isFinite(needed)) few.set(label, { rows, needed })
    else {
      shared.delete(c)
      chosen.set(label, { ...chooseThreshold(rows, predictions, risk), bound: 'own' })
    }
  }
  const together = ranked.filter((row) => shared.has(predictions.likeliest[row]!))
  const bound = chooseThreshold(together, predictions, facet)
  for (const [label, { rows, needed }] of few) {
    const seen = seenAt(bound.threshold, rows, predictions, {
      budget: budgets.labels![label]!,
      doubt: facet.doubt,
    })
    chosen.set(label, { ...seen, bound: 'facet', reason: 'too-few-cases', needed })
  }
  return { facet: bound, labels: Object.fromEntries([...chosen].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** Rows by falling confidence, equals in their order. */
function rankRows({ confidences }: HeldOutPredictions): number[] {
  return Array.from({ length: confidences.length }, (_, row) => row).sort(
    (a, b) => confidences[b]! - confidences[a]!,
  )
}

/** @param rows by falling confidence */
function chooseThreshold(
  rows: readonly number[],
  predictions: HeldOutPredictions,
  risk: RiskBudget,
): ChosenThreshold {
  const { truths, likeliest, confidences } = predictions
  const step = Math.ceil(rows.length / STEPS)
  let threshold = ABSTAIN_ALWAYS
  let wrong = 0
  let tested = 0
  let reach = firstStep(rows.length, risk)
  while (tested < rows.length && reach <= rows.length) {
    const confidence = confidences[rows[reach - 1]!]!
    // Rows of equal confidence are assigned together or not at all.
    while (tested < rows.length && confidences[rows[tested]!]! >= confidence) {
      const row = rows[tested++]!
      if (truths[row] !== likeliest[row]) wrong++
    }
    if (risk.budget < 1 && binomialCdf(wrong, tested, risk.budget) > risk.doubt) break
    threshold = confidence
    reach = Math.min(tested + step, rows.length)
  }
  return seenAt(threshold, rows, predictions, risk)
}

/**
 * Rows at the first threshold tried: enough to pass with some wrong ones among them where a quarter of all is enough for
 * that, and no fewer than a tenth, else those that pass with none; a function of how many rows there are.
 */
function firstStep(rows: number, risk: RiskBudget): number {
  for (let allowance = FIRST_ALLOWANCE; allowance > 0; allowance--) {
    const needed = casesNeeded(allowance, risk)
    if (needed <= rows / 4) return Math.max(needed, Math.ceil(rows * FIRST_SHARE))
  }
  return casesNeeded(0, risk)
}

function seenAt(
  threshold: number,
  rows: readonly number[],
  { truths, likeliest, confidences }: HeldOutPredictions,
  { budget, doubt }: RiskBudget,
): ChosenThreshold {
  const above = rows.filter((row) => confidences[row]! >= threshold)
  const wrong = above.filter((row) => truths[row] !== likeliest[row]).length
  return {
    budget,
    threshold,
    cases: rows.length,
    coverage: rows.length > 0 ? above.length / rows.length : 0,
    assigned: above.length,
    wrong,
    upperBound: upperBound(wrong, above.length, doubt),
  }
}

/** Refuses budgets outside [0, 1] and doubts outside (0, 1): `INVALID_ARGUMENT`. */
export function checkBudgets({ facet: { budget, doubt }, labels = {} }: RiskBudgets): void {
  const numbers = [budget, doubt, ...Object.values(labels)]
  if (!numbers.every((value) => typeof value === 'number'))
    throw new LearningError('INVALID_ARGUMENT', 'a risk budget and an error probability must be numbers')
  if (
    ![budget, ...Object.values(labels)].every((share) => share >= 0 && share <= 1) ||
    !(doubt > 0 && doubt < 1)
  )
    throw new LearningError(
      'INVALID_ARGUMENT',
      'a risk budget must be in [0, 1] and an error probability in (0, 1)',
    )
}
