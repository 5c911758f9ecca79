import type { FileFigures, Spread } from '../evaluation/file-figures.ts'
import { table } from './output.ts'

/** Rows of each list: what a reader can do something about at one sitting. */
const LISTED = 10

/** The figures as a person reads them: how good, what it cost, and where it goes wrong. */
export function describeEvaluation(figures: FileFigures): string {
  const { details, n_rejected: rejected } = figures
  return [
    headline(figures),
    lines(overall(figures)),
    ...(rejected > 0 ? [`${count(rejected, 'row')} without text or label were left out.`] : []),
    ...unseen(figures),
    ...(details.folds ? [`By fold:\n${table(details.folds.map(foldRow))}`] : []),
    ...hardest(figures),
    ...confusions(figures),
  ].join('\n\n')
}

function headline({ n_train, n_unlabelled = 0, ...figures }: FileFigures): string {
  const { n_test, n_labels, fit_seconds, details } = figures
  const seconds = `${fit_seconds.toFixed(1)} s`
  const learned = `${count(n_train, 'text')} (${count(n_labels, 'label')})${n_unlabelled > 0 ? ` and ${n_unlabelled} without a label` : ''}`
  return details.folds
    ? `${learned}, each tested by one of ${details.folds.length} classifiers that was not trained on it; training took ${seconds} each.`
    : `Trained on ${learned} in ${seconds}; tested on ${count(n_test, 'text')}.`
}

function overall(figures: FileFigures): [name: string, value: string][] {
  const { accuracy_interval: interval, spread, n_test: tested } = figures
  const chance = `95% interval ${percent(interval[0])} to ${percent(interval[1])}`
  return [
    ['accuracy', `${percent(figures.accuracy)}${between(spread?.accuracy)}, ${chance}`],
    ['macro F1', `${percent(figures.macro_f1)}${between(spread?.macro_f1)}`],
    ['assigned', `${percent(figures.coverage)}${between(spread?.coverage)} of ${count(tested, 'text')}`],
    [
      'wrong among assigned',
      figures.coverage > 0
        ? `${percent(figures.selective_risk)}${between(spread?.selective_risk)}`
        : 'nothing was assigned: too few examples to keep to any risk budget',
    ],
    ...outOfScope(figures),
    ['calibration error', percent(figures.ece)],
    ['area under the risk–coverage curve', percent(figures.aurc)],
    ['temperature', `${figures.temperature.toFixed(3)}, threshold ${figures.threshold.toFixed(4)}`],
    ['speed', `${grouped(Math.round(figures.docs_per_second))} texts/s, one at a time`],
    ['artefact', `${(figures.artifact_bytes / 1e6).toFixed(1)} MB`],
  ]
}

function outOfScope(figures: FileFigures): [name: string, value: string][] {
  const { oos_recall: recall, n_out_of_scope: outside, in_scope_accuracy: accuracy } = figures
  if (recall === undefined) return []
  const covering = figures.details.scope?.find(({ rule }) => rule === 'covering')
  return [
    [
      'out of scope',
      `${percent(recall)} of ${count(outside, 'text')} left unassigned; ${percent(accuracy)} of those in scope correctly labelled`,
    ],
    ...(covering
      ? ([
          [
            'at 95% coverage',
            `${percent(covering.oos_recall)} left unassigned; of those in scope, ${percent(covering.in_scope_coverage)} assigned, ${percent(covering.in_scope_accuracy)} correctly labelled`,
          ],
        ] as [string, string][])
      : []),
  ]
}

function unseen({ details }: FileFigures): string[] {
  const { unseen_labels: labels } = details
  if (labels.length === 0) return []
  const texts = labels.reduce((sum, { support }) => sum + support, 0)
  const named = labels.slice(0, LISTED).map(({ label, support }) => `${label} (${support})`)
  const more = labels.length > LISTED ? `, and ${labels.length - LISTED} more` : ''
  return [
    `${count(texts, 'tested text')} of ${count(labels.length, 'label')} without training texts, counted as wrong: ${named.join(', ')}${more}`,
  ]
}

function foldRow(fold: NonNullable<FileFigures['details']['folds']>[number], at: number) {
  return {
    fold: at + 1,
    texts: grouped(fold.n_test),
    accuracy: percent(fold.accuracy),
    'macro F1': percent(fold.macro_f1),
    assigned: percent(fold.coverage),
    'wrong among assigned': fold.coverage > 0 ? percent(fold.selective_risk) : '–',
  }
}

function hardest({ details }: FileFigures): string[] {
  const unlearned = new Set(details.unseen_labels.map(({ label }) => label))
  const missed = details.labels.filter(
    ({ label, support, f1 }) => support > 0 && f1 < 1 && !unlearned.has(label),
  )
  const rows = missed
    .sort((a, b) => a.f1 - b.f1 || b.support - a.support)
    .slice(0, LISTED)
    .map(({ label, support, precision, recall, f1 }) => ({
      F1: percent(f1),
      precision: percent(precision),
      recall: percent(recall),
      texts: grouped(support),
      label,
      'most often confused with': details.confusions.find(({ truth }) => truth === label)?.label ?? '',
    }))
  return rows.length > 0 ? [`Hardest labels:\n${table(rows)}`] : []
}

function confusions({ details }: FileFigures): string[] {
  const rows = details.confusions.slice(0, LISTED).map(({ truth, label, count: texts }) => ({
    texts: grouped(texts),
    is: truth,
    predicted: label,
  }))
  return rows.length > 0 ? [`Most frequent confusions:\n${table(rows)}`] : []
}

function lines(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

function between(spread: Spread | undefined): string {
  return spread
    ? ` (folds ${percent(spread.min)} to ${percent(spread.max)}, sd ${(spread.sd * 100).toFixed(1)})`
    : ''
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

function count(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`
}

function grouped(n: number): string {
  return n.toLocaleString('en')
}
