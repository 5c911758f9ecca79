import { Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import {
  IMPORT_STATUSES,
  type ImportRecord,
  type ImportStatus,
  type KeptRejection,
  presentImport,
} from '../../ingest/imports/import-history.ts'
import type { ImportProgress } from '../../ingest/imports/import-request.ts'
import { type CommonOptions, type everyPage, withApp } from '../open-app.ts'
import { exportLine, print, table } from '../output.ts'

interface ListOptions extends CommonOptions {
  readonly source?: string
  readonly status?: ImportStatus
  readonly limit: number
}

interface ShowOptions extends CommonOptions {
  readonly rejections: number
}

/** `entraide imports`: what was imported, what it could not take, and a way to end what still runs. */
export function importsCommand(): Command {
  const command = new Command('imports').description('list, show and cancel imports')
  command
    .command('list')
    .description('list imports, newest first, from the command line and over HTTP')
    .option('--source <name>', 'only imports into this source')
    .addOption(new Option('--status <status>', 'only imports with this status').choices(IMPORT_STATUSES))
    .option('--limit <imports>', 'largest number of imports', count, 20)
    .option('--json', 'print one line of JSON')
    .action(({ source, status, limit, json = false }: ListOptions) =>
      withApp(async ({ ingest: { history } }) => {
        const filters = { source, status }
        const { items } = await history.list({ ...filters, limit, reader: commandLine.audience })
        print(json, { imports: items.map(presentImport) }, () => table(items.map(row)))
      }),
    )
  command
    .command('show')
    .description('show the result of an import and its rejected records')
    .argument('<id>', 'id of the import, as shown by `imports list`')
    .option('--rejections <records>', 'largest number of rejected records', count, 20)
    .option('--json', 'print one line of JSON')
    .action((id: string, { rejections: wanted, json = false }: ShowOptions) =>
      withApp(async ({ ingest: { history } }) => {
        const reader = commandLine.audience
        const record = await history.require(id, reader)
        const rejections = await firstOf(wanted, (page) => history.rejections(id, { ...page, reader }))
        print(json, { ...presentImport(record), rejections }, () => describe(record, rejections))
      }),
    )
  command
    .command('cancel')
    .description('stop an import after its present batch; committed batches are kept')
    .argument('<id>', 'id of the import, as shown by `imports list`')
    .option('--json', 'print one line of JSON')
    .action((id: string, { json = false }: CommonOptions) =>
      withApp(async ({ ingest }) => {
        const record = await ingest.cancelImport({ id, actor: commandLine })
        print(json, presentImport(record), () =>
          record.status === 'cancelled' ? `${id} is cancelled` : `${id} will stop after its present batch`,
        )
      }),
    )
  return command
}

function count(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number up to 99999.')
  return Number(text)
}

async function firstOf(
  wanted: number,
  fetch: Parameters<typeof everyPage<KeptRejection>>[0],
): Promise<KeptRejection[]> {
  if (wanted === 0) return []
  const items: KeptRejection[] = []
  for (let cursor: string | undefined; ; ) {
    const limit = Math.min(100, wanted - items.length)
    const page = await fetch({ limit, cursor })
    items.push(...page.items)
    if (page.next === undefined || items.length >= wanted) return items
    cursor = page.next
  }
}

function row({ id, source, format, status, createdAt, summary, progress, startedBy }: ImportRecord) {
  const counts = summary ?? progress?.counts
  return {
    id,
    source,
    format,
    status,
    requested: createdAt,
    by: startedBy?.name ?? '',
    'new posts': counts?.posts.new ?? '',
    rejected: counts === undefined ? '' : counts.posts.rejected + counts.threads.rejected,
  }
}

function describe(record: ImportRecord, rejections: readonly KeptRejection[]): string {
  const { id, status, source, format, files, startedBy, origin, attempts, error, summary } = record
  const counts = summary ?? record.progress?.counts
  const by = startedBy === undefined ? '' : ` by ${startedBy.name}`
  const times = attempts > 1 ? `, ${attempts} attempts` : ''
  return [
    `${id}: ${status}${times}`,
    `${format} into ${source}, ${{ upload: 'uploaded', crawl: 'from its API', 'command-line': 'from the command line' }[origin]}${by}`,
    `files: ${files.map(({ name }) => name).join(', ') || '(not recorded)'}`,
    `requested ${record.createdAt}, started ${record.startedAt ?? '–'}, finished ${record.finishedAt ?? '–'}`,
    ...(error === undefined ? [] : [`${error.code}: ${error.message}`]),
    ...(counts === undefined
      ? []
      : [
          '',
          table([
            { '': 'threads', ...outcomes(counts.threads) },
            { '': 'posts', ...outcomes(counts.posts) },
          ]),
        ]),
    ...(summary === undefined ? [] : [exportLine(summary)]),
    ...(rejections.length === 0 ? [] : ['', ...rejections.map(line)]),
  ].join('\n')
}

function outcomes(counts: ImportProgress['counts']['posts']) {
  const { new: isNew, changed, unchanged, rejected, deleted } = counts
  return { new: isNew, changed, unchanged, rejected, deleted }
}

function line({ place: { file, line: at, column }, code, reason }: KeptRejection): string {
  const where = [file, at, column].filter((part) => part !== undefined).join(':')
  return `${where}: ${code}: ${reason}`
}
