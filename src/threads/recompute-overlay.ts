import { appendEvents } from '../ingest/rows/append-events.ts'
import { recomputeThreads } from '../ingest/rows/recompute-threads.ts'
import { recomputePlaces } from '../ingest/rows/refresh-merges.ts'
import { TextWork, type TextWorker } from '../ingest/rows/text-work.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'

export interface OverlayDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
}

/** Runs in this thread: detecting the language of one question takes no longer than starting a worker. */
const texts: TextWorker = {
  // Loaded on first use: an import runs it in a worker and does not need it here.
  run: async (request) => (await import('../ingest/rows/text-worker.ts')).default(request),
  close: async () => undefined,
}

/**
 * Recomputes where posts are shown after a change of merges or splits, in the current transaction, and appends the events
 * for the threads concerned.
 *
 * @param shownIn threads that show posts which may have to move
 * @param merged threads whose merge may have begun or ended
 */
export async function recomputeOverlay(
  { db, clock, outbox }: OverlayDeps,
  sourceId: string,
  { shownIn, merged }: { readonly shownIn: readonly string[]; readonly merged: readonly string[] },
): Promise<void> {
  const touched = await recomputePlaces(db, sourceId, shownIn, merged)
  const input = { sourceId, records: [], touched, questions: new Map(), now: isoNow(clock) }
  const recomputed = await recomputeThreads(db, input, new TextWork(texts))
  const postIds: string[] = await db
    .sql('posts')
    .whereIn('thread_id', [...touched])
    .pluck('id')
  await appendEvents(outbox, { sourceId }, { recomputed, postIds, changes: [] })
}
