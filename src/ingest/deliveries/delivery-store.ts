import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { Delivery, DeliveryError, DeliveryStatus, NewDelivery, PendingDelivery } from './delivery.ts'

interface DeliveryRow {
  id: string
  source_id: string
  kind: string
  event: string
  external_id: string
  sequence: number | null
  received_at: string
  status: DeliveryStatus
  attempts: number
  taken_until: string | null
  finished_at: string | null
  error: string | null
  body: string | null
}

interface DeliveryQuery {
  readonly status?: DeliveryStatus
  readonly cursor?: string
  readonly limit: number
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>

const COLUMNS = [
  'id',
  'source_id',
  'kind',
  'event',
  'external_id',
  'sequence',
  'received_at',
  'status',
  'attempts',
  'body',
]
/** Rows per statement; the rest is inserted in halves of this, so that few statements are prepared. */
const MOST_ROWS = 64
/** How many later deliveries are checked for having overtaken another one. */
const OVERTAKERS = 200
/** Columns that a list shows, without the body. */
const SHOWN = [
  'id',
  'kind',
  'event',
  'external_id',
  'received_at',
  'status',
  'attempts',
  'finished_at',
  'error',
] as const

/** Received deliveries; their bodies are kept until they are applied. */
export function createDeliveryStore(db: Database, clock: Clock) {
  const deliveries = () => db.sql<DeliveryRow>('received_deliveries')

  return {
    /** @returns the ids of the new ones; the others were received before */
    async insert(given: readonly NewDelivery[]): Promise<ReadonlySet<string>> {
      const now = isoNow(clock)
      const kept = new Set<string>()
      let at = 0
      for (let size = MOST_ROWS; size >= 1; size /= 2) {
        while (given.length - at >= size) {
          const values = given.slice(at, at + size).flatMap((each) => rowOf(each, now))
          const result: unknown = await db.sql.raw(insertStatement(size), values)
          for (const { id } of rowsOf(result)) kept.add(id)
          at += size
        }
      }
      return kept
    },

    /**
     * Leases the oldest waiting deliveries of a source for `leaseMs`; concurrent callers get different ones. Deliveries that
     * are not finished by then may be taken again.
     */
    async take(sourceId: string, limit: number, leaseMs: number): Promise<PendingDelivery[]> {
      const now = isoNow(clock)
      return db.transaction(async () => {
        const due = deliveries()
          .where({ source_id: sourceId, status: 'waiting' })
          .where((free) => free.whereNull('taken_until').orWhere('taken_until', '<', now))
          .orderBy('id')
          .limit(limit)
        const rows: DeliveryRow[] = await (db.dialect === 'postgres' ? due.forUpdate().skipLocked() : due)
        const until = new Date(clock.now().getTime() + leaseMs).toISOString()
        const ids = rows.map(({ id }) => id)
        if (ids.length > 0) await deliveries().whereIn('id', ids).update({ taken_until: until })
        return rows.map(pending)
      })
    },

    /** The end of the earliest lease of a waiting delivery of a source; undefined if none waits. */
    async takenUntil(sourceId: string): Promise<string | undefined> {
      const row = await deliveries()
        .where({ source_id: sourceId, status: 'waiting' })
        .min<{ until: string | null }>('taken_until as until')
        .first()
      return row?.until ?? undefined
    },

    /** A waiting or failed delivery; undefined if it is done or unknown. */
    async pending(id: string): Promise<PendingDelivery | undefined> {
      const row = await deliveries().where({ id }).whereIn('status', ['waiting', 'failed']).first()
      return row?.body == null ? undefined : pending(row)
    },

    /**
     * The earliest time at which a delivery, or one that the sender numbers after it, was received: the event cannot have
     * happened later.
     */
    async receivedFrom(sourceId: string, kind: string, sequence: number): Promise<string | undefined> {
      const followers = deliveries()
        .select('received_at')
        .where({ source_id: sourceId, kind })
        .where('sequence', '>=', sequence)
        .orderBy('sequence')
        .limit(OVERTAKERS)
      const row = await db.sql
        .from(followers.as('followers'))
        .min<{ at: string | null }>('received_at as at')
        .first()
      return row?.at ?? undefined
    },

    /** Marks deliveries as done. The body is deleted; the id is kept to recognise a repetition. */
    async finish(ids: readonly string[], status: 'applied' | 'ignored'): Promise<void> {
      if (ids.length === 0) return
      await deliveries()
        .whereIn('id', [...ids])
        .update({
          status,
          finished_at: isoNow(clock),
          taken_until: null,
          error: null,
          body: null,
          attempts: db.sql.raw('attempts + 1') as unknown as number,
        })
    },

    async fail(id: string, error: DeliveryError): Promise<void> {
      await deliveries()
        .where({ id })
        .whereIn('status', ['waiting', 'failed'])
        .update({
          status: 'failed',
          finished_at: isoNow(clock),
          taken_until: null,
          error: JSON.stringify(error),
          attempts: db.sql.raw('attempts + 1') as unknown as number,
        })
    },

    /** Sets deliveries that failed with one of these codes back to waiting. @returns how many */
    async reopen(sourceId: string, codes: readonly string[]): Promise<number> {
      const failed = await deliveries().select('id', 'error').where({ source_id: sourceId, status: 'failed' })
      const ids = failed.filter(({ error }) => error !== null && codes.includes(JSON.parse(error).code))
      for (let from = 0; from < ids.length; from += 500) {
        const chunk = ids.slice(from, from + 500).map(({ id }) => id)
        await deliveries().whereIn('id', chunk).update({ status: 'waiting', finished_at: null })
      }
      return ids.length
    },

    async find(sourceId: string, id: string): Promise<Delivery | undefined> {
      const row = await deliveries()
        .select(...SHOWN)
        .where({ id, source_id: sourceId })
        .first()
      return row === undefined ? undefined : present(row)
    },

    /** Newest first. */
    async list(sourceId: string, { status, cursor, limit }: DeliveryQuery): Promise<Page<Delivery>> {
      const query = deliveries()
        .select(...SHOWN)
        .where({ source_id: sourceId })
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (status !== undefined) query.where({ status })
      if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
      const rows = await query
      return toPage(rows.map(present), limit, ({ id, receivedAt }) => ({ key: receivedAt, id }))
    },

    /** Deletes deliveries received before these times. @returns how many, at most `limit` */
    async forget(before: { done: string; failed: string }, limit: number): Promise<number> {
      const old = deliveries()
        .select('id')
        .where((done) =>
          done.whereIn('status', ['applied', 'ignored']).andWhere('received_at', '<', before.done),
        )
        .orWhere((failed) => failed.where('status', 'failed').andWhere('received_at', '<', before.failed))
        .limit(limit)
      return deliveries().whereIn('id', old).delete()
    },
  }
}

function rowOf(each: NewDelivery, now: string): (string | number | null)[] {
  const { id, sourceId, kind, event, externalId, sequence = null, body } = each
  return [id, sourceId, kind, event, externalId, sequence, now, 'waiting', 0, body]
}

function insertStatement(size: number): string {
  const row = `(${COLUMNS.map(() => '?').join(',')})`
  const values = Array.from({ length: size }, () => row).join(',')
  return `insert into received_deliveries (${COLUMNS.join(',')}) values ${values} on conflict (source_id, kind, external_id) do nothing returning id`
}

/** The rows of a raw statement: SQLite returns them, PostgreSQL an object that holds them. */
function rowsOf(result: unknown): readonly { readonly id: string }[] {
  return Array.isArray(result) ? result : (result as { rows: { id: string }[] }).rows
}

function pending(row: DeliveryRow): PendingDelivery {
  return {
    id: row.id,
    sourceId: row.source_id,
    kind: row.kind,
    event: row.event,
    receivedAt: row.received_at,
    attempts: row.attempts,
    sequence: row.sequence ?? undefined,
    body: row.body ?? '',
  }
}

function present(row: Pick<DeliveryRow, (typeof SHOWN)[number]>): Delivery {
  return {
    id: row.id,
    kind: row.kind,
    event: row.event,
    externalId: row.external_id,
    receivedAt: row.received_at,
    status: row.status,
    attempts: row.attempts,
    finishedAt: row.finished_at ?? undefined,
    error: row.error === null ? undefined : JSON.parse(row.error),
  }
}
