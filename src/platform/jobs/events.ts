import { type Clock, isoNow } from '../clock.ts'

import type { Database } from '../database/database.ts'
import { isBulk } from './bulk.ts'

/**
 * Every event, by its type. A module adds its own by declaration merging in its `events.ts`:
 *
 * @example
 * declare module '../platform/jobs/events.ts' {
 *   interface EventMap {
 *     'label.corrected': LabelCorrected
 *   }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: modules add to it
export interface EventMap {}

export type EventType = keyof EventMap

/** A thing that happened: its type, and what belongs to it. */
export type DomainEvent = EventMap[EventType]

/** The outbox: events are written in the transaction that makes them true, and become jobs after it. */
export interface Outbox {
  append(event: DomainEvent): Promise<void>
}

/** @param wake called once the event is committed */
export function createOutbox(db: Database, clock: Clock, wake: () => void): Outbox {
  return {
    async append(event) {
      const { type, ...payload } = event as { readonly type: EventType }
      await db.query('insert into events (type, payload, created_at, bulk) values (?, ?, ?, ?)', [
        type,
        JSON.stringify(payload),
        isoNow(clock),
        isBulk(),
      ])
      db.afterCommit(wake)
    },
  }
}
