import { visibleTo } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { Endpoint, EventType } from '../endpoints/endpoint.ts'
import type { Delivery, DeliveryStatus, Message } from './delivery.ts'

export interface DeliveryRow {
  id: string
  message_id: string
  endpoint_id: string
  status: DeliveryStatus
  attempts: number
  next_attempt_at: string
  claim: string | null
  last_attempt_at: string | null
  last_status: number | null
  last_error: string | null
  created_at: string
  finished_at: string | null
}

interface DeliveryQuery {
  readonly endpointIds: readonly string[]
  readonly status?: DeliveryStatus
  readonly cursor?: string
  readonly limit: number
}

/** Rows a statement. */
const ROWS = 200

export type DeliveryStore = ReturnType<typeof createDeliveryStore>

/** Messages and their deliveries, as jobs write and people read them. Senders use the send queue. */
export function createDeliveryStore(db: Database, clock: Clock) {
  const deliveries = () => db.sql<DeliveryRow>('webhook_deliveries')

  return {
    /** Adds messages with a delivery to each of their endpoints. What exists already stays as it is. */
    async add(
      addressed: readonly { readonly message: Message; readonly endpointIds: readonly string[] }[],
    ): Promise<void> {
      const now = isoNow(clock)
      const messages = addressed.map(({ message }) => ({ ...message, created_at: now }))
      const rows = addressed.flatMap(({ message, endpointIds }) =>
        endpointIds.map((endpointId) => ({
          id: newId('dlv', clock.now()),
          message_id: message.id,
          endpoint_id: endpointId,
          status: 'waiting' as const,
          attempts: 0,
          next_attempt_at: now,
          created_at: now,
        })),
      )
      for (let from = 0; from < messages.length; from += ROWS)
        await db
          .sql('webhook_messages')
          .insert(messages.slice(from, from + ROWS))
          .onConflict('id')
          .ignore()
      for (let from = 0; from < rows.length; from += ROWS)
        await deliveries()
          .insert(rows.slice(from, from + ROWS))
          .onConflict(['message_id', 'endpoint_id'])
          .ignore()
    },

    /** Newest first. */
    async list({ endpointIds, status, cursor, limit }: DeliveryQuery): Promise<Page<Delivery>> {
      const query = db
        .sql('webhook_deliveries as d')
        .join('webhook_messages as m', 'm.id', 'd.message_id')
        .whereIn('d.endpoint_id', endpointIds)
        .select<(DeliveryRow & { type: EventType })[]>('d.*', 'm.type')
        .orderBy('d.id', 'desc')
        .limit(limit + 1)
      if (status !== undefined) query.where('d.status', status)
      if (cursor !== undefined) query.where('d.id', '<', decodeCursor(cursor).id)
      const rows = await query
      return toPage(rows.map(present), limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /** How many of an endpoint's deliveries wait and how many are dead, by endpoint. */
    async backlog(endpointIds: readonly string[]): Promise<Map<string, { waiting: number; dead: number }>> {
      const rows: { endpoint_id: string; status: 'waiting' | 'dead'; n: number }[] = await deliveries()
        .whereIn('endpoint_id', endpointIds)
        .whereIn('status', ['waiting', 'dead'])
        .groupBy('endpoint_id', 'status')
        .select('endpoint_id', 'status')
        .count('* as n')
      const counts = new Map(endpointIds.map((id) => [id, { waiting: 0, dead: 0 }]))
      for (const { endpoint_id, status, n } of rows) counts.get(endpoint_id)![status] = Number(n)
      return counts
    },

    /** How many wait and how many are dead, over all endpoints. */
    async counts(): Promise<{ waiting: number; dead: number }> {
      const rows: { status: 'waiting' | 'dead'; n: number }[] = await deliveries()
        .whereIn('status', ['waiting', 'dead'])
        .groupBy('status')
        .select('status')
        .count('* as n')
      const of = (status: string) => Number(rows.find((row) => row.status === status)?.n ?? 0)
      return { waiting: of('waiting'), dead: of('dead') }
    },

    async find(id: string): Promise<Pick<Delivery, 'id' | 'endpointId' | 'status'> | undefined> {
      const row = await deliveries().where({ id }).first()
      return row && { id, endpointId: row.endpoint_id, status: row.status }
    },

    /** Restarts the schedule of an endpoint's deliveries that are dead, or wait after a failure. @returns how many */
    restart(endpointId: string, id?: string): Promise<number> {
      const failed = deliveries()
        .where({ endpoint_id: endpointId })
        .where((state) =>
          state
            .where({ status: 'dead' })
            .orWhere((late) => late.where({ status: 'waiting', claim: null }).where('attempts', '>', 0)),
        )
      if (id !== undefined) failed.where({ id })
      return failed.update({
        status: 'waiting',
        attempts: 0,
        next_attempt_at: isoNow(clock),
        finished_at: null,
      })
    },

    /** Gives up all waiting deliveries to an endpoint: they become dead. */
    async abandonWaiting(endpointId: string, reason: string): Promise<void> {
      await deliveries()
        .where({ endpoint_id: endpointId, status: 'waiting' })
        .update({ status: 'dead', claim: null, last_error: reason, finished_at: isoNow(clock) })
    },

    /** Deletes the deliveries to an endpoint that its audience may not see. */
    async deleteUnreadable({ id, audience }: Pick<Endpoint, 'id' | 'audience'>): Promise<void> {
      const beyond = db.sql('webhook_messages').whereNotIn('audience', visibleTo(audience)).select('id')
      await deliveries().where({ endpoint_id: id }).whereIn('message_id', beyond).delete()
    },

    /** Deletes all deliveries to an endpoint. */
    async deleteAll(endpointId: string): Promise<void> {
      await deliveries().where({ endpoint_id: endpointId }).delete()
    },

    /** Whether there is any message. */
    async any(): Promise<boolean> {
      return (await db.sql('webhook_messages').first('id')) !== undefined
    },

    /** Deletes up to `limit` deliveries that were delivered or given up before `before`. @returns how many */
    async prune(status: 'delivered' | 'dead', before: string, limit: number): Promise<number> {
      const old = deliveries().where({ status }).where('finished_at', '<', before).limit(limit).select('id')
      return deliveries().whereIn('id', old).delete()
    },

    /** Deletes up to `limit` messages older than `before` that have no delivery any more. @returns how many */
    async pruneMessages(before: string, limit: number): Promise<number> {
      const undelivered = db
        .sql('webhook_messages as m')
        .where('m.created_at', '<', before)
        .whereNotExists(db.sql('webhook_deliveries as d').whereRaw('d.message_id = m.id'))
        .limit(limit)
        .select('m.id')
      return db.sql('webhook_messages').whereIn('id', undelivered).delete()
    },
  }
}

function present(row: DeliveryRow & { type: EventType }): Delivery {
  return {
    id: row.id,
    messageId: row.message_id,
    endpointId: row.endpoint_id,
    type: row.type,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.status === 'waiting' ? row.next_attempt_at : undefined,
    lastAttemptAt: row.last_attempt_at ?? undefined,
    lastStatus: row.last_status ?? undefined,
    lastError: row.last_error ?? undefined,
    createdAt: row.created_at,
    resolvedAt: row.finished_at ?? undefined,
  }
}

/** Metric of waiting and dead deliveries. */
export function deliveryMetric(deliveries: DeliveryStore) {
  return {
    name: 'entraide_webhook_deliveries',
    help: 'Webhook deliveries, waiting and dead',
    labels: ['status'],
    async read() {
      const { waiting, dead } = await deliveries.counts()
      return [
        { labels: { status: 'waiting' }, value: waiting },
        { labels: { status: 'dead' }, value: dead },
      ]
    },
  }
}
