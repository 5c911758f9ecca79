import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import type { ImportSummary } from '../../ingest/imports/import-request.ts'
import { requireSourceName } from '../../ingest/source-name.ts'
import type { ImportLabellingSummary } from '../../labels/label-imported-threads.ts'
import { readConfig } from '../../platform/config/config.ts'
import { CodedError } from '../../platform/errors.ts'
import { formats, requireFormat } from '../../sources/registry.ts'
import {
  addCsvOptions,
  addDiscourseOptions,
  type CsvOptions,
  type DiscourseOptions,
  readCsvOptions,
  readDiscourseOptions,
} from '../import-options.ts'
import type { CommonOptions } from '../open-app.ts'
import { openForImport } from '../open-for-import.ts'
import { counted, describeFailure, exportLine, print, table, untilStopped } from '../output.ts'

import { showProgress } from '../progress.ts'

interface ImportOptions extends CommonOptions, DiscourseOptions, CsvOptions {
  readonly source: string
  readonly audience?: Audience
  readonly labelFrom?: 'tags'
  readonly redact?: boolean
  readonly complete?: boolean
  readonly progress?: boolean
}

/** How many rejected records and incomplete threads are shown on stderr; all are counted, and kept with the import. */
const REJECTIONS_SHOWN = 20

/** `entraide import`: takes an export into the database. Run again, it changes nothing and says so. */
export function importCommand(): Command {
  const names = formats.map(({ name, description }) => `  ${name.padEnd(20)}${description}`).join('\n')
  const command = new Command('import')
    .description('import an export of a community')
    .addArgument(new Argument('<format>', `one of ${formats.map(({ name }) => name).join(', ')}`))
    .argument('<path...>', 'files or folders of the export, or the URL of the community')
    .requiredOption('--source <name>', 'source: name of the community', sourceName)
    .addOption(
      new Option(
        '--audience <audience>',
        'who may see its threads (default for a new source: internal)',
      ).choices(AUDIENCES),
    )
    .addOption(
      new Option(
        '--label-from <what>',
        'label `category` with the first tag that at least 15 threads have',
      ).choices(['tags']),
    )
    .option('--redact', 'redact personal data before texts are stored; remembered for the source')
    .option('--no-redact', 'stop redacting personal data')
    .option(
      '--complete',
      'the export is complete: delete what the source had and the export lacks, unless rows are rejected',
    )
    .option('--progress', 'print one line for each committed batch, even without a terminal')
    .option('--json', 'print one line of JSON: new, changed, unchanged and rejected records')
    .addHelpText('after', `\nFormats:\n${names}`)
    .action(runImport)
  return addCsvOptions(addDiscourseOptions(command))
}

function sourceName(text: string): string {
  try {
    return requireSourceName(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof CodedError ? error.message : String(error))
  }
}

async function runImport(format: string, paths: string[], options: ImportOptions): Promise<void> {
  requireFormat(format)
  const { source, audience, labelFrom, redact, complete = false, progress = false, json = false } = options
  const privateHosts = readConfig().privateHosts
  const formatOptions = {
    ...readCsvOptions(format, options),
    ...(await readDiscourseOptions(format, paths, options, privateHosts)),
  }
  const modules = await openForImport()
  try {
    const stop = new AbortController()
    untilStopped().then(() => stop.abort())
    const display = showProgress(progress)
    let shown = 0
    let importId = ''
    try {
      const summary = await modules.ingest.importInWorker({
        format,
        paths,
        source,
        actor: commandLine,
        options: formatOptions,
        audience,
        labelFrom,
        redact,
        complete,
        signal: stop.signal,
        onProgress(done) {
          importId = done.importId
          display.update(done)
        },
        onRejection({ code, reason, place }) {
          if (shown++ < REJECTIONS_SHOWN)
            process.stderr.write(
              `${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${code}: ${reason}\n`,
            )
        },
      })
      display.stop()
      if (shown > REJECTIONS_SHOWN)
        process.stderr.write(
          `… and ${shown - REJECTIONS_SHOWN} more: entraide imports show ${importId} --rejections ${shown}\n`,
        )
      const { id: sourceId } = await modules.ingest.sources.require(source)
      const labelling = await modules.labels.labelImportedThreads({ sourceId, actor: commandLine })
      report(json, summary, labelling)
    } catch (error) {
      display.stop()
      reportFailure(json, error)
    }
  } finally {
    await modules.close()
  }
}

function report(json: boolean, summary: ImportSummary, labelling: ImportLabellingSummary): void {
  print(json, summary, () => [describe(summary), ...describeLabelling(labelling)].join('\n'))
  const { threads, posts, notComplete } = summary
  if (threads.rejected + posts.rejected > 0 || notComplete !== undefined) process.exitCode = 1
}

/** A fault ends an import, but what was committed before it stays: the line says both. */
function reportFailure(json: boolean, error: unknown): void {
  const summary =
    error instanceof CodedError ? (error.details.summary as ImportSummary | undefined) : undefined
  if (summary === undefined) throw error
  const failure = describeFailure(error)
  const { summary: _, ...reason } = failure.error
  const { threads, posts } = summary
  const taken = [threads, posts].some(
    ({ unchanged, ...counts }) => unchanged + counts.new + counts.changed > 0,
  )
  if (json || taken) print(json, { ...summary, error: reason }, () => describe(summary))
  if (!json) process.stderr.write(`${reason.code}: ${reason.message}\n`)
  if (!json && taken) process.stderr.write('Everything imported before the failure is kept.\n')
  process.exitCode = failure.exitCode
}

function describeLabelling({ appended, revoked, tags }: ImportLabellingSummary): string[] {
  if (appended + revoked + tags === 0) return []
  const from = tags === 0 ? '' : ` ${counted(tags, 'tag')} with at least 15 threads became labels.`
  return [`Labels added: ${appended}, revoked: ${revoked}.${from}`]
}

function describe(summary: ImportSummary): string {
  const { threads, posts, incomplete, notComplete, notes = [] } = summary
  const row = (what: string, counts: ImportSummary['posts']) => ({
    '': what,
    new: counts.new,
    changed: counts.changed,
    unchanged: counts.unchanged,
    rejected: counts.rejected,
    deleted: counts.deleted,
  })
  const changed = [threads, posts].some((counts) => counts.new + counts.changed + (counts.deleted ?? 0) > 0)
  return [
    table([row('threads', threads), row('posts', posts)]),
    '',
    exportLine(summary),
    ...(incomplete > 0
      ? [
          incomplete === 1
            ? '1 thread is incomplete: the export holds only some of its posts.'
            : `${incomplete} threads are incomplete: the export holds only some of their posts.`,
        ]
      : []),
    ...(changed ? [] : ['Nothing changed.']),
    ...(notComplete === undefined ? [] : [`${notComplete.code}: ${notComplete.reason}.`]),
    ...notes,
  ].join('\n')
}
