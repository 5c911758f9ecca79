import { setImmediate } from 'node:timers/promises'
import { isoNow } from '../../platform/clock.ts'
import { threadErrors } from '../errors.ts'
import { appendEvents } from '../rows/append-events.ts'
import type { DeletedCounts, WriteOrigin } from '../rows/batch.ts'
import type { CommitDeps } from '../rows/commit-batch.ts'
import { deletions, writePostChanges } from '../rows/post-changes.ts'

import { recomputeThreads } from '../rows/recompute-threads.ts'
import { refreshMerges } from '../rows/refresh-merges.ts'
import type { TextWork } from '../rows/text-work.ts'
import { removePosts, type TurnedPost } from '../rows/write-removals.ts'
import type { ExportTally } from './export-tally.ts'

/** Ids read at once. */
const WALK = 1000
/** Rows a transaction: some ten milliseconds on SQLite. */
const CHUNK = 50

interface MissingDeps extends CommitDeps {
  readonly tally: ExportTally
  readonly work: TextWork
  readonly signal?: AbortSignal
  /** Keeps what else belongs into a transaction; called again where that has to be tried again. */
  readonly note: (deleted: DeletedCounts) => Promise<void>
}

type Kind = 'threads' | 'posts'

/**
 * Takes for deleted what the source had and an export that is whole does not tell: walks the source's own ids, and
 * writes only what is gone, a few rows a transaction. A thread that agents split off is none of the source's. What a
 * delivery told later than anything in the export is left alone: the export was made before it. Killed anywhere, it
 * is completed by the next whole export.
 *
 * @param onDeleted told after each commit
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
        if (deps.signal?.aborted) throw threadErrors.IMPORT_STOPPED()
        onDeleted(
          await deps.db.transaction(async () => {
            const deleted = await remove(deps, origin, kind, some)
            await deps.note(deleted)
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
    const missing = known.filter((id) => !(kind === 'threads' ? tally.tellsThread(id) : tally.tellsPost(id)))
    if (missing.length > 0) yield missing
    if (known.length < WALK) return
    after = known.at(-1)!
  }
}

/** Decides under the source's lock, on what is there now. */
async function remove(
  deps: MissingDeps,
  origin: WriteOrigin,
  kind: Kind,
  ids: readonly string[],
): Promise<DeletedCounts> {
  const { db, clock, sources, tally, work } = deps
  const { sourceId } = origin
  const now = isoNow(clock)
  await sources.takeTurn(sourceId)
  const query = db
    .sql(kind)
    .where(db.among('id', ids))
    .whereNull('removed_at')
    .where((told) => told.whereNull('as_of').orWhere('as_of', '<=', tally.lastAt()))
  if (kind === 'threads') query.whereNull('split_from')
  const gone: string[] = await query.pluck('id')
  if (gone.length === 0) return { threads: 0, posts: 0 }
  const removed: TurnedPost[] = kind === 'posts' ? await removePosts(db, gone, now) : []
  if (kind === 'threads') await db.sql('threads').where(db.among('id', gone)).update({ removed_at: now })
  const replaced = await refreshMerges(db, sourceId, { removed: kind === 'threads' ? gone : [], back: [] })
  const touched = new Set([
    ...(kind === 'threads' ? gone : removed.flatMap(({ threadId }) => threadId ?? [])),
    ...replaced,
  ])
  const settled = await recomputeThreads(
    db,
    { sourceId, frames: [], touched, questions: new Map(), now },
    work,
  )
  await appendEvents(deps.outbox, origin, {
    settled,
    postIds: removed.map(({ id }) => id),
    changes: await writePostChanges(db, clock, origin, deletions(removed)),
  })
  return kind === 'threads' ? { threads: gone.length, posts: 0 } : { threads: 0, posts: removed.length }
}
