import { appendEvents } from '../ingest/rows/append-events.ts'
import { recomputeThreads } from '../ingest/rows/recompute-threads.ts'
import { placeAnew } from '../ingest/rows/refresh-merges.ts'
import { TextWork, type TextWorker } from '../ingest/rows/text-work.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'

export interface OverlayDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
}

/** One question's language is told as quickly here as a thread would start. */
const texts: TextWorker = {
  // Loaded when it is needed: an import has it in a thread of its own, and does without it here.
  run: async (request) => (await import('../ingest/rows/text-worker.ts')).default(request),
  close: async () => undefined,
}

/**
 * Makes what is shown agree with merges and splits as they are now, in the transaction in progress, and tells later
 * slices of the threads concerned.
 *
 * @param shownIn threads whose posts may have to be shown elsewhere
 * @param merged threads that may be merged into another, or no longer
 */
export async function recomputeOverlay(
  { db, clock, outbox }: OverlayDeps,
  sourceId: string,
  { shownIn, merged }: { readonly shownIn: readonly string[]; readonly merged: readonly string[] },
): Promise<void> {
  const touched = await placeAnew(db, sourceId, shownIn, merged)
  const settlement = { sourceId, frames: [], touched, questions: new Map(), now: isoNow(clock) }
  const settled = await recomputeThreads(db, settlement, new TextWork(texts))
  const postIds: string[] = await db
    .sql('posts')
    .whereIn('thread_id', [...touched])
    .pluck('id')
  await appendEvents(outbox, { sourceId }, { settled, postIds, changes: [] })
}
