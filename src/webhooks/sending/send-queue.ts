import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { type ClaimedDelivery, whereDue } from './delivery.ts'
import type { DeliveryRow } from './delivery-store.ts'

/** The outcome of an attempt. */
export interface Attempt {
  readonly status?: number
  readonly error?: string
}

export type SendQueue = ReturnType<typeof createSendQueue>

/** Deliveries as senders see them: claimed, then delivered, retried later or abandoned. */
export function createSendQueue(db: Database, clock: Clock) {
  const deliveries = () => db.sql<DeliveryRow>('webhook_deliveries')
  const claimed = ({ id, claim }: ClaimedDelivery) => deliveries().where({ id, claim, status: 'waiting' })

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
     * Claims up to `limit` due deliveries to an endpoint, the longest due first. A delivery without a recorded outcome
     * after `leaseMs` is due again, as the attempt after this one.
     */
    async claim(endpointId: string, limit: number, leaseMs: number): Promise<ClaimedDelivery[]> {
      const now = clock.now()
      const claim = newId('clm', now)
      return db.transaction(async () => {
        const waiting = deliveries().where({ endpoint_id: endpointId, status: 'waiting' })
        const due = whereDue(waiting, now.toISOString())
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
            type: 'm.type',
            payload: 'm.payload',
            attempts: 'd.attempts',
            claim: 'd.claim',
          })
      })
    },

    /** Records that a delivery has arrived, even when another sender has claimed it meanwhile. */
    async delivered({ id }: ClaimedDelivery, attempt: Attempt): Promise<void> {
      await deliveries()
        .where({ id })
        .update({ ...outcome(attempt), status: 'delivered', finished_at: isoNow(clock) })
    },

    /** Schedules the next attempt. @returns false when another sender has claimed the delivery */
    async retryLater(delivery: ClaimedDelivery, attempt: Attempt, nextAttemptAt: Date): Promise<boolean> {
      const next = { ...outcome(attempt), next_attempt_at: nextAttemptAt.toISOString() }
      return (await claimed(delivery).update(next)) > 0
    },

    /** Gives a delivery up: it is dead. @returns false when another sender has claimed it */
    async abandon(delivery: ClaimedDelivery, attempt: Attempt): Promise<boolean> {
      const dead = { ...outcome(attempt), status: 'dead' as const, finished_at: isoNow(clock) }
      return (await claimed(delivery).update(dead)) > 0
    },

    /** Gives a delivery up without having tried: the attempt does not count. */
    async withdraw(delivery: ClaimedDelivery, reason: string): Promise<void> {
      await claimed(delivery).update({
        claim: null,
        status: 'dead',
        attempts: delivery.attempts - 1,
        last_error: reason,
        finished_at: isoNow(clock),
      })
    },

    /** Returns a delivery that a stopping sender has not finished. The attempt does not count. */
    async release(delivery: ClaimedDelivery): Promise<void> {
      await claimed(delivery).update({
        claim: null,
        attempts: delivery.attempts - 1,
        next_attempt_at: isoNow(clock),
      })
    },
  }
}
