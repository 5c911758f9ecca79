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
/** Milliseconds a transaction should take: others wait for it, and must not wait over 50. */
const SHORT = 15
const LONG = 30

/** Makes batches smaller where transactions take long, larger where they do not. */
export function adjust(limit: BatchLimit, tookMs: number): void {
  if (tookMs > LONG) limit.items = Math.max(FEWEST_ITEMS, Math.round(limit.items * 0.7))
  else if (tookMs < SHORT) limit.items = Math.min(MOST_ITEMS, Math.round(limit.items * 1.2))
}

/** What an item costs the database, as a share of a post. */
function weightOf(item: SourceItem): number {
  return item.outcome === 'record' && SLIGHT.has(item.record.type) ? 0.25 : 1
}

const SLIGHT: ReadonlySet<string> = new Set(['acceptance', 'votes', 'link'])

/**
 * Cuts a stream of items into batches; what came from one place (a question and its thread) stays together. When the
 * stream ends in a fault, what came before is yielded first.
 *
 * @param add puts an item into a batch and tells its weight in characters
 */
export async function* readBatches(
  items: AsyncIterable<readonly SourceItem[]>,
  add: (batch: Batch, item: SourceItem) => number,
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
      characters += add(batch, item)
      count += weightOf(item)
      place = item.place
      // A source that marks how far it is may be slow: what it marks is kept at once.
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

/** Prepares each item while the one before it is being used; what was prepared comes before a fault. */
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

/** The same items; a fault that ends them is told by `end` instead of being thrown. */
async function* untilFault<Item>(items: AsyncIterable<Item>, end: End): AsyncGenerator<Item> {
  try {
    yield* items
  } catch (error) {
    end.fault = { error }
  }
}
