import type { Database } from '../database/database.ts'
import type { JobStore } from './job-store.ts'

/** Event type → the job types that follow from it. */
type Subscriptions = ReadonlyMap<string, readonly string[]>

interface EventRow {
  id: number
  type: string
  payload: string
}

/** Events a transaction: with five subscribers each, some twenty milliseconds on SQLite. */
const BATCH = 50

/**
 * Turns committed events into jobs, one a subscriber, and takes them out of the outbox in the same transaction:
 * no event is lost, and none becomes two jobs.
 *
 * @returns how many events were relayed; call again while it is not 0
 */
export async function relayEvents(
  db: Database,
  jobs: JobStore,
  subscriptions: Subscriptions,
): Promise<number> {
  const waiting = await db.sql('events').select('id').first()
  if (waiting === undefined) return 0
  return db.transaction(async () => {
    const oldest = db.sql<EventRow>('events').orderBy('id').limit(BATCH)
    const events: EventRow[] = await (db.dialect === 'postgres' ? oldest.forUpdate().skipLocked() : oldest)
    await jobs.enqueueAll(
      events.flatMap(({ id, type: happened, payload }) =>
        (subscriptions.get(happened) ?? []).map((type) => ({
          type,
          payload: JSON.parse(payload),
          dedupeKey: `event:${id}:${type}`,
        })),
      ),
    )
    await db
      .sql('events')
      .whereIn(
        'id',
        events.map((event) => event.id),
      )
      .delete()
    return events.length
  })
}
