import type { SourceRecord } from './record.ts'

/** Headers by lower-case name, as Node provides them; a repeated header is one text with commas. */
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** A request as received, before anything in it is trusted. */
interface SignedRequest {
  readonly headers: WebhookHeaders
  /** The bytes that were signed. */
  readonly body: Uint8Array
}

/** What identifies a verified delivery. */
interface DeliveryIdentity {
  /** The sender's id of the delivery; a second one with this id is a repetition. */
  readonly id: string
  /** Such as `topic_edited` or `discussion.answered`. */
  readonly event: string
  /** Number of the event, where the sender numbers its events. */
  readonly sequence?: number
}

/** A stored delivery, as passed to {@link WebhookKind.read}. */
export interface WebhookDelivery {
  readonly event: string
  readonly payload: unknown
  /**
   * When the event happened, for events that do not state it: ISO 8601 in UTC. It follows the sender's numbering, where
   * there is one, so that a delivery that was overtaken is still earlier than the one that overtook it.
   */
  readonly at: string
  /** Number of the event, where the sender numbers its events. */
  readonly sequence?: number
  /** Address of the source, as `https://` and a host; absent if it is not configured. */
  readonly address?: string
}

/** The source's API, for deliveries that only name what changed. */
export interface SourceApi {
  /**
   * @param path path below the source's address, with a leading slash
   * @throws CodedError SOURCE_API_REFUSED, SOURCE_API_FAILED, and those of Outbound
   */
  get(path: string): Promise<SourceAnswer>
}

export interface SourceAnswer {
  /** Time of the request, ISO 8601 in UTC; the answer is no older. */
  readonly asOf: string
  /** The answer as JSON; undefined if the resource does not, or no longer, exist. */
  readonly json: unknown
}

/** The content of a delivery. */
export interface WebhookReading {
  /** In an order in which they can be applied; empty if the event does not concern threads. */
  readonly records: readonly SourceRecord[]
  /**
   * Posts among `records` that were restored after a removal. The delivery does not state when, so they are dated right
   * after the removal, where that is known; later edits then keep precedence.
   */
  readonly restored?: readonly string[]
  /** Threads that are stated completely: what is stored of them and missing here was removed. */
  readonly completeThreads?: readonly CompleteThread[]
}

/** The complete content of a thread. */
export interface CompleteThread {
  readonly id: string
  /** The time of the event. */
  readonly asOf: string
  /** When its posts were read. */
  readonly postsReadAt: string
  readonly postIds: readonly string[]
  readonly acceptedIds: readonly string[]
}

/** A kind of webhook: how its deliveries are signed, identified and read. */
export interface WebhookKind {
  readonly name: string
  /** Headers that authenticate calls of the source's API; absent for kinds that need no API. */
  readonly apiHeaders?: (access: {
    readonly user: string
    readonly token: string
  }) => Readonly<Record<string, string>>
  /** Whether the source generates the secret, so that the administrator copies it from there. */
  readonly secretFromSource: boolean
  /**
   * Whether one of the secrets signed this body; compared in constant time.
   *
   * @param now for senders that sign a time, which must be close to it
   */
  verify(request: SignedRequest, secrets: readonly string[], now: Date): boolean
  /** @returns undefined if the delivery lacks an id */
  identify(headers: WebhookHeaders, payload: unknown): DeliveryIdentity | undefined
  /**
   * @param api absent if no access to the API is configured
   * @throws CodedError WEBHOOK_PAYLOAD_UNEXPECTED, SOURCE_API_REQUIRED, and those of `api`
   */
  read(delivery: WebhookDelivery, api: SourceApi | undefined): Promise<WebhookReading>
}

const SEQUENCE_DIGITS = 15

/**
 * Appends the sender's number of an event to a time, as digits far below the millisecond, so that texts compare as (time,
 * number): of two events with the same time the one with the lower number is the earlier one.
 *
 * @param time ISO 8601 in UTC with milliseconds
 */
export function withSequence(time: string, sequence: number | undefined): string {
  return sequence === undefined
    ? time
    : `${time.slice(0, -1)}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}Z`
}

/** The earliest time with this number that is later than `earlier`, which may itself have a number. */
export function withSequenceAfter(earlier: string, sequence: number | undefined): string {
  const time = `${earlier.slice(0, 23)}Z`
  const sameTime = withSequence(time, sequence)
  if (sameTime > earlier) return sameTime
  return withSequence(new Date(new Date(time).getTime() + 1).toISOString(), sequence)
}
