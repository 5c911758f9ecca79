import { type Clock, type Database, isoNow } from '../platform/index.ts'

export type AuditSliceStore = ReturnType<typeof createAuditSliceStore>

const ROWS = 200

/** Threads drawn to be labelled blind, so that figures do not depend on what agents happened to notice. */
export function createAuditSliceStore(db: Database, clock: Clock) {
  return {
    /** Puts threads in the slice; those in it stay as they were. */
    async add(threadIds: readonly string[]): Promise<void> {
      for (let from = 0; from < threadIds.length; from += ROWS) {
        const rows = threadIds
          .slice(from, from + ROWS)
          .map((id) => ({ thread_id: id, drawn_at: isoNow(clock) }))
        await db.sql('audit_slice').insert(rows).onConflict('thread_id').ignore()
      }
    },
  }
}
