import { setImmediate } from 'node:timers/promises'
import { isoNow } from '../../platform/clock.ts'
import { ingestErrors } from '../errors.ts'
import { appendEvents } from '../rows/append-events.ts'
import type { DeletedCounts, WriteOrigin } from '../rows/batch.ts'
import type { CommitDeps } from '../rows/commit-batch.ts'
import { deletions, writePostChanges } from '../rows/post-changes.ts'

import { recomputeThreads } from '../rows/recompute-threads.ts'
import { refreshMerges } from '../rows/refresh-merges.ts'
import type { TextWork } from '../rows/text-work.ts'
import { type AffectedPost, removePosts } from '../rows/write-removals.ts'
import type { ExportTally } from './export-tally.ts'

/** Ids per query. */
const WALK = 1000
/** Rows per transaction: some ten milliseconds on SQLite. */
const CHUNK = 50

interface MissingDeps extends CommitDeps {
  readonly tally: ExportTally
  readonly work: TextWork
  readonly signal?: AbortSignal
  /** Writes what else belongs in a transaction; called again if the transaction is retried. */
  readonly recordDeletions: (deleted: DeletedCounts) => Promise<void>
}

type Kind = 'threads' | 'posts'

/**
 * Removes what is stored of the source and missing from a complete export. It walks the stored ids and writes only
 * removals, a few rows per transaction. Threads that agents split off do not belong to the source and stay, and so does
 * anything that a delivery stated later than all of the export, which was made before. If it is killed, the next
 * complete export finishes the work.
 *
 * @param onDeleted called after each commit
 */
export async function deleteMissing(
  deps: MissingDeps,
  origin: WriteOrigin,
  onDeleted: (deleted: DeletedCounts) => void,
): Promise<void> {
  for (const kind of ['threads', 'posts'] as const) {
    for await (const missing of walkMissing(deps, origin.sourceId, kind)) {
      for (let from = 0; from < missing.length; from += CHUNK) {
        await setImmediate()
        const some = missing.slice(from, from + CHUNK)
        if (deps.signal?.aborted) throw ingestErrors.IMPORT_STOPPED()
        onDeleted(
          await deps.db.transaction(async () => {
            const deleted = await remove(deps, origin, kind, some)
            await deps.recordDeletions(deleted)
            return deleted
          }),
        )
      }
    }
  }
}

async function* walkMissing(
  { db, tally }: MissingDeps,
  sourceId: string,
  kind: Kind,
): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const known: string[] = await db
      .sql(kind)
      .where({ source_id: sourceId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(WALK)
      .pluck('id')
    const missing = known.filter((id) => !(kind === 'threads' ? tally.holdsThread(id) : tally.holdsPost(id)))
    if (missing.length > 0) yield missing
    if (known.length < WALK) return
    after = known.at(-1)!
  }
}

/** Decides on the current rows, under the source's lock. */
async function remove(
  deps: MissingDeps,
  origin: WriteOrigin,
  kind: Kind,
  ids: readonly string[],
): Promise<DeletedCounts> {
  const { db, clock, sources, tally, work } = deps
  const { sourceId } = origin
  const now = isoNow(clock)
  await sources.lock(sourceId)
  const query = db
    .sql(kind)
    .where(db.among('id', ids))
    .whereNull('removed_at')
    .where((older) => older.whereNull('as_of').orWhere('as_of', '<=', tally.latestTime()))
  if (kind === 'threads') query.whereNull('split_from')
  const missing: string[] = await query.pluck('id')
  if (missing.length === 0) return { threads: 0, posts: 0 }
  const removed: AffectedPost[] = kind === 'posts' ? await removePosts(db, missing, now) : []
  if (kind === 'threads') await db.sql('threads').where(db.among('id', missing)).update({ removed_at: now })
  const moved = await refreshMerges(db, sourceId, {
    removed: kind === 'threads' ? missing : [],
    restored: [],
  })
  const touched = new Set([
    ...(kind === 'threads' ? missing : removed.flatMap(({ threadId }) => threadId ?? [])),
    ...moved,
  ])
  const recomputed = await recomputeThreads(
    db,
    { sourceId, records: [], touched, questions: new Map(), now },
    work,
  )
  await appendEvents(deps.outbox, origin, {
    recomputed,
    postIds: removed.map(({ id }) => id),
    changes: await writePostChanges(db, clock, origin, deletions(removed)),
  })
  return kind === 'threads' ? { threads: missing.length, posts: 0 } : { threads: 0, posts: removed.length }
}
