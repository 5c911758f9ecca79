import { type Clock, isoNow } from '../clock.ts'

import type { Database } from '../database/database.ts'

/** A thing that happened, as told to later slices. Each slice declares its own in its `events.ts`. */
export interface DomainEvent {
  readonly type: string
}

/** The outbox: events are written in the transaction that makes them true, and relayed to jobs after it. */
export interface Outbox {
  append(event: DomainEvent): Promise<void>
}

/** @param wake called once the event is committed */
export function createOutbox(db: Database, clock: Clock, wake: () => void): Outbox {
  return {
    async append(event) {
      const { type, ...payload } = event
      await db.query('insert into events (type, payload, created_at) values (?, ?, ?)', [
        type,
        JSON.stringify(payload),
        isoNow(clock),
      ])
      db.afterCommit(wake)
    },
  }
}
