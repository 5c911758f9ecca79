import { Command, InvalidArgumentError, Option } from 'commander'
import type { Judged } from '../../insight/audit/audit-case-store.ts'
import type { AuditReport } from '../../insight/audit/audit-report.ts'
import type { ParityReport } from '../../insight/parity/parity-report.ts'
import type { SavingsReport } from '../../insight/savings/savings-report.ts'
import type { Share } from '../../insight/share.ts'
import { english } from '../../text/wording.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'

interface AuditOptions extends CommonOptions {
  readonly judged: Judged
  readonly from?: string
  readonly to?: string
}

/** `entraide insight`: how good the models are, in both languages, and what to look at. */
export function insightCommand(): Command {
  const command = new Command('insight').description(
    'show figures from the audit slice, French and English compared, the gain from more labels, and alerts',
  )
  command
    .command('audit')
    .description('accuracy, coverage and misroutes of threads drawn at random and labelled blind')
    .argument('[facet]', 'such as `category`', 'category')
    .option('--from <date>', 'start of the period, such as 2026-01-31')
    .option('--to <date>', 'end of the period (exclusive)')
    .addOption(
      new Option(
        '--judged <whose>',
        'predictions made when a thread was drawn, or those of the active version',
      )
        .choices(['routed', 'active'])
        .default('routed'),
    )
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false, judged, from, to }: AuditOptions) =>
      withApp(async ({ insight }) => {
        const period = { from, to }
        const report = await insight.auditReport({ facet, judged, ...period, reader: 'internal' })
        print(json, report, () => auditLines(report))
      }, 'warn'),
    )
  command
    .command('parity')
    .description('compare accuracy, calibration and coverage in French and English')
    .argument('[facet]', 'such as `category`', 'category')
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false }: CommonOptions) =>
      withApp(async ({ insight }) => {
        const report = await insight.parityReport({ facet, reader: 'internal' })
        print(json, report, () => parityLines(report))
      }, 'warn'),
    )
  command
    .command('savings')
    .description('show the learning curve and whether more labels are worth it')
    .argument('[facet]', 'such as `category`', 'category')
    .option('--more <labels>', 'number of additional labels', positive, 200)
    .option('--json', 'print one line of JSON')
    .action((facet: string, { more, json = false }: CommonOptions & { more: number }) =>
      withApp(async ({ insight }) => {
        const report = await insight.savingsReport({ facet, more })
        print(json, report, () => savingsLines(report))
      }, 'warn'),
    )
  command
    .command('alerts')
    .description('list alerts, newest first')
    .option('--resolved', 'list resolved alerts instead of open ones')
    .option('--json', 'print one line of JSON')
    .action(({ resolved = false, json = false }: CommonOptions & { resolved?: boolean }) =>
      withApp(async ({ insight }) => {
        const alerts = await everyPage((page) =>
          insight.alerts.list({ reader: 'internal', resolved, ...page }),
        )
        print(json, { alerts }, () =>
          table(
            alerts.map(({ raisedAt, facet, version, summary }) => ({
              raised: raisedAt,
              facet,
              version,
              alert: summary.en,
            })),
          ),
        )
      }, 'warn'),
    )
  return command
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected a positive whole number.')
  return Number(text)
}

/** Figures of the audit slice, for people. */
export function auditLines({ summary, figures, languages, labels }: AuditReport): string {
  const rows = [{ language: 'all', ...figures }, ...languages].map((row) => ({
    of: row.language,
    drawn: row.drawn,
    labelled: row.labelled,
    'set aside': row.setAside,
    right: told(row.accuracy),
    assigned: told(row.coverage),
    'wrong among assigned': told(row.wrongAmongAssigned),
    misrouted: told(row.misroutes),
  }))
  const byLabel = labels.map(({ label, recall, wrongAmongAssigned }) => ({
    label,
    labelled: recall.of,
    found: told(recall),
    assigned: wrongAmongAssigned.of,
    'wrong among assigned': told(wrongAmongAssigned),
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
    'French minus English': measure,
    difference: english.points(difference),
    interval: english.range(interval),
    p: adjusted < 0.001 ? '< 0.001' : adjusted.toFixed(3),
  }))
  return [summary.en, `Measured on: ${basis}`, table(rows), ...(apart.length > 0 ? [table(apart)] : [])].join(
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
    'held-out accuracy': `${english.percent(accuracy)} (${english.between(interval)})`,
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
