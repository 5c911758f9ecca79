import type { Database } from '../../platform/database/database.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import type { ThreadFacts } from '../../threads/thread.ts'
import type { ConditionReading } from './condition-reading.ts'
import { type Destination, destinationKey, type RuleSet } from './routing-rule.ts'

/** How many open threads destinations have; a thread is open while it is neither resolved nor closed. */
interface LoadReader {
  /** With all threads counted. */
  now(): Readonly<Record<string, number>>
  /** Without a thread, which must not weigh against itself. */
  without(thread: LoadedThread): Readonly<Record<string, number>>
  /** Counts a thread at its new destination from now on. */
  route(thread: LoadedThread, destination: Destination): void
}

type LoadedThread = Pick<ThreadFacts, 'id' | 'resolved' | 'closed'>

/** Threads that may move within one transaction, so that a count that was cut off stays above its limit. */
const MARGIN = 1_000

/**
 * Counts the load of the destinations that a rule set asks about; no further than its limits, so that a destination with
 * a hundred thousand threads costs no more than one with few. Other processes that route at the same time may each
 * overlook what the other is about to commit.
 *
 * @param threads those that may be routed
 */
export async function createLoadReader(
  { db, reading }: { readonly db: Database; readonly reading: ConditionReading },
  ruleSet: RuleSet,
  threads: readonly LoadedThread[] = [],
): Promise<LoadReader> {
  const limits = reading.loadLimits(ruleSet)
  if (limits.size === 0) return { now: () => ({}), without: () => ({}), route: () => undefined }
  const counts = new Map<string, number>()
  for (const [key, { destination, most }] of limits)
    counts.set(key, await countOpen(db, destination, most + MARGIN))
  const places = await placesOf(
    db,
    threads.filter(isOpen).map(({ id }) => id),
  )
  const add = (key: string | undefined, by: number) => {
    const count = key === undefined ? undefined : counts.get(key)
    if (key !== undefined && count !== undefined) counts.set(key, count + by)
  }
  const now = () => Object.fromEntries(counts)

  return {
    now,
    without(thread) {
      const place = places.get(thread.id)
      const count = place === undefined ? undefined : counts.get(place)
      return place === undefined || count === undefined ? now() : { ...now(), [place]: count - 1 }
    },
    route(thread, destination) {
      if (!isOpen(thread)) return
      add(places.get(thread.id), -1)
      places.set(thread.id, destinationKey(destination))
      add(destinationKey(destination), 1)
    },
  }
}

function isOpen({ resolved, closed }: LoadedThread): boolean {
  return !resolved && !closed
}

async function countOpen(db: Database, { kind, name }: Destination, most: number): Promise<number> {
  const open = joinReadableThreads(
    db
      .sql('routing_decisions as d')
      .whereNull('d.superseded_at')
      .where({ 'd.destination_kind': kind, 'd.destination_name': name }),
    'd.thread_id',
    'internal',
  )
    .where('t.accepted_count', 0)
    .whereRaw('not t.closed')
    .limit(Math.ceil(most))
    .select('d.thread_id')
  const row = await db.sql.count<{ n: number | string }[]>('* as n').from(open.as('open')).first()
  return Number(row?.n ?? 0)
}

/** Thread id → where it is routed now. */
async function placesOf(db: Database, threadIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { thread_id: string; kind: Destination['kind']; name: string }[] = await db
    .sql('routing_decisions')
    .whereNull('superseded_at')
    .whereIn('thread_id', threadIds)
    .select('thread_id', { kind: 'destination_kind', name: 'destination_name' })
  return new Map(rows.map(({ thread_id, kind, name }) => [thread_id, destinationKey({ kind, name })]))
}
