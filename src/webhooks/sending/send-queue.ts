import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import type { ClaimedDelivery } from './delivery.ts'
import type { DeliveryRow } from './delivery-store.ts'

/** What came of an attempt. */
export interface Attempt {
  readonly status?: number
  readonly error?: string
}

export type SendQueue = ReturnType<typeof createSendQueue>

/** Deliveries as senders see them: taken on, then delivered, put back or given up. */
export function createSendQueue(db: Database, clock: Clock) {
  const deliveries = () => db.sql<DeliveryRow>('webhook_deliveries')
  const mine = ({ id, claim }: ClaimedDelivery) => deliveries().where({ id, claim, status: 'waiting' })

  function outcome({ status, error }: Attempt) {
    return {
      claim: null,
      last_attempt_at: isoNow(clock),
      last_status: status ?? null,
      last_error: error ?? null,
    }
  }

  return {
    /**
     * Takes on up to `limit` due deliveries to an endpoint, the longest due first. Whoever has not said what became
     * of one after `leaseMs` has lost it: it is due again, as the attempt after this one.
     */
    async claim(endpointId: string, limit: number, leaseMs: number): Promise<ClaimedDelivery[]> {
      const now = clock.now()
      const claim = newId('clm', now)
      return db.transaction(async () => {
        const due = deliveries()
          .where({ endpoint_id: endpointId, status: 'waiting' })
          .where('next_attempt_at', '<=', now.toISOString())
          .orderBy(['next_attempt_at', 'id'])
          .limit(limit)
          .select('id')
        const rows: { id: string }[] = await (db.dialect === 'postgres' ? due.forUpdate().skipLocked() : due)
        if (rows.length === 0) return []
        await deliveries()
          .whereIn(
            'id',
            rows.map(({ id }) => id),
          )
          .update({
            claim,
            attempts: db.sql.raw('attempts + 1') as unknown as number,
            next_attempt_at: new Date(now.getTime() + leaseMs).toISOString(),
          })
        return db
          .sql('webhook_deliveries as d')
          .join('webhook_messages as m', 'm.id', 'd.message_id')
          .where({ 'd.endpoint_id': endpointId, 'd.claim': claim })
          .select<ClaimedDelivery[]>({
            id: 'd.id',
            messageId: 'd.message_id',
            payload: 'm.payload',
            attempts: 'd.attempts',
            claim: 'd.claim',
          })
      })
    },

    /** It has arrived, whatever others made of it meanwhile. */
    async delivered({ id }: ClaimedDelivery, attempt: Attempt): Promise<void> {
      await deliveries()
        .where({ id })
        .update({ ...outcome(attempt), status: 'delivered', finished_at: isoNow(clock) })
    },

    /** @returns false when it is no longer this sender's */
    async putBack(delivery: ClaimedDelivery, attempt: Attempt, nextAttemptAt: Date): Promise<boolean> {
      const next = { ...outcome(attempt), next_attempt_at: nextAttemptAt.toISOString() }
      return (await mine(delivery).update(next)) > 0
    },

    async bury(delivery: ClaimedDelivery, attempt: Attempt): Promise<boolean> {
      const dead = { ...outcome(attempt), status: 'dead' as const, finished_at: isoNow(clock) }
      return (await mine(delivery).update(dead)) > 0
    },

    /** Gives back what a stopping sender has not finished; the attempt does not count. */
    async release(delivery: ClaimedDelivery): Promise<void> {
      await mine(delivery).update({
        claim: null,
        attempts: delivery.attempts - 1,
        next_attempt_at: isoNow(clock),
      })
    },
  }
}
