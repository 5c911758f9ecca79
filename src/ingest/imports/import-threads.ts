import { CodedError } from '../../platform/errors.ts'
import { refuseFuture } from '../../sources/refuse-future.ts'
import { requireFormat } from '../../sources/registry.ts'
import { redactText } from '../../text/personal-data/redact.ts'
import { threadErrors } from '../errors.ts'
import type { Batch, DeletedCounts, WriteOrigin } from '../rows/batch.ts'
import { commitBatch } from '../rows/commit-batch.ts'
import { createRecordKeeper } from '../rows/key-records.ts'
import { prepareBatch } from '../rows/prepare-batch.ts'
import { createRedaction, type Redaction } from '../rows/redaction.ts'
import { createTextWorker, TextWork } from '../rows/text-work.ts'
import { createSourceStore } from '../source-store.ts'
import { beginImport } from './begin-import.ts'
import { deleteMissing } from './delete-missing.ts'
import { createExportTally, type ExportTally } from './export-tally.ts'
import { createCursorStore, createImportJournal } from './import-journal.ts'

import type {
  ImportDeps,
  ImportRequest,
  ImportSummary,
  ImportWatcher,
  NotComplete,
} from './import-request.ts'
import { createImportStore, type ImportRun } from './import-store.ts'

import { adjust, oneAhead, readBatches } from './read-batches.ts'
import { reportedPlaces } from './reported-places.ts'

/** Threads and posts after which queries are to be planned anew. */
const MANY = 1_000

/**
 * Takes an export into the database, batch by batch. What a batch changed is committed with its events before it is
 * told; the final database depends neither on the order of records nor on where batches end, so that an import that
 * was killed anywhere is completed by the next one of the same export. A worker thread converts the texts of a batch
 * while the one before it is written.
 *
 * @throws CodedError of the format, when the input cannot be read (or not further); IMPORT_STOPPED; IMPORT_CANCELLED;
 *   IMPORT_FAILED. `details.summary` is an {@link ImportSummary} of what was committed before
 */
export async function importThreads(
  deps: ImportDeps,
  { onProgress, onRejection, signal, batch, ...request }: ImportRequest & ImportWatcher,
): Promise<ImportSummary> {
  const format = requireFormat(request.format)
  const commitDeps = {
    ...deps,
    imports: createImportStore(deps.db, deps.clock),
    sources: createSourceStore(deps.db, deps.clock),
  }
  const { imports } = commitDeps
  const tally = createExportTally()
  const cursors = createCursorStore(deps.db, deps.clock)
  const read = { bytesRead: 0, bytesTotal: 0, notes: [] as string[] }
  const places = reportedPlaces(request.paths)
  const journal = createImportJournal({ imports, cursors, clock: deps.clock, tally, read, places })
  const thread = deps.texts ?? createTextWorker()
  let redaction: Redaction | undefined
  let run: ImportRun | undefined
  try {
    const limit = batch ?? { items: 150, characters: 500_000 }
    redaction = await redactionFor(deps, request)
    const texts = redaction?.texts(thread) ?? thread
    const isNewSource = (await commitDeps.sources.find(request.source)) === undefined
    const keep = createRecordKeeper(request.source, tally, redaction)
    const cursorName = format.cursorName?.(request.paths)
    const cursor = cursorName === undefined ? undefined : await cursors.read(request.source, cursorName)
    const context = { cursor, ...(signal && { signal }) }
    const all = format.read(request.paths, read, request.options, context)
    const items = refuseFuture(all, deps.clock.now())
    const batches = readBatches(items, keep, limit)
    const prepare = (each: Batch) => prepareBatch(deps.db, texts, each, isNewSource)
    for await (const prepared of oneAhead(batches, prepare)) {
      if (signal?.aborted) throw threadErrors.IMPORT_STOPPED()
      run ??= await beginImport(commitDeps, request)
      const going: ImportRun = run
      const outcome = await commitBatch(commitDeps, originOf(run), prepared, (written) =>
        journal.noteBatch(going, prepared.batch, written),
      )
      if (batch === undefined) adjust(limit, outcome.tookMs)
      tally.count(prepared.batch, outcome)
      tell()
      const { rejections, incomplete } = prepared.batch
      if (onRejection) for (const each of [...rejections, ...incomplete]) onRejection(each)
      journal.requireWanted()
    }
    run ??= await beginImport(commitDeps, request)
    const going: ImportRun = run
    const notComplete =
      request.complete === true ? whyNotComplete(tally, cursorName !== undefined) : undefined
    if (request.complete === true && notComplete === undefined) {
      tally.countDeleted({ threads: 0, posts: 0 })
      const note = (deleted: DeletedCounts) => journal.noteDeleting(going, deleted)
      const missing = {
        ...commitDeps,
        tally,
        work: new TextWork(texts),
        note,
        ...(signal && { signal }),
      }
      await deleteMissing(missing, originOf(run), (deleted) => {
        tally.countDeleted(deleted)
        tell()
        journal.requireWanted()
      })
    }
    const summary = { ...journal.summary(run), ...(notComplete !== undefined && { notComplete }) }
    if (summary.threads.new + summary.posts.new >= MANY) await deps.db.analyze()
    await imports.complete(run, summary)
    return summary
  } catch (fault) {
    const error = signal?.aborted ? threadErrors.IMPORT_STOPPED() : coded(fault)
    const summary = journal.summary(run)
    // Where the database is what failed, the import is found silent later.
    if (run !== undefined && request.importId === undefined)
      await journal.noteEnd(run, summary, error).catch(() => undefined)
    const details = { ...error.details, summary }
    throw new CodedError(error.code, error.status, error.message, details, { cause: fault })
  } finally {
    if (deps.texts === undefined) await thread.close()
  }

  function originOf({ id, sourceId, isLater }: ImportRun): WriteOrigin {
    return {
      sourceId,
      importId: id,
      keepsChanges: isLater,
      isNewThread: tally.isNewThread,
      redaction,
    }
  }

  function tell(): void {
    const progress = journal.latest()
    if (progress !== undefined) onProgress?.(progress)
  }
}

/** What the request says of redacting, else what the source remembers. */
async function redactionFor(
  { db, clock, identifiers }: ImportDeps,
  { source, redact }: ImportRequest,
): Promise<Redaction | undefined> {
  const isWanted = redact ?? (await createSourceStore(db, clock).find(source))?.redact ?? false
  return isWanted ? createRedaction({ identifiers }) : undefined
}

/** An export that may tell of things in rows that could not be read must not delete them. */
function whyNotComplete(tally: ExportTally, followsSource: boolean): NotComplete | undefined {
  if (followsSource)
    return {
      code: 'COMPLETE_BY_API',
      reason: 'an import by API reports only changes, so nothing was deleted',
    }
  const unread = tally.unreadRows()
  if (unread > 0)
    return {
      code: 'COMPLETE_WITH_REJECTIONS',
      reason: `${unread} rejected rows may belong to any thread or post, so nothing was deleted`,
    }
  const parts = tally.incompleteThreads()
  if (parts > 0)
    return {
      code: 'COMPLETE_WITH_PARTS',
      reason: `${parts} threads are incomplete in the export, so nothing was deleted`,
    }
  if (tally.toldThreads() === 0)
    return {
      code: 'COMPLETE_WITHOUT_THREADS',
      reason: 'the export contains no threads, so nothing was deleted',
    }
  return undefined
}

function coded(fault: unknown): CodedError {
  if (fault instanceof CodedError) return fault
  const reason = fault instanceof Error ? fault.message : String(fault)
  return threadErrors.IMPORT_FAILED({ reason: redactText(reason) }, { cause: fault })
}
