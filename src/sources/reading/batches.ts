import type { SourceItem } from '../record.ts'

const BATCH = 1000

/** Items as a format yields them, where they do not come by read block. */
export function* batchesOf(items: Iterable<SourceItem>): Generator<readonly SourceItem[]> {
  let batch: SourceItem[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
