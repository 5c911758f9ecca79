import { expectedCalibrationError } from '../calibration/calibration-error.ts'
import { LearningError } from '../errors.ts'
import { areaUnderRiskCoverage } from '../risk/risk-coverage.ts'

/** A row out of scope: it has no right label, so it counts neither for accuracy nor for any label. */
export const OUT_OF_SCOPE = 'oos'

/** What a classifier said of one row, beside the truth. */
export interface JudgedRow {
  readonly truth: string
  readonly label: string
  /** In [0, 1]. */
  readonly confidence: number
  readonly assigned: boolean
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
 * Figures over judged rows; 0 where there is nothing to divide by.
 *
 * @throws LearningError `INVALID_ARGUMENT` where a confidence is not in [0, 1]
 */
export function evaluate(rows: readonly JudgedRow[]): Evaluation {
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
    selective_risk: share(assigned, (row) => !isRight(row)),
    in_scope_accuracy: share(inScope, (row) => row.assigned && isRight(row)),
    ...(outside.length > 0 && { oos_recall: share(outside, (row) => !row.assigned) }),
    ece: expectedCalibrationError(...judgedConfidences(inScope)),
    aurc: areaUnderRiskCoverage(...judgedConfidences(rows)),
    labels,
    confusions: confusionList(inScope),
  }
}

function labelFigures(rows: readonly JudgedRow[]): LabelFigures[] {
  const tallies = new Map<string, { support: number; said: number; right: number }>()
  const tally = (label: string) => {
    const known = tallies.get(label) ?? { support: 0, said: 0, right: 0 }
    tallies.set(label, known)
    return known
  }
  for (const row of rows) {
    tally(row.truth).support++
    tally(row.label).said++
    if (isRight(row)) tally(row.truth).right++
  }
  return [...tallies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, { support, said, right }]) => ({
      label,
      support,
      precision: said > 0 ? right / said : 0,
      recall: support > 0 ? right / support : 0,
      f1: right > 0 ? (2 * right) / (support + said) : 0,
    }))
}

function confusionList(rows: readonly JudgedRow[]): Confusion[] {
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

function judgedConfidences(rows: readonly JudgedRow[]): [confidences: Float64Array, correct: Uint8Array] {
  return [
    Float64Array.from(rows, (row) => row.confidence),
    Uint8Array.from(rows, (row) => (isRight(row) ? 1 : 0)),
  ]
}

function isRight(row: JudgedRow): boolean {
  return row.label === row.truth
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length > 0 ? items.filter(holds).length / items.length : 0
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0
}
