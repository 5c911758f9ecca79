import type { PostRecord, ThreadRecord } from '../../sources/index.ts'
import type { Batch, Keyed } from './batch.ts'
import type { Known, KnownThread } from './read-known.ts'

/**
 * Leaves out of a batch what is older than what its source has said of the same thing since, so that deliveries may
 * come late, twice and in any order. Of a removal and a record of the same moment the removal stands. A record without
 * a date (an export's) is taken for the latest word.
 */
export function dropStale(batch: Batch, known: Known): Batch {
  if (!(batch.threads.some(isDated) || batch.posts.some(isDated) || batch.removals.length > 0)) return batch
  const isFresh = (id: string, asOf: string | undefined, row: KnownThread | undefined): boolean => {
    const last = row === undefined ? known.tombstones.get(id) : row.as_of
    if (asOf === undefined || last === undefined || last === null) return true
    const isGone = row === undefined || row.removed_at !== null
    return isGone ? last < asOf : last <= asOf
  }
  return {
    ...batch,
    threads: batch.threads.filter(({ id, record }) => isFresh(id, record.asOf, known.threads.get(id))),
    posts: batch.posts.filter(({ id, record }) => isFresh(id, record.asOf, known.posts.get(id))),
    removals: batch.removals.filter(({ of, id, asOf }) =>
      isFresh(id, asOf, (of === 'thread' ? known.threads : known.posts).get(id)),
    ),
  }
}

function isDated({ record }: Keyed<ThreadRecord | PostRecord>): boolean {
  return record.asOf !== undefined
}
