import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { CodedError } from '../../platform/errors.ts'
import { stableId } from '../../platform/ids.ts'
import type { ReadProgress } from '../../sources/record.ts'
import { ingestErrors } from '../errors.ts'
import type { Batch, DeletedCounts } from '../rows/batch.ts'
import type { Written } from '../rows/commit-batch.ts'
import type { ExportTally } from './export-tally.ts'
import type { ImportProgress, ImportSummary } from './import-request.ts'
import type { ImportRun, ImportStore, ReportedPlaces } from './import-store.ts'

interface JournalDeps {
  readonly imports: ImportStore
  readonly cursors: CursorStore
  readonly clock: Clock
  readonly tally: ExportTally
  readonly read: Readonly<ReadProgress>
  readonly places: ReportedPlaces
}

/**
 * Records the progress of an import in the transactions that make it true: when a process dies, its progress is stored,
 * and the next attempt at the same import continues the counts.
 */
export function createImportJournal({ imports, cursors, clock, tally, read, places }: JournalDeps) {
  const started = clock.now().getTime()
  let latest: ImportProgress | undefined
  let isCancelled = false

  async function advance(run: ImportRun, counts: ImportProgress['counts']): Promise<void> {
    latest = progress(run.id, run.earlier.together(counts))
    isCancelled = await imports.advance(run, latest)
  }

  function progress(importId: string, counts: ImportProgress['counts']): ImportProgress {
    const imported = (each: typeof counts.posts) => each.new + each.changed + each.unchanged
    const posts = imported(counts.posts)
    const elapsedMs = clock.now().getTime() - started
    const postsPerSecond = elapsedMs > 0 ? Math.round((posts * 1000) / elapsedMs) : 0
    const { bytesRead, bytesTotal } = read
    const threads = imported(counts.threads)
    return { importId, threads, posts, counts, bytesRead, bytesTotal, elapsedMs, postsPerSecond }
  }

  return {
    /** To be called in the transaction of a batch. */
    async recordBatch(run: ImportRun, batch: Batch, written: Written): Promise<void> {
      const { checkpoint, rejections, incomplete } = batch
      if (checkpoint) await cursors.write(run.sourceId, checkpoint.name, checkpoint.cursor)
      await imports.reject(run.id, [...rejections, ...incomplete], places)
      await advance(run, tally.countsAfter(batch, written))
    },

    /** To be called in the transaction that deletes what is missing from a complete export. */
    recordDeletions: (run: ImportRun, deleted: DeletedCounts): Promise<void> =>
      advance(run, tally.countsDeleting(deleted)),

    /** The progress recorded last. */
    latest: () => latest,

    /** @throws CodedError IMPORT_CANCELLED if any process has cancelled the import */
    requireNotCancelled(): void {
      if (isCancelled) throw ingestErrors.IMPORT_CANCELLED()
    },

    /** The outcome of the export, all attempts together. */
    summary(run: ImportRun | undefined): ImportSummary {
      const summary = tally.summary()
      const { threads, posts } = run?.earlier.together(summary) ?? summary
      const { notes = [] } = read
      return {
        ...summary,
        threads: { ...summary.threads, ...threads },
        posts,
        notes: notes.length > 0 ? notes : undefined,
      }
    },

    /** Records that an import which will not be resumed has ended early. */
    async recordEnd(run: ImportRun, summary: ImportSummary, error: CodedError): Promise<void> {
      const { code, message, details } = error
      const isEnded = code === 'IMPORT_CANCELLED' || code === 'IMPORT_STOPPED'
      if (isEnded) return imports.cancel(run, summary)
      return imports.fail(run, summary, { code, message: places.text(message), details })
    },
  }
}

export type CursorStore = ReturnType<typeof createCursorStore>

/** How far sources were read, as cursors that only their format understands. */
export function createCursorStore(db: Database, clock: Clock) {
  const cursors = () =>
    db.sql<{ source_id: string; name: string; cursor: string; updated_at: string }>('import_cursors')

  return {
    /** @param source the source's name; it need not exist yet */
    async read(source: string, name: string): Promise<string | undefined> {
      const row = await cursors()
        .where({ source_id: stableId('src', source), name })
        .first()
      return row?.cursor
    },

    async write(sourceId: string, name: string, cursor: string): Promise<void> {
      await cursors()
        .insert({ source_id: sourceId, name, cursor, updated_at: isoNow(clock) })
        .onConflict(['source_id', 'name'])
        .merge(['cursor', 'updated_at'])
    },
  }
}
