import type { SourceItem } from '../../sources/record.ts'
import { type Batch, emptyBatch } from '../rows/batch.ts'

/** How much goes into one transaction. */
export interface BatchLimit {
  /** Votes, links and acceptances count for a quarter. */
  items: number
  readonly characters: number
}

const FEWEST_ITEMS = 30
const MOST_ITEMS = 500
/** Milliseconds that a transaction should take: others wait for it, and must not wait more than 50. */
const SHORT = 15
const LONG = 30

/** Makes batches smaller if transactions take long, and larger if they are short. */
export function adjust(limit: BatchLimit, tookMs: number): void {
  if (tookMs > LONG) limit.items = Math.max(FEWEST_ITEMS, Math.round(limit.items * 0.7))
  else if (tookMs < SHORT) limit.items = Math.min(MOST_ITEMS, Math.round(limit.items * 1.2))
}

/** The cost of an item for the database, relative to a post. */
function weightOf(item: SourceItem): number {
  return item.outcome === 'record' && SLIGHT.has(item.record.type) ? 0.25 : 1
}

const SLIGHT: ReadonlySet<string> = new Set(['acceptance', 'votes', 'link'])

/**
 * Divides a stream of items into batches. Items from one place (a question and its thread) stay together. If the stream
 * ends in an error, everything before it is yielded first.
 *
 * @param addTo adds an item to a batch and returns its size in characters
 */
export async function* readBatches(
  items: AsyncIterable<readonly SourceItem[]>,
  addTo: (batch: Batch, item: SourceItem) => number,
  limit: BatchLimit,
): AsyncGenerator<Batch> {
  let batch = emptyBatch()
  let count = 0
  let characters = 0
  let place: SourceItem['place'] | undefined
  const end: End = {}
  for await (const block of untilFault(items, end)) {
    for (const item of block) {
      const isFull = count >= limit.items || characters >= limit.characters
      if (isFull && item.place !== place) {
        yield batch
        batch = emptyBatch()
        count = 0
        characters = 0
      }
      characters += addTo(batch, item)
      count += weightOf(item)
      place = item.place
      // A source that yields checkpoints may be slow, so each checkpoint is committed at once.
      if (item.outcome === 'checkpoint') {
        yield batch
        batch = emptyBatch()
        count = 0
        characters = 0
      }
    }
  }
  if (count > 0) yield batch
  if (end.fault) throw end.fault.error
}

/** Prepares each item while the one before it is in use; prepared items are yielded before an error is thrown. */
export async function* oneAhead<Item, Prepared>(
  items: AsyncIterable<Item>,
  prepare: (item: Item) => Promise<Prepared>,
): AsyncGenerator<Prepared> {
  let waiting: Prepared | undefined
  const end: End = {}
  for await (const item of untilFault(items, end)) {
    const prepared = await prepare(item)
    if (waiting !== undefined) yield waiting
    waiting = prepared
  }
  if (waiting !== undefined) yield waiting
  if (end.fault) throw end.fault.error
}

interface End {
  fault?: { readonly error: unknown }
}

/** Yields the items; an error that ends them is stored in `end` instead of thrown. */
async function* untilFault<Item>(items: AsyncIterable<Item>, end: End): AsyncGenerator<Item> {
  try {
    yield* items
  } catch (error) {
    end.fault = { error }
  }
}
