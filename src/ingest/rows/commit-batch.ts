import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import type { SourceStore } from '../source-store.ts'
import { appendEvents } from './append-events.ts'
import { type Batch, type BatchOutcome, idOf, type Outcome, type WriteOrigin } from './batch.ts'
import { NO_OVERLAY, readOverlay } from './overlay.ts'
import { gatherChanges, readBodies, writePostChanges } from './post-changes.ts'

import type { PreparedBatch } from './prepare-batch.ts'
import { dropStale, type Known, readKnown } from './read-known.ts'
import { type Recomputed, recomputeThreads } from './recompute-threads.ts'
import { refreshMerges } from './refresh-merges.ts'
import type { TextWork } from './text-work.ts'
import { writeAcceptances } from './write-acceptances.ts'
import { writeLinks, writeMembers, writePosts, writeVotes } from './write-posts.ts'
import { restorePosts, writeRemovals } from './write-removals.ts'

export interface CommitDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  readonly sources: Pick<SourceStore, 'lock'>
}

/** What a batch wrote; its transaction is still open. */
export type Written = Omit<BatchOutcome, 'tookMs'>

/**
 * Writes a batch in one transaction. The transaction locks the source, so that concurrent writers of one source take
 * turns, batch by batch. Everything it decides on is read under that lock. A writer that is killed leaves nothing behind
 * that blocks the next one.
 *
 * @param onWritten writes what else belongs in the transaction; called again if the transaction is retried
 */
export async function commitBatch(
  deps: CommitDeps,
  origin: WriteOrigin,
  { batch, texts }: PreparedBatch,
  onWritten?: (written: Written) => Promise<void>,
): Promise<BatchOutcome> {
  const work = await texts
  let begun = performance.now()
  const outcome = await deps.db.transaction(async () => {
    await deps.sources.lock(origin.sourceId)
    begun = performance.now()
    const written = await write(deps, origin, batch, work)
    await onWritten?.(written)
    return written
  })
  return { ...outcome, tookMs: performance.now() - begun }
}

async function write(
  { db, clock, outbox }: CommitDeps,
  origin: WriteOrigin,
  stated: Batch,
  work: TextWork,
): Promise<Written> {
  const { sourceId } = origin
  const now = isoNow(clock)
  const known = await readKnown(db, stated)
  const batch = dropStale(stated, known)
  const threads = threadOutcomes(stated, batch, known)
  const bodies = await readBodies(db, origin, batch.posts, known.posts)
  const overlay = await readOverlay(db, sourceId, batch.posts)
  const posts = await writePosts(db, sourceId, batch.posts, known.posts, overlay, work)
  const removed = await writeRemovals(db, sourceId, batch.removals, known, now)
  const restoredThreads = removedAmong(batch.threads, known.threads)
  const restoredPosts = removedAmong(posts.changed, known.posts)
  const restored = await restorePosts(db, [...restoredThreads, ...restoredPosts])
  const acceptances = await writeAcceptances(db, batch.acceptances, batch.acceptanceUpdates)
  const threadsRemoved = threadRemovals(batch)
  // Merges into these threads take effect again; recomputing writes their other columns.
  if (restoredThreads.length > 0)
    await db.sql('threads').where(db.among('id', restoredThreads)).update({ removed_at: null })
  const moved = await refreshMerges(db, sourceId, { removed: threadsRemoved, restored: restoredThreads })
  const recomputed = await recomputeThreads(
    db,
    {
      sourceId,
      records: recordsToRecompute(batch, threads),
      touched: new Set([
        ...posts.touched,
        ...acceptances.keys(),
        ...(await threadsOf(db, overlay === NO_OVERLAY ? [] : [...acceptances.values()].flat())),
        ...[...removed, ...restored].flatMap(({ threadId }) => threadId ?? []),
        ...threadsRemoved.filter((id) => known.threads.get(id)?.removed_at === null),
        ...restoredThreads,
        ...moved,
      ]),
      questions: posts.questions,
      now,
    },
    work,
  )
  await writeMembers(db, sourceId, batch)
  await writeVotes(db, batch)
  await writeLinks(db, batch)

  const acceptanceChanged: string[] = []
  for (const id of acceptances.keys())
    if (recomputed.has(id) && threads.get(id) !== 'new') acceptanceChanged.push(id)
  const changes = gatherChanges(origin, {
    posts: posts.changed,
    known: known.posts,
    newThreads: threads,
    bodies,
    removed,
    restored,
    acceptances,
    work,
  })
  await appendEvents(outbox, origin, {
    recomputed,
    postIds: [
      ...posts.changed.map(idOf),
      ...removed.map(idOf),
      ...restored.map(idOf),
      ...acceptanceChanged.flatMap((id) => acceptances.get(id)!.map(({ postId }) => postId)),
    ],
    changes: await writePostChanges(db, clock, origin, changes),
  })
  return {
    threads,
    posts: withStale(stated, batch, posts.outcomes),
    acceptanceChanged,
    questioned: await questionedThreads(db, batch, recomputed),
    deleted: {
      threads: threadsRemoved.filter((id) => known.threads.get(id)?.removed_at === null).length,
      posts: removed.length,
    },
  }
}

// What runs for every batch is a function of the module: at every full garbage collection V8 discards the compiled code
// of functions that are created per batch (docs/decisions/0018-import-speed.md).

/** The outcome of each stated thread; a stale record leaves its thread `unchanged`. */
function threadOutcomes(stated: Batch, fresh: Batch, known: Known): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>()
  for (const { id } of stated.threads) outcomes.set(id, 'unchanged')
  for (const { id, hash } of fresh.threads) {
    const before = known.threads.get(id)
    const isSame = before?.record_hash === hash && before.removed_at === null
    outcomes.set(id, before === undefined ? 'new' : isSame ? 'unchanged' : 'changed')
  }
  return outcomes
}

/** The outcome of each stated post, likewise. */
function withStale(
  stated: Batch,
  fresh: Batch,
  outcomes: ReadonlyMap<string, Outcome>,
): ReadonlyMap<string, Outcome> {
  if (fresh === stated) return outcomes
  const all = new Map<string, Outcome>()
  for (const { id } of stated.posts) all.set(id, outcomes.get(id) ?? 'unchanged')
  return all
}

function removedAmong(
  stated: readonly { readonly id: string }[],
  known: ReadonlyMap<string, { readonly removed_at: string | null }>,
): string[] {
  const removed: string[] = []
  for (const { id } of stated) {
    const row = known.get(id)
    if (row !== undefined && row.removed_at !== null) removed.push(id)
  }
  return removed
}

function threadRemovals({ removals }: Batch): string[] {
  const ids: string[] = []
  for (const { of, id } of removals) if (of === 'thread') ids.push(id)
  return ids
}

function recordsToRecompute({ threads }: Batch, outcomes: ReadonlyMap<string, Outcome>): Batch['threads'] {
  const records: Batch['threads'] = []
  for (const thread of threads)
    if (outcomes.get(thread.id) !== 'unchanged' || thread.record.asOf !== undefined) records.push(thread)
  return records
}

/** The threads that show the posts whose acceptance changed. */
async function threadsOf(db: Database, changes: readonly { readonly postId: string }[]): Promise<string[]> {
  if (changes.length === 0) return []
  const ids = changes.map(({ postId }) => postId)
  return db.sql('posts').where(db.among('id', ids)).whereNotNull('thread_id').pluck('thread_id')
}

/** Threads of the batch's answers, and of those just recomputed, that have their question in the database. */
async function questionedThreads(
  db: Database,
  { posts }: Batch,
  recomputed: ReadonlyMap<string, Recomputed>,
): Promise<string[]> {
  const questioned: string[] = []
  for (const [id, { isQuestioned }] of recomputed) if (isQuestioned) questioned.push(id)
  const others = new Set<string>()
  for (const { threadId, record } of posts)
    if (record.kind === 'answer' && threadId !== undefined && !recomputed.has(threadId)) others.add(threadId)
  if (others.size === 0) return questioned
  const found: string[] = await db
    .sql('threads')
    .where(db.among('id', [...others]))
    .where((answered) => answered.whereNotNull('question_id').orWhereNotNull('merged_into'))
    .pluck('id')
  return [...questioned, ...found]
}
