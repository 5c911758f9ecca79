import { CodedError } from '../platform/index.ts'
import { requireFormat } from '../sources/index.ts'
import { beginImport } from './begin-import.ts'
import { commitBatch } from './commit-batch.ts'
import { threadErrors } from './errors.ts'
import { createExportTally } from './export-tally.ts'
import type { ImportDeps, ImportRequest, ImportWatcher } from './import-request.ts'
import { createImportStore, type ImportRun } from './import-store.ts'
import type { ImportProgress, ImportSummary } from './import-summary.ts'
import { createRecordKeeper } from './key-records.ts'
import { prepareBatch } from './prepare-batch.ts'
import { adjust, oneAhead, readBatches } from './read-batches.ts'
import { sourceIds } from './source-ids.ts'
import { createTextThread } from './text-work.ts'
import { toldPlaces } from './told-places.ts'

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
  const places = toldPlaces(request.paths)
  const commitDeps = { ...deps, imports: createImportStore(deps.db, deps.clock), places }
  const { imports } = commitDeps
  const tally = createExportTally()
  const read = { bytesRead: 0, bytesTotal: 0 }
  const started = deps.clock.now().getTime()
  const texts = deps.texts ?? createTextThread()
  let run: ImportRun | undefined
  try {
    const limit = batch ?? { items: 150, characters: 500_000 }
    const keep = createRecordKeeper(sourceIds(request.source), tally)
    const batches = readBatches(format.read(request.paths, read), keep, limit)
    for await (const prepared of oneAhead(batches, (each) => prepareBatch(deps.db, texts, each))) {
      if (signal?.aborted) throw threadErrors.IMPORT_STOPPED()
      run ??= await beginImport(commitDeps, request)
      const { id, earlier } = run
      let done: ImportProgress | undefined
      const outcome = await commitBatch(commitDeps, run, prepared, (written) => {
        done = progress(id, earlier.together(tally.countsAfter(prepared.batch, written)))
        return done
      })
      if (batch === undefined) adjust(limit, outcome.tookMs)
      tally.count(prepared.batch, outcome)
      if (done !== undefined) onProgress?.(done)
      if (onRejection) prepared.batch.rejections.forEach(onRejection)
      if (outcome.isCancelled) throw threadErrors.IMPORT_CANCELLED()
    }
    run ??= await beginImport(commitDeps, request)
    const summary = summarise(run)
    await imports.complete(run, summary)
    return summary
  } catch (fault) {
    const error = coded(fault)
    const summary = summarise(run)
    if (run !== undefined && request.importId === undefined) await noteEnd(run, summary, error)
    const details = { ...error.details, summary }
    throw new CodedError(error.code, error.status, error.message, details, { cause: fault })
  } finally {
    if (deps.texts === undefined) await texts.close()
  }

  function summarise(of: ImportRun | undefined): ImportSummary {
    const summary = tally.summary()
    const { threads, posts } = of?.earlier.together(summary) ?? summary
    return { ...summary, threads: { ...summary.threads, ...threads }, posts }
  }

  async function noteEnd(of: ImportRun, summary: ImportSummary, error: CodedError): Promise<void> {
    const isCancelled = error.code === 'IMPORT_CANCELLED' || error.code === 'IMPORT_STOPPED'
    const told = { code: error.code, message: places.text(error.message), details: error.details }
    // Where the database is what failed, the import is found silent later.
    const noted = isCancelled ? imports.cancel(of, summary) : imports.fail(of, summary, told)
    await noted.catch(() => undefined)
  }

  function progress(importId: string, counts: ImportProgress['counts']): ImportProgress {
    const taken = (each: typeof counts.posts) => each.new + each.changed + each.unchanged
    const posts = taken(counts.posts)
    const elapsedMs = deps.clock.now().getTime() - started
    const postsPerSecond = elapsedMs > 0 ? Math.round((posts * 1000) / elapsedMs) : 0
    return { importId, threads: taken(counts.threads), posts, counts, ...read, elapsedMs, postsPerSecond }
  }
}

function coded(fault: unknown): CodedError {
  if (fault instanceof CodedError) return fault
  const reason = fault instanceof Error ? fault.message : String(fault)
  return threadErrors.IMPORT_FAILED({ reason }, { cause: fault })
}
