import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { type JobHandler, singleJob } from './job-handler.ts'
import type { JobStore, NewJob } from './job-store.ts'

interface EventRow {
  id: number
  type: string
  payload: string
  bulk: boolean | number
}

/** Events a transaction: with five subscribers each, some twenty milliseconds on SQLite. */
const BATCH = 50

/**
 * Turns committed events into jobs, one a subscription, and takes them out of the outbox in the same transaction:
 * no event is lost, and none becomes two jobs. Events of bulk work wait for the others, and their jobs are bulk work.
 *
 * @returns how many events were relayed; call again while it is not 0
 */
export async function relayEvents(
  { db, jobs, clock }: { readonly db: Database; readonly jobs: JobStore; readonly clock: Clock },
  handlers: readonly JobHandler[],
): Promise<number> {
  const waiting = await db.sql('events').select('id').first()
  if (waiting === undefined) return 0
  return db.transaction(async () => {
    const oldest = db.sql<EventRow>('events').orderBy(['bulk', 'id']).limit(BATCH)
    const events: EventRow[] = await (db.dialect === 'postgres' ? oldest.forUpdate().skipLocked() : oldest)
    const due = new Map<string, NewJob>()
    for (const event of events) for (const job of jobsOf(event, handlers, clock)) add(due, job)
    await jobs.enqueueAll([...due.values()])
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

type KeyedJob = NewJob & { readonly dedupeKey: string }

function jobsOf(
  { id, type: happened, payload, bulk: cause }: EventRow,
  handlers: readonly JobHandler[],
  clock: Clock,
) {
  const jobs: KeyedJob[] = []
  const bulk = Boolean(cause)
  for (const { type, subscriptions = [] } of handlers) {
    const subscription = subscriptions.find(({ event }) => event === happened)
    const given = subscription?.payloadOf(JSON.parse(payload) as never)
    if (subscription === undefined || given === undefined) continue
    const { debounceMs } = subscription
    const dedupeKey = `event:${id}:${type}`
    if (debounceMs === undefined) jobs.push({ type, payload: given, dedupeKey, bulk })
    else {
      const runAt = new Date(clock.now().getTime() + debounceMs)
      jobs.push({ dedupeKey, ...singleJob(type, given, runAt), bulk })
    }
  }
  return jobs
}

/** Of two jobs with one key the sooner stays; it is bulk work only where both are. */
function add(due: Map<string, NewJob>, job: KeyedJob): void {
  const other = due.get(job.dedupeKey)
  const bulk = job.bulk === true && other?.bulk !== false
  const isSooner = other?.runAt === undefined || (job.runAt !== undefined && job.runAt < other.runAt)
  due.set(job.dedupeKey, { ...(isSooner ? job : other), bulk })
}
