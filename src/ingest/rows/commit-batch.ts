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

import { bringBack, writeRemovals } from './write-removals.ts'

export interface CommitDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  readonly sources: Pick<SourceStore, 'takeTurn'>
}

/** What a batch wrote, before its transaction ends. */
export type Written = Omit<BatchOutcome, 'tookMs'>

/**
 * Writes a batch in one transaction. Whoever writes threads of one source takes turns, batch by batch, by a lock that
 * the transaction holds; all it decides on is read under that lock, so two at once do each other no harm and a killed
 * one leaves nothing behind that could block the next.
 *
 * @param note keeps what else belongs into the transaction; called again where that has to be tried again
 */
export async function commitBatch(
  deps: CommitDeps,
  origin: WriteOrigin,
  { batch, texts }: PreparedBatch,
  note?: (written: Written) => Promise<void>,
): Promise<BatchOutcome> {
  const work = await texts
  let begun = performance.now()
  const outcome = await deps.db.transaction(async () => {
    await deps.sources.takeTurn(origin.sourceId)
    begun = performance.now()
    const written = await write(deps, origin, batch, work)
    await note?.(written)
    return written
  })
  return { ...outcome, tookMs: performance.now() - begun }
}

async function write(
  { db, clock, outbox }: CommitDeps,
  origin: WriteOrigin,
  given: Batch,
  work: TextWork,
): Promise<Written> {
  const { sourceId } = origin
  const now = isoNow(clock)
  const known = await readKnown(db, given)
  const batch = dropStale(given, known)
  const threads = threadOutcomes(given, batch, known)
  const bodies = await readBodies(db, origin, batch.posts, known.posts)
  const overlay = await readOverlay(db, sourceId, batch.posts)
  const posts = await writePosts(db, sourceId, batch.posts, known.posts, overlay, work)
  const removed = await writeRemovals(db, sourceId, batch.removals, known, now)
  const threadsBack = removedAmong(batch.threads, known.threads)
  const postsBack = removedAmong(posts.changed, known.posts)
  const restored = await bringBack(db, [...threadsBack, ...postsBack])
  const acceptances = await writeAcceptances(db, batch.acceptances, batch.verdicts)
  const threadsRemoved = threadRemovals(batch)
  // So that merges into them hold again; settling writes the rest of what they are now.
  if (threadsBack.length > 0)
    await db.sql('threads').where(db.among('id', threadsBack)).update({ removed_at: null })
  const replaced = await refreshMerges(db, sourceId, { removed: threadsRemoved, back: threadsBack })
  const settled = await recomputeThreads(
    db,
    {
      sourceId,
      frames: framesToRecompute(batch, threads),
      touched: new Set([
        ...posts.touched,
        ...acceptances.keys(),
        ...(await threadsOf(db, overlay === NO_OVERLAY ? [] : [...acceptances.values()].flat())),
        ...[...removed, ...restored].flatMap(({ threadId }) => threadId ?? []),
        ...threadsRemoved.filter((id) => known.threads.get(id)?.removed_at === null),
        ...threadsBack,
        ...replaced,
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
    if (settled.has(id) && threads.get(id) !== 'new') acceptanceChanged.push(id)
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
    settled,
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
    posts: withStale(given, batch, posts.outcomes),
    acceptanceChanged,
    questioned: await questionedThreads(db, batch, settled),
    deleted: {
      threads: threadsRemoved.filter((id) => known.threads.get(id)?.removed_at === null).length,
      posts: removed.length,
    },
  }
}

// What runs for every batch is a function of the module: V8 drops the compiled code of functions made anew for each
// batch at every full collection (docs/decisions/0018-import-speed.md).

/** What becomes of the threads that were told: nothing of what was told too late. */
function threadOutcomes(given: Batch, fresh: Batch, known: Known): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>()
  for (const { id } of given.threads) outcomes.set(id, 'unchanged')
  for (const { id, hash } of fresh.threads) {
    const before = known.threads.get(id)
    const isSame = before?.record_hash === hash && before.removed_at === null
    outcomes.set(id, before === undefined ? 'new' : isSame ? 'unchanged' : 'changed')
  }
  return outcomes
}

/** The same of posts. */
function withStale(
  given: Batch,
  fresh: Batch,
  outcomes: ReadonlyMap<string, Outcome>,
): ReadonlyMap<string, Outcome> {
  if (fresh === given) return outcomes
  const all = new Map<string, Outcome>()
  for (const { id } of given.posts) all.set(id, outcomes.get(id) ?? 'unchanged')
  return all
}

function removedAmong(
  told: readonly { readonly id: string }[],
  known: ReadonlyMap<string, { readonly removed_at: string | null }>,
): string[] {
  const removed: string[] = []
  for (const { id } of told) {
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

function framesToRecompute({ threads }: Batch, outcomes: ReadonlyMap<string, Outcome>): Batch['threads'] {
  const frames: Batch['threads'] = []
  for (const frame of threads)
    if (outcomes.get(frame.id) !== 'unchanged' || frame.record.asOf !== undefined) frames.push(frame)
  return frames
}

/** Where posts are shown whose acceptance changed. */
async function threadsOf(db: Database, changes: readonly { readonly postId: string }[]): Promise<string[]> {
  if (changes.length === 0) return []
  const ids = changes.map(({ postId }) => postId)
  return db.sql('posts').where(db.among('id', ids)).whereNotNull('thread_id').pluck('thread_id')
}

/** Threads of the batch's answers that are in the database with their question, and those just settled so. */
async function questionedThreads(
  db: Database,
  { posts }: Batch,
  settled: ReadonlyMap<string, Recomputed>,
): Promise<string[]> {
  const questioned: string[] = []
  for (const [id, { isQuestioned }] of settled) if (isQuestioned) questioned.push(id)
  const others = new Set<string>()
  for (const { threadId, record } of posts)
    if (record.kind === 'answer' && threadId !== undefined && !settled.has(threadId)) others.add(threadId)
  if (others.size === 0) return questioned
  const found: string[] = await db
    .sql('threads')
    .where(db.among('id', [...others]))
    .where((answered) => answered.whereNotNull('question_id').orWhereNotNull('merged_into'))
    .pluck('id')
  return [...questioned, ...found]
}
