import { type Clock, type CodedError, type Database, isoNow, newId } from '../platform/index.ts'
import type { Rejection } from './batch.ts'
import type { ImportSummary } from './import-summary.ts'

/** Rejections kept of one import; all are counted. */
const MOST_REJECTIONS = 10_000
/** An import that has committed nothing for this long is taken to have been killed. */
const SILENT_MS = 600_000

/** An import that runs. */
export interface ImportRun {
  readonly id: string
  readonly sourceId: string
  /** Whether an export of the source was taken in before, to its end. */
  readonly isLater: boolean
}

export type ImportStore = ReturnType<typeof createImportStore>

/** Which imports there were, what came of each, and what could not be taken. */
export function createImportStore(db: Database, clock: Clock) {
  return {
    /** Notes that an import runs; those of the source that fell silent are noted as interrupted. */
    async begin(sourceId: string, format: string): Promise<ImportRun> {
      const id = newId('imp', clock.now())
      const now = isoNow(clock)
      const silent = new Date(clock.now().getTime() - SILENT_MS).toISOString()
      await db
        .sql('imports')
        .where({ source_id: sourceId, status: 'running' })
        .where('progress_at', '<', silent)
        .update({ status: 'interrupted', finished_at: now })
      await db.sql('imports').insert({
        id,
        source_id: sourceId,
        format,
        status: 'running',
        started_at: now,
        progress_at: now,
      })
      const completed = await db
        .sql('imports')
        .where({ source_id: sourceId, status: 'completed' })
        .first('id')
      return { id, sourceId, isLater: completed !== undefined }
    },

    /** Shows that an import lives. */
    async showLife(id: string): Promise<void> {
      await db
        .sql('imports')
        .where({ id })
        .update({ progress_at: isoNow(clock) })
    },

    async reject(importId: string, rejections: readonly Rejection[]): Promise<void> {
      if (rejections.length === 0) return
      const last = await db
        .sql('import_rejections')
        .where({ import_id: importId })
        .max<{ number: number | null }>('number as number')
        .first()
      const kept = last?.number ?? 0
      const rows = rejections.slice(0, MOST_REJECTIONS - kept).map(({ code, reason, place }, i) => ({
        import_id: importId,
        number: kept + i + 1,
        code,
        reason,
        place: JSON.stringify(place),
      }))
      if (rows.length > 0) await db.sql('import_rejections').insert(rows)
    },

    async complete({ id }: ImportRun, summary: ImportSummary): Promise<void> {
      await finish(id, 'completed', summary)
    },

    async fail({ id }: ImportRun, summary: ImportSummary, error: CodedError): Promise<void> {
      const { code, message, details } = error
      await finish(id, 'failed', summary, JSON.stringify({ code, message, details }))
    },

    /** What an import rejected, in the order of the export: the first 10,000. */
    async rejections(importId: string, limit = MOST_REJECTIONS): Promise<Omit<Rejection, 'of'>[]> {
      const rows: { code: string; reason: string; place: string }[] = await db
        .sql('import_rejections')
        .where({ import_id: importId })
        .orderBy('number')
        .limit(limit)
      return rows.map(({ code, reason, place }) => ({ code, reason, place: JSON.parse(place) }))
    },
  }

  async function finish(
    id: string,
    status: 'completed' | 'failed',
    summary: ImportSummary,
    error: string | null = null,
  ): Promise<void> {
    const now = isoNow(clock)
    await db
      .sql('imports')
      .where({ id })
      .update({ status, summary: JSON.stringify(summary), error, progress_at: now, finished_at: now })
  }
}
