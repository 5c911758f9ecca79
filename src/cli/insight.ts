import { Command, InvalidArgumentError, Option } from 'commander'
import { auditReport, type Judged, parityReport, savingsReport } from '../insight/index.ts'
import { everyPage } from './every-page.ts'
import { type CommonOptions, withHouse } from './house.ts'
import { auditLines, parityLines, savingsLines } from './insight-report.ts'
import { print, table } from './output.ts'

interface AuditOptions extends CommonOptions {
  readonly judged: Judged
  readonly from?: string
  readonly to?: string
}

/** `entraide insight`: how good the models are, in both languages, and what to look at. */
export function insightCommand(): Command {
  const command = new Command('insight').description(
    'live figures from the audit slice, French beside English, what more labels would gain, alerts',
  )
  command
    .command('audit')
    .description('accuracy, coverage and misroutes of threads drawn at random and labelled blind')
    .argument('[facet]', 'such as `category`', 'category')
    .option('--from <date>', 'first moment of the period, such as 2026-01-31')
    .option('--to <date>', 'first moment after the period')
    .addOption(
      new Option('--judged <whose>', 'what was predicted when a thread was drawn, or by the version in force')
        .choices(['routed', 'active'])
        .default('routed'),
    )
    .option('--json', 'one JSON line')
    .action((facet: string, { json = false, judged, from, to }: AuditOptions) =>
      withHouse(async ({ insight }) => {
        const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
        const report = await auditReport(insight, { facet, judged, ...period, reader: 'internal' })
        print(json, report, () => auditLines(report))
      }, 'warn'),
    )
  command
    .command('parity')
    .description('accuracy, calibration and coverage for French and English side by side')
    .argument('[facet]', 'such as `category`', 'category')
    .option('--json', 'one JSON line')
    .action((facet: string, { json = false }: CommonOptions) =>
      withHouse(async ({ insight }) => {
        const report = await parityReport(insight, { facet, reader: 'internal' })
        print(json, report, () => parityLines(report))
      }, 'warn'),
    )
  command
    .command('savings')
    .description('the learning curve, and whether more labels are worth it')
    .argument('[facet]', 'such as `category`', 'category')
    .option('--more <labels>', 'labels more that are thought of', positive, 200)
    .option('--json', 'one JSON line')
    .action((facet: string, { more, json = false }: CommonOptions & { more: number }) =>
      withHouse(async ({ insight }) => {
        const report = await savingsReport(insight, { facet, more })
        print(json, report, () => savingsLines(report))
      }, 'warn'),
    )
  command
    .command('alerts')
    .description('what to look at, newest first')
    .option('--settled', 'those settled instead of those open')
    .option('--json', 'one JSON line')
    .action(({ settled = false, json = false }: CommonOptions & { settled?: boolean }) =>
      withHouse(async ({ insight }) => {
        const alerts = await everyPage((page) =>
          insight.alerts.list({ reader: 'internal', settled, ...page }),
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
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It takes a positive whole number.')
  return Number(text)
}
