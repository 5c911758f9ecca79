import type { Get, ItemOf } from '../api/types.ts'

/** A thread of the review queue, with its posts. */
export type QueueItem = ItemOf<Get<'/api/review/queue'>>

/** A thread that is answered together with those like it. */
export type LookAlike = Pick<QueueItem, 'threadId' | 'title' | 'excerpt' | 'language' | 'source'> & {
  readonly blind: false
  readonly reason?: undefined
}

/** Whether an item is of the queue, where it is shown again once its answer is undone. */
export function isOfQueue(item: QueueItem | LookAlike): item is QueueItem {
  return item.reason !== undefined
}

export type Given =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'skip' | 'not-sure' | 'dispute' }

/** What a person answered about a thread, or about several that look alike; kept in the browser until the server has it. */
export interface Answer {
  /** Its Idempotency-Key: however often it is sent, it counts once. They sort by time. */
  readonly key: string
  readonly facet: string
  /** Shown again when the answer is undone. */
  readonly items: readonly (QueueItem | LookAlike)[]
  readonly given: Given
  readonly note?: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The model gave the label next to no chance. */
  readonly isUnlikely: boolean
  /** It was sent at least once: the server may have it, whether or not its reply came. */
  readonly wasSent: boolean
  /** Ids of the annotations or of the skip that the server made of it. */
  readonly made?: readonly string[]
  readonly savedAt?: number
  /** Taken back; it goes once the server has taken it back too. */
  readonly isUndone: boolean
  readonly refusal?: Refusal
}

export interface Refusal {
  readonly code: string
  readonly message: string
}

/** Whether the server has yet to hear of the answer, or of its undoing. */
export function isWaiting({ made, isUndone, refusal }: Answer): boolean {
  return refusal === undefined && (made === undefined || isUndone)
}

/** Whether the thread counts as answered: a refused answer leaves it to be answered again, unless it is gone. */
export function countsAsAnswered({ isUndone, refusal }: Answer): boolean {
  return !isUndone && (refusal === undefined || isAboutGoneThread(refusal))
}

/** The thread was merged or removed meanwhile: there is nothing to answer any more. */
export function isAboutGoneThread({ code }: Refusal): boolean {
  return code === 'THREAD_NOT_FOUND' || code === 'THREAD_MERGED'
}
