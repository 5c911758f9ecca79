import {
  type AuditReport,
  english,
  type ParityReport,
  type SavingsReport,
  type Share,
} from '../insight/index.ts'
import { table } from './output.ts'

/** Figures of the audit slice, for people. */
export function auditLines({ summary, figures, languages, labels }: AuditReport): string {
  const rows = [{ language: 'all', ...figures }, ...languages].map((row) => ({
    of: row.language,
    labelled: row.labelled,
    right: told(row.accuracy),
    assigned: told(row.coverage),
    'wrong among those': told(row.wrongAmongAssigned),
    misrouted: told(row.misroutes),
  }))
  const byLabel = labels.map(({ label, recall, wrongAmongAssigned }) => ({
    label,
    labelled: recall.of,
    found: told(recall),
    assigned: wrongAmongAssigned.of,
    'wrong among those': told(wrongAmongAssigned),
  }))
  return [summary.en, table(rows), ...(byLabel.length > 0 ? [table(byLabel)] : [])].join('\n\n')
}

/** French beside English, for people. */
export function parityLines({ summary, basis, languages, differences }: ParityReport): string {
  const rows = languages.map((row) => ({
    language: row.language,
    threads: row.cases,
    right: told(row.accuracy),
    assigned: told(row.coverage),
    'calibration error':
      row.calibration === undefined
        ? '–'
        : `${english.percent(row.calibration.measured)} (${english.between(row.calibration.interval)})`,
  }))
  const apart = differences.map(({ measure, difference, interval, adjusted }) => ({
    'French less English': measure,
    difference: english.points(difference),
    interval: english.range(interval),
    p: adjusted < 0.001 ? '< 0.001' : adjusted.toFixed(3),
  }))
  return [summary.en, `Judged on: ${basis}`, table(rows), ...(apart.length > 0 ? [table(apart)] : [])].join(
    '\n\n',
  )
}

/** The learning curve of a facet, for people. */
export function savingsLines({ summary, curve, versions }: SavingsReport): string {
  const measured = curve?.points.map(({ labels, accuracy, interval }) => ({
    labels,
    right: `${english.percent(accuracy)} (${english.between(interval)})`,
  }))
  const trained = versions.map(({ version, labels, accuracy, interval, judged }) => ({
    version,
    labels,
    'right out of fold': `${english.percent(accuracy)} (${english.between(interval)})`,
    judged,
  }))
  return [
    summary.en,
    ...(measured === undefined ? [] : [table(measured)]),
    ...(trained.length > 0 ? [table(trained)] : []),
  ].join('\n\n')
}

function told({ share, interval }: Share): string {
  return share === undefined ? '–' : `${english.percent(share)} (${english.between(interval)})`
}
