import type { SourceItem } from '../sources/index.ts'
import { type Batch, emptyBatch } from './batch.ts'

/** How much goes into one transaction; whoever commits may change it from batch to batch. */
export interface BatchLimit {
  items: number
  characters: number
}

/**
 * Cuts a stream of items into batches. When the stream ends in a fault, what came before is yielded first.
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
  let fault: { readonly error: unknown } | undefined
  const stream = items[Symbol.asyncIterator]()
  try {
    for (;;) {
      const read = await stream.next().catch((error: unknown) => {
        fault = { error }
        return undefined
      })
      if (read === undefined || read.done) break
      for (const item of read.value) {
        characters += add(batch, item)
        count += 1
        if (count < limit.items && characters < limit.characters) continue
        yield batch
        batch = emptyBatch()
        count = 0
        characters = 0
      }
    }
  } finally {
    if (fault === undefined) await stream.return?.()
  }
  if (count > 0) yield batch
  if (fault !== undefined) throw fault.error
}
