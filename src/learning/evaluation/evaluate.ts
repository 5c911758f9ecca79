import { expectedCalibrationError } from '../calibration/calibration-error.ts'
import { LearningError } from '../errors.ts'

/** The label of rows out of scope: no label is right, so they count neither for accuracy nor for any label. */
export const OUT_OF_SCOPE = 'oos'

/** One row with its true label and its prediction. */
export interface ClassifiedRow {
  readonly truth: string
  readonly label: string
  /** In [0, 1]. */
  readonly confidence: number
  readonly assigned: boolean
  /** Where costs are stated: the label of least expected cost, which is the one assigned, and its score. */
  readonly decided?: { readonly label: string; readonly score: number }
}

export interface LabelFigures {
  readonly label: string
  /** Rows that have the label. */
  readonly support: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export interface Confusion {
  readonly truth: string
  readonly label: string
  readonly count: number
}

export interface Evaluation {
  readonly n: number
  /** Of rows in scope, whether assigned or not. */
  readonly accuracy: number
  /** Mean over the labels that occur among the rows, each counting the same. */
  readonly macro_f1: number
  /** Share of all rows, out of scope too, that were assigned. */
  readonly coverage: number
  /** Share of wrong labels among assigned rows; an out-of-scope row that was assigned is wrong. */
  readonly selective_risk: number
  /** Share of rows in scope that were assigned their label: to abstain is wrong here. */
  readonly in_scope_accuracy: number
  /** Share of out-of-scope rows that were not assigned; absent where there are none. */
  readonly oos_recall?: number
  /** Expected calibration error of rows in scope, 15 bins of equal mass. */
  readonly ece: number
  /** Area under the risk–coverage curve of all rows by confidence; an out-of-scope row is wrong. */
  readonly aurc: number
  readonly labels: readonly LabelFigures[]
  /** Wrong pairs, the most frequent first. */
  readonly confusions: readonly Confusion[]
}

/**
 * Figures of classified rows; 0 where there is nothing to divide by.
 *
 * @throws LearningError `INVALID_ARGUMENT` where a confidence is not in [0, 1]
 */
export function evaluate(rows: readonly ClassifiedRow[]): Evaluation {
  if (!rows.every(({ confidence }) => confidence >= 0 && confidence <= 1))
    throw new LearningError('INVALID_ARGUMENT', 'a confidence must be in [0, 1]')
  const inScope = rows.filter((row) => row.truth !== OUT_OF_SCOPE)
  const outside = rows.filter((row) => row.truth === OUT_OF_SCOPE)
  const assigned = rows.filter((row) => row.assigned)
  const labels = labelFigures(inScope)
  return {
    n: rows.length,
    accuracy: share(inScope, isRight),
    macro_f1: mean(labels.filter((figures) => figures.support > 0).map((figures) => figures.f1)),
    coverage: share(rows, (row) => row.assigned),
    selective_risk: share(assigned, (row) => (row.decided ?? row).label !== row.truth),
    in_scope_accuracy: share(inScope, (row) => row.assigned && isRight(row)),
    ...(outside.length > 0 && { oos_recall: share(outside, (row) => !row.assigned) }),
    ece: expectedCalibrationError(...confidencesOf(inScope)),
    aurc: areaUnderRiskCoverage(...confidencesOf(rows)),
    labels,
    confusions: confusionList(inScope),
  }
}

function labelFigures(rows: readonly ClassifiedRow[]): LabelFigures[] {
  const counts = new Map<string, { support: number; predicted: number; right: number }>()
  const countsOf = (label: string) => {
    const known = counts.get(label) ?? { support: 0, predicted: 0, right: 0 }
    counts.set(label, known)
    return known
  }
  for (const row of rows) {
    countsOf(row.truth).support++
    countsOf(row.label).predicted++
    if (isRight(row)) countsOf(row.truth).right++
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, { support, predicted, right }]) => ({
      label,
      support,
      precision: predicted > 0 ? right / predicted : 0,
      recall: support > 0 ? right / support : 0,
      f1: right > 0 ? (2 * right) / (support + predicted) : 0,
    }))
}

function confusionList(rows: readonly ClassifiedRow[]): Confusion[] {
  const pairs = new Map<string, { truth: string; label: string; count: number }>()
  for (const row of rows) {
    if (isRight(row)) continue
    const key = JSON.stringify([row.truth, row.label])
    const pair = pairs.get(key) ?? { truth: row.truth, label: row.label, count: 0 }
    pair.count++
    pairs.set(key, pair)
  }
  return [...pairs]
    .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
    .map(([, pair]) => pair)
}

function confidencesOf(rows: readonly ClassifiedRow[]): [confidences: Float64Array, correct: Uint8Array] {
  return [
    Float64Array.from(rows, (row) => row.confidence),
    Uint8Array.from(rows, (row) => (isRight(row) ? 1 : 0)),
  ]
}

function isRight(row: ClassifiedRow): boolean {
  return row.label === row.truth
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length > 0 ? items.filter(holds).length / items.length : 0
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0
}

/**
 * Area under the risk–coverage curve (Geifman & El-Yaniv 2017; their AURC in Geifman, Uziel & El-Yaniv 2019, eq. 1): the
 * mean, over every number of rows that could be assigned, the most confident first, of the share of wrong ones among
 * them. Rows of equal confidence count as if their wrong ones were spread evenly among them. 0 without rows.
 */
export function areaUnderRiskCoverage(confidences: Float64Array, correct: Uint8Array): number {
  const n = confidences.length
  const order = Int32Array.from(confidences.keys()).sort((a, b) => confidences[b]! - confidences[a]!)
  let area = 0
  let wrong = 0
  for (let from = 0; from < n; ) {
    let to = from
    let among = 0
    while (to < n && confidences[order[to]!] === confidences[order[from]!])
      among += 1 - correct[order[to++]!]!
    for (let at = from; at < to; at++) {
      wrong += among / (to - from)
      area += wrong / (at + 1)
    }
    from = to
  }
  return n > 0 ? area / n : 0
}
