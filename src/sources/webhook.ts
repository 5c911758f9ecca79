import type { SourceRecord } from './record.ts'

/** Header names in lower case, as Node gives them; a header that came twice is one text with a comma in it. */
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** A request as it came, before anything in it is believed. */
interface SignedRequest {
  readonly headers: WebhookHeaders
  /** The bytes that were signed. */
  readonly body: Uint8Array
}

/** What a verified request is about. */
interface DeliveryIdentity {
  /** The sender's own id of the delivery: the same again is a repetition. */
  readonly id: string
  /** Such as `topic_edited` or `discussion.answered`. */
  readonly event: string
  /** Place in the sender's own numbering of events, where it has one. */
  readonly sequence?: number
}

/** A stored delivery as its reader sees it. */
export interface WebhookDelivery {
  readonly event: string
  readonly payload: unknown
  /**
   * When it happened, as far as the delivery itself does not say: ISO 8601 in UTC. Follows the sender's numbering
   * where there is one, so that a delivery that was overtaken is still earlier than the one that overtook it.
   */
  readonly at: string
  /** Its place in the sender's own numbering, where it has one. */
  readonly sequence?: number
  /** Where the source is, as `https://` and a host; absent when nobody said. */
  readonly address?: string
}

/** The source's own API, for deliveries that only name what changed. */
export interface SourceApi {
  /**
   * @param path below the source's address, beginning with a slash
   * @throws CodedError SOURCE_API_REFUSED, SOURCE_API_FAILED, and those of the way out
   */
  get(path: string): Promise<SourceAnswer>
}

export interface SourceAnswer {
  /** When it was asked: the answer is no older. ISO 8601 in UTC. */
  readonly asOf: string
  /** The answer as JSON; undefined when there is no such thing (any more). */
  readonly json: unknown
}

/** What a delivery says. */
export interface WebhookReading {
  /** In an order in which they can be applied; empty when the event is none of ours. */
  readonly records: readonly SourceRecord[]
  /**
   * Posts among `records` that are there again after a removal. When, the delivery does not say: right after the
   * removal, where that is known, so that what was edited since still is.
   */
  readonly returned?: readonly string[]
  /** Threads that are told whole: what is stored of them and not told is gone. */
  readonly wholeThreads?: readonly WholeThread[]
}

/** All that there is of a thread. */
export interface WholeThread {
  readonly id: string
  /** As of when the delivery says so. */
  readonly asOf: string
  /** When its posts were looked at. */
  readonly seenAt: string
  readonly postIds: readonly string[]
  readonly acceptedIds: readonly string[]
}

/** One kind of webhook: how its deliveries are signed, what identifies them, and what they say. */
export interface WebhookKind {
  readonly name: string
  /** Headers by which the source's API knows who asks; absent for kinds that need no API. */
  readonly apiHeaders?: (access: {
    readonly user: string
    readonly token: string
  }) => Readonly<Record<string, string>>
  /** Whether the administrator copies the secret from the source (rather than to it). */
  readonly secretFromSource: boolean
  /**
   * Whether one of the secrets signed these bytes; compared in constant time.
   *
   * @param now for senders that sign a time, which must be near it
   */
  verify(request: SignedRequest, secrets: readonly string[], now: Date): boolean
  /** @returns undefined when it lacks what tells one delivery from another */
  identify(headers: WebhookHeaders, payload: unknown): DeliveryIdentity | undefined
  /**
   * @param api absent when the source has none configured
   * @throws CodedError WEBHOOK_PAYLOAD_UNEXPECTED, SOURCE_API_REQUIRED, and those of `api`
   */
  read(delivery: WebhookDelivery, api: SourceApi | undefined): Promise<WebhookReading>
}

const SEQUENCE_DIGITS = 15

/**
 * A time with the sender's number of an event as digits far below the millisecond, so that texts compare as (time,
 * number): of two events of one time the one with the lower number is the earlier one.
 *
 * @param time ISO 8601 in UTC with milliseconds
 */
export function stamped(time: string, sequence: number | undefined): string {
  return sequence === undefined
    ? time
    : `${time.slice(0, -1)}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}Z`
}

/** The stamp of an event that is known to follow what bears another stamp, and of nothing else. */
export function stampedAfter(stamp: string, sequence: number | undefined): string {
  const time = `${stamp.slice(0, 23)}Z`
  const sameTime = stamped(time, sequence)
  if (sameTime > stamp) return sameTime
  return stamped(new Date(new Date(time).getTime() + 1).toISOString(), sequence)
}
