import { CodedError } from '../../platform/errors.ts'
import { inBulk } from '../../platform/jobs/bulk.ts'
import { refuseFuture } from '../../sources/refuse-future.ts'
import { requireFormat } from '../../sources/registry.ts'
import { redactText } from '../../text/personal-data/redact.ts'
import { ingestErrors } from '../errors.ts'
import type { Batch, DeletedCounts, WriteOrigin } from '../rows/batch.ts'
import { commitBatch } from '../rows/commit-batch.ts'
import { createBatchFiller } from '../rows/key-records.ts'
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
import { createImportStore, type ImportRun, reportedPlaces } from './import-store.ts'

import { adjust, oneAhead, readBatches } from './read-batches.ts'

/** New threads and posts after which the statistics of the query planner are updated. */
const MANY = 1_000

/**
 * Imports an export into the database, batch by batch. The changes of a batch are committed with their events before
 * progress is reported. The final database depends neither on the order of records nor on where batches end, so that
 * the next import of the same export completes one that was killed. A worker thread converts the texts of a batch while
 * the one before it is written. What follows from an import is bulk work: live posts go before it.
 *
 * @throws CodedError of the format, when the input cannot be read (or not further); IMPORT_STOPPED; IMPORT_CANCELLED;
 *   IMPORT_FAILED. `details.summary` is an {@link ImportSummary} of what was committed before
 */
export function importThreads(
  deps: ImportDeps,
  request: ImportRequest & ImportWatcher,
): Promise<ImportSummary> {
  return inBulk(() => importBatches(deps, request))
}

async function importBatches(
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
  const worker = deps.texts ?? createTextWorker()
  let redaction: Redaction | undefined
  let run: ImportRun | undefined
  try {
    const limit = batch ?? { items: 150, characters: 500_000 }
    redaction = await redactionFor(deps, request)
    const texts = redaction?.texts(worker) ?? worker
    const isNewSource = (await commitDeps.sources.find(request.source)) === undefined
    const addTo = createBatchFiller(request.source, tally, redaction)
    const cursorName = format.cursorName?.(request.paths)
    const cursor = cursorName === undefined ? undefined : await cursors.read(request.source, cursorName)
    const all = format.read(request.paths, read, request.options, { cursor, signal })
    const items = refuseFuture(all, deps.clock.now())
    const batches = readBatches(items, addTo, limit)
    const prepare = (each: Batch) => prepareBatch(deps.db, texts, each, isNewSource)
    for await (const prepared of oneAhead(batches, prepare)) {
      if (signal?.aborted) throw ingestErrors.IMPORT_STOPPED()
      run ??= await beginImport(commitDeps, request)
      const current: ImportRun = run
      const outcome = await commitBatch(commitDeps, originOf(run), prepared, (written) =>
        journal.recordBatch(current, prepared.batch, written),
      )
      if (batch === undefined) adjust(limit, outcome.tookMs)
      tally.count(prepared.batch, outcome)
      report()
      const { rejections, incomplete } = prepared.batch
      if (onRejection) for (const each of [...rejections, ...incomplete]) onRejection(each)
      journal.requireNotCancelled()
    }
    run ??= await beginImport(commitDeps, request)
    const current: ImportRun = run
    const notComplete =
      request.complete === true ? whyNotComplete(tally, cursorName !== undefined) : undefined
    if (request.complete === true && notComplete === undefined) {
      tally.countDeleted({ threads: 0, posts: 0 })
      const recordDeletions = (deleted: DeletedCounts) => journal.recordDeletions(current, deleted)
      const missing = {
        ...commitDeps,
        tally,
        work: new TextWork(texts),
        recordDeletions,
        signal,
      }
      await deleteMissing(missing, originOf(run), (deleted) => {
        tally.countDeleted(deleted)
        report()
        journal.requireNotCancelled()
      })
    }
    const summary = { ...journal.summary(run), notComplete }
    if (summary.threads.new + summary.posts.new >= MANY) await deps.db.analyze()
    await imports.complete(run, summary)
    return summary
  } catch (fault) {
    const error = signal?.aborted ? ingestErrors.IMPORT_STOPPED() : coded(fault)
    const summary = journal.summary(run)
    // If the database itself failed, the import stalls and is found interrupted later.
    if (run !== undefined && request.importId === undefined)
      await journal.recordEnd(run, summary, error).catch(() => undefined)
    const details = { ...error.details, summary }
    throw new CodedError(error.code, error.status, error.message, details, { cause: fault })
  } finally {
    if (deps.texts === undefined) await worker.close()
  }

  function originOf({ id, sourceId, hasEarlierImport }: ImportRun): WriteOrigin {
    return {
      sourceId,
      importId: id,
      recordsChanges: hasEarlierImport,
      isNewThread: tally.isNewThread,
      redaction,
    }
  }

  function report(): void {
    const progress = journal.latest()
    if (progress !== undefined) onProgress?.(progress)
  }
}

/** The redaction that the request states, or by default the setting of the source. */
async function redactionFor(
  { db, clock, identifiers }: ImportDeps,
  { source, redact }: ImportRequest,
): Promise<Redaction | undefined> {
  const isWanted = redact ?? (await createSourceStore(db, clock).find(source))?.redact ?? false
  return isWanted ? createRedaction({ identifiers }) : undefined
}

/** An export with unreadable rows, or threads in part, must not delete what these may hold. */
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
  if (tally.threadCount() === 0)
    return {
      code: 'COMPLETE_WITHOUT_THREADS',
      reason: 'the export contains no threads, so nothing was deleted',
    }
  return undefined
}

function coded(fault: unknown): CodedError {
  if (fault instanceof CodedError) return fault
  const reason = fault instanceof Error ? fault.message : String(fault)
  return ingestErrors.IMPORT_FAILED({ reason: redactText(reason) }, { cause: fault })
}
