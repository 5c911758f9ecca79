import {
  type ClassifiedRow,
  type Evaluation,
  evaluate,
  OUT_OF_SCOPE,
} from '../learning/evaluation/evaluate.ts'
import { wilsonInterval } from '../learning/statistics/proportions.ts'
import type { ScopeThresholds, ScoredRow, TextEvaluation } from './evaluate-texts.ts'

/** Figures of one classifier on texts it had not seen; shares in [0, 1], times in seconds. */
export interface FoldFigures extends Omit<Evaluation, 'n' | 'labels' | 'confusions'> {
  /** Wall time of a whole training: features, solver, calibration. */
  readonly fit_seconds: number
  /** Texts classified a second, one by one. */
  readonly docs_per_second: number
  readonly temperature: number
  readonly threshold: number
  /** Texts learned from, those out of scope too. */
  readonly n_train: number
  /** Texts without a label that were also learned from; absent where there are none. */
  readonly n_unlabelled?: number
  /** Texts tested, those out of scope too. */
  readonly n_test: number
}

/** How a figure differs from fold to fold; `sd` is the sample standard deviation. */
export interface Spread {
  readonly min: number
  readonly max: number
  readonly sd: number
}

type SpreadFigure = 'accuracy' | 'macro_f1' | 'coverage' | 'selective_risk'

/** A label that was never predicted, since no training text has it. */
interface UnseenLabel {
  readonly label: string
  readonly support: number
}

/**
 * Figures over all tested texts. Of a cross-validation they are pooled: each text counts once, predicted by the
 * classifier that has not seen it; times, sizes, temperature and threshold are means over the folds.
 */
export interface FileFigures extends FoldFigures {
  /** 95 % confidence interval of the accuracy (Wilson 1927), as far as chance in the choice of texts goes. */
  readonly accuracy_interval: readonly [low: number, high: number]
  readonly artifact_bytes: number
  /** Labels learned, without `oos`. */
  readonly n_labels: number
  /** Rows of either file that could not be read or have no label. */
  readonly n_rejected: number
  /** Tested texts of label `oos`. */
  readonly n_out_of_scope: number
  /** Of a cross-validation. */
  readonly spread?: Readonly<Record<SpreadFigure, Spread>>
  readonly details: {
    /** By label, and what was mistaken for what. */
    readonly labels: Evaluation['labels']
    readonly confusions: Evaluation['confusions']
    /** Their texts count as wrong. */
    readonly unseen_labels: readonly UnseenLabel[]
    /** Figures by the thresholds chosen on the file of `--oos-from`, by either rule. */
    readonly scope?: readonly ScopeFigures[]
    readonly folds?: readonly FoldFigures[]
  }
}

/** Figures at a threshold that was chosen on another file; a text in scope that is left unassigned is wrong. */
interface ScopeFigures {
  /** `most-right`: most texts of that file treated right; `covering`: 95 % of its texts in scope assigned. */
  readonly rule: 'most-right' | 'covering'
  readonly threshold: number
  /** Share of tested texts in scope at or above the threshold. */
  readonly in_scope_coverage: number
  readonly in_scope_accuracy: number
  readonly oos_recall: number
}

/** Counts that do not follow from the tested texts. */
interface FileCounts {
  readonly learned: number
  readonly labels: number
  readonly rejected: number
}

/** Figures of one test, or pooled over the folds of a cross-validation. */
export function fileFigures(evaluations: readonly TextEvaluation[], counts: FileCounts): FileFigures {
  const rows = evaluations.flatMap((each) => each.rows)
  const { labels, confusions, ...pooled } = sharesOf(rows)
  const outside = rows.filter(({ truth }) => truth === OUT_OF_SCOPE)
  const scope = evaluations.length === 1 ? evaluations[0]!.scope : undefined
  const folds = evaluations.length > 1 ? evaluations.map(foldFigures) : undefined
  const spread = (figure: SpreadFigure) => spreadOf(folds!.map((fold) => fold[figure]))
  return {
    ...pooled,
    accuracy_interval: wilsonInterval(pooled.accuracy, rows.length - outside.length),
    fit_seconds: mean(evaluations.map((each) => each.fitSeconds)),
    docs_per_second: perSecond(rows.length, sum(evaluations.map((each) => each.classifySeconds))),
    artifact_bytes: Math.round(mean(evaluations.map((each) => each.artefactBytes))),
    temperature: mean(evaluations.map((each) => each.temperature)),
    threshold: mean(evaluations.map((each) => each.threshold)),
    n_train: counts.learned,
    ...withoutLabel(Math.max(...evaluations.map((each) => each.unlabelled))),
    n_test: rows.length,
    n_labels: counts.labels,
    n_rejected: counts.rejected,
    n_out_of_scope: outside.length,
    ...(folds && {
      spread: {
        accuracy: spread('accuracy'),
        macro_f1: spread('macro_f1'),
        coverage: spread('coverage'),
        selective_risk: spread('selective_risk'),
      },
    }),
    details: {
      labels,
      confusions,
      unseen_labels: unseenLabels(evaluations),
      ...(scope && { scope: scopeFigures(rows, scope) }),
      ...(folds && { folds }),
    },
  }
}

function foldFigures(evaluation: TextEvaluation): FoldFigures {
  const { labels: _, confusions: __, ...shares } = sharesOf(evaluation.rows)
  return {
    ...shares,
    fit_seconds: evaluation.fitSeconds,
    docs_per_second: perSecond(evaluation.rows.length, evaluation.classifySeconds),
    temperature: evaluation.temperature,
    threshold: evaluation.threshold,
    n_train: evaluation.learned,
    ...withoutLabel(evaluation.unlabelled),
    n_test: evaluation.rows.length,
  }
}

function withoutLabel(texts: number): { readonly n_unlabelled?: number } {
  return texts > 0 ? { n_unlabelled: texts } : {}
}

function sharesOf(rows: readonly ClassifiedRow[]) {
  const { n: _, ...shares } = evaluate(rows)
  return shares
}

function scopeFigures(
  rows: readonly ScoredRow[],
  { mostRight, covering }: ScopeThresholds,
): readonly ScopeFigures[] {
  const rules = [
    ['most-right', mostRight],
    ['covering', covering],
  ] as const
  return rules.map(([rule, threshold]) => {
    const scoped = rows.map((row) => ({ ...row, assigned: row.score >= threshold }))
    const { in_scope_accuracy, oos_recall = 0 } = evaluate(scoped)
    const { coverage } = evaluate(scoped.filter(({ truth }) => truth !== OUT_OF_SCOPE))
    return { rule, threshold, in_scope_coverage: coverage, in_scope_accuracy, oos_recall }
  })
}

function unseenLabels(evaluations: readonly TextEvaluation[]): UnseenLabel[] {
  const support = new Map<string, number>()
  for (const { rows, knownLabel } of evaluations)
    rows.forEach(({ truth }, at) => {
      if (truth !== OUT_OF_SCOPE && !knownLabel[at]) support.set(truth, (support.get(truth) ?? 0) + 1)
    })
  return [...support]
    .map(([label, count]) => ({ label, support: count }))
    .sort((a, b) => b.support - a.support || (a.label < b.label ? -1 : 1))
}

function spreadOf(values: readonly number[]): Spread {
  const centre = mean(values)
  const squares = sum(values.map((value) => (value - centre) ** 2))
  return {
    min: Math.min(...values),
    max: Math.max(...values),
    sd: Math.sqrt(squares / (values.length - 1)),
  }
}

/** 0 where the clock did not move: JSON has no infinity. */
function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? count / seconds : 0
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}
