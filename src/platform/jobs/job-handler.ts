import type { EventMap, EventType } from './events.ts'
import type { NewJob } from './job-store.ts'

/** What a job is given, as JSON keeps it. */
export type Payload = Readonly<Record<string, unknown>>

/** What to do for jobs of one type. Handlers are idempotent: a job may be started again after its worker died. */
export interface JobHandler {
  readonly type: string
  /** Events after which a job of this type is due; see {@link on}. */
  readonly subscriptions?: readonly Subscription[]
  /** Whether its jobs are bulk work whoever enqueued them, as those that go through all threads are. */
  readonly bulk?: boolean
  /**
   * Set where its jobs take minutes in a worker of their own: they take no place from others. Those for `idle` times
   * begin when no other long job runs or is due.
   */
  readonly long?: 'always' | 'idle'
  /** The payload is what {@link on} or whoever enqueued the job gave it: each handler names the type of its own. */
  perform(payload: never, signal: AbortSignal): Promise<void>
}

/** One kind of event that makes jobs of one type due. */
export interface Subscription {
  readonly event: EventType
  /** Absent where each event is a job of its own. */
  readonly debounceMs?: number
  /** @returns `undefined` where this event makes no job due */
  payloadOf(event: never): Payload | undefined
}

interface Subscriber<E extends EventType, P> {
  readonly type: string
  /**
   * How long events gather before their job is due; one number, or one for each event. Events with the same payload
   * are one job meanwhile, and it is due when the first of them says so. Without it each event is a job of its own.
   */
  readonly debounceMs?: number | Readonly<Record<E, number>>
  readonly bulk?: boolean
  readonly long?: JobHandler['long']
  /** What the job needs of the event, all of it by default; `undefined` where the event makes no job due. */
  payload?(event: EventOf<E>): P | undefined
  perform(payload: P, signal: AbortSignal): Promise<void>
}

/** An event as its subscribers get it. */
export type EventOf<E extends EventType> = E extends EventType ? Omit<EventMap[E], 'type'> : never

/**
 * Subscribes to events: the handler of the jobs that they make due.
 *
 * @example on('label.corrected', { type: 'triage.reroute', perform: ({ threadId }) => reroute(threadId) })
 */
export function on<E extends EventType, P extends object = EventOf<E>>(
  events: E | readonly E[],
  { type, debounceMs, bulk, long, payload, perform }: Subscriber<E, P>,
): JobHandler {
  const payloadOf = payload ?? ((event: EventOf<E>) => event)
  const delay = (event: E) => (typeof debounceMs === 'object' ? debounceMs[event] : debounceMs)
  return {
    type,
    bulk,
    long,
    subscriptions: (typeof events === 'string' ? [events] : (events as readonly E[])).map((event) => ({
      event,
      debounceMs: delay(event),
      payloadOf: payloadOf as Subscription['payloadOf'],
    })),
    perform,
  }
}

/** A job of which one waits at a time: enqueued again with the same payload, it is only brought forward. */
export function singleJob(type: string, payload: Payload = {}, runAt?: Date): NewJob {
  const key = Object.keys(payload).length === 0 ? type : `${type}:${JSON.stringify(payload)}`
  return { type, payload, dedupeKey: key, runAt }
}
