import { type Clock, type Database, isoNow, type Outbox } from '../../platform/index.ts'
import { placeAnew } from '../ingest/refresh-merges.ts'
import { settleThreads } from '../ingest/settle-threads.ts'
import { tellOthers } from '../ingest/tell-others.ts'
import { type TextThread, TextWork } from '../ingest/text-work.ts'

export interface OverlayDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
}

/** One question's language is told as quickly here as a thread would start. */
const texts: TextThread = {
  // Loaded when it is needed: an import has it in a thread of its own, and does without it here.
  run: async (request) => (await import('../ingest/text-worker.ts')).default(request),
  close: async () => undefined,
}

/**
 * Makes what is shown agree with merges and splits as they are now, in the transaction in progress, and tells later
 * slices of the threads concerned.
 *
 * @param shownIn threads whose posts may have to be shown elsewhere
 * @param merged threads that may be merged into another, or no longer
 */
export async function settleOverlay(
  { db, clock, outbox }: OverlayDeps,
  sourceId: string,
  { shownIn, merged }: { readonly shownIn: readonly string[]; readonly merged: readonly string[] },
): Promise<void> {
  const touched = await placeAnew(db, sourceId, shownIn, merged)
  const settlement = { sourceId, frames: [], touched, questions: new Map(), now: isoNow(clock) }
  const settled = await settleThreads(db, settlement, new TextWork(texts))
  const postIds: string[] = await db
    .sql('posts')
    .whereIn('thread_id', [...touched])
    .pluck('id')
  await tellOthers(outbox, { sourceId }, { settled, postIds, changes: [] })
}
