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
import { type BatchLimit, readBatches } from './read-batches.ts'
import { sourceIds } from './source-ids.ts'

/**
 * Takes an export into the database, batch by batch. What a batch changed is committed with its events before it is
 * told; the final database depends neither on the order of records nor on where batches end, so that an import that
 * was killed anywhere is completed by the next one of the same export.
 *
 * @throws CodedError of the format, when the input cannot be read (or not further); IMPORT_STOPPED; IMPORT_FAILED.
 *   `details.summary` is an {@link ImportSummary} of what was committed before
 */
export async function importThreads(
  deps: ImportDeps,
  { onProgress, onRejection, signal, ...request }: ImportRequest & ImportWatcher,
): Promise<ImportSummary> {
  const format = requireFormat(request.format)
  const imports = createImportStore(deps.db, deps.clock)
  const tally = createExportTally()
  const read = { bytesRead: 0, bytesTotal: 0 }
  const limit: BatchLimit = { items: 300, characters: 500_000 }
  const add = createRecordKeeper(sourceIds(request.source), tally)
  const started = deps.clock.now().getTime()
  let run: ImportRun | undefined
  try {
    for await (const batch of readBatches(format.read(request.paths, read), add, limit)) {
      if (signal?.aborted) throw threadErrors.IMPORT_STOPPED()
      run ??= await beginImport({ ...deps, imports }, request)
      tally.count(batch, await commitBatch({ ...deps, imports }, run, batch))
      onProgress?.(progress(run.id))
      if (onRejection) batch.rejections.forEach(onRejection)
    }
    run ??= await beginImport({ ...deps, imports }, request)
    const summary = tally.summary()
    await imports.complete(run, summary)
    return summary
  } catch (fault) {
    const error = coded(fault)
    const summary = tally.summary()
    if (run !== undefined) await imports.fail(run, summary, error).catch(() => undefined)
    const details = { ...error.details, summary }
    throw new CodedError(error.code, error.status, error.message, details, { cause: fault })
  }

  function progress(importId: string): ImportProgress {
    const counts = tally.counts()
    const elapsedMs = deps.clock.now().getTime() - started
    const taken = ({ threads, posts }: typeof counts) => ({
      threads: threads.new + threads.changed + threads.unchanged,
      posts: posts.new + posts.changed + posts.unchanged,
    })
    const { threads, posts } = taken(counts)
    const postsPerSecond = elapsedMs > 0 ? Math.round((posts * 1000) / elapsedMs) : 0
    return { importId, threads, posts, counts, ...read, elapsedMs, postsPerSecond }
  }
}

function coded(fault: unknown): CodedError {
  if (fault instanceof CodedError) return fault
  const reason = fault instanceof Error ? fault.message : String(fault)
  return threadErrors.IMPORT_FAILED({ reason }, { cause: fault })
}
