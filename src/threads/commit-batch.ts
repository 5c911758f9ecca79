import { type Clock, type Database, isoNow, type Outbox } from '../platform/index.ts'
import type { Batch, BatchOutcome, Bringer, Outcome } from './batch.ts'
import { dropStale } from './drop-stale.ts'
import { gatherChanges, readBodies } from './gather-changes.ts'
import { NO_OVERLAY, readOverlay } from './overlay.ts'
import { writePostChanges } from './post-changes.ts'
import type { PreparedBatch } from './prepare-batch.ts'
import { readKnown } from './read-known.ts'
import { refreshMerges } from './refresh-merges.ts'
import { type Settled, settleThreads } from './settle-threads.ts'
import type { SourceStore } from './source-store.ts'
import { tellOthers } from './tell-others.ts'
import type { TextWork } from './text-work.ts'
import { writeAcceptances } from './write-acceptances.ts'
import { writeLinks, writeMembers, writeVotes } from './write-members.ts'
import { writePosts } from './write-posts.ts'
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
  bringer: Bringer,
  { batch, texts }: PreparedBatch,
  note?: (written: Written) => Promise<void>,
): Promise<BatchOutcome> {
  const work = await texts
  let begun = performance.now()
  const outcome = await deps.db.transaction(async () => {
    await deps.sources.takeTurn(bringer.sourceId)
    begun = performance.now()
    const written = await write(deps, bringer, batch, work)
    await note?.(written)
    return written
  })
  return { ...outcome, tookMs: performance.now() - begun }
}

async function write(
  { db, clock, outbox }: CommitDeps,
  bringer: Bringer,
  given: Batch,
  work: TextWork,
): Promise<Written> {
  const { sourceId } = bringer
  const now = isoNow(clock)
  const known = await readKnown(db, given)
  const batch = dropStale(given, known)
  const threads = new Map<string, Outcome>(given.threads.map(({ id }) => [id, 'unchanged']))
  for (const { id, hash } of batch.threads) {
    const before = known.threads.get(id)
    const isSame = before?.record_hash === hash && before.removed_at === null
    threads.set(id, before === undefined ? 'new' : isSame ? 'unchanged' : 'changed')
  }
  const bodies = await readBodies(db, bringer, batch.posts, known.posts)
  const overlay = await readOverlay(db, sourceId, {
    threadIds: batch.posts.flatMap(({ threadId }) => threadId ?? []),
    postIds: batch.posts.map(({ id }) => id),
  })
  const posts = await writePosts(db, sourceId, batch.posts, known.posts, overlay, work)
  const removed = await writeRemovals(db, sourceId, batch.removals, known, now)
  const isBack = (row: { removed_at: string | null } | undefined) =>
    row !== undefined && row.removed_at !== null
  const threadsBack = batch.threads.filter(({ id }) => isBack(known.threads.get(id))).map(({ id }) => id)
  const postsBack = posts.changed.filter(({ id }) => isBack(known.posts.get(id))).map(({ id }) => id)
  const restored = await bringBack(db, [...threadsBack, ...postsBack])
  const acceptances = await writeAcceptances(db, batch.acceptances, batch.verdicts)
  const threadsRemoved = batch.removals.flatMap(({ of, id }) => (of === 'thread' ? id : []))
  // So that merges into them hold again; settling writes the rest of what they are now.
  if (threadsBack.length > 0)
    await db.sql('threads').where(db.among('id', threadsBack)).update({ removed_at: null })
  const replaced = await refreshMerges(db, sourceId, { removed: threadsRemoved, back: threadsBack })
  const settled = await settleThreads(
    db,
    {
      sourceId,
      frames: batch.threads.filter(
        ({ id, record }) => threads.get(id) !== 'unchanged' || record.asOf !== undefined,
      ),
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

  const acceptanceChanged = [...acceptances.keys()].filter(
    (id) => settled.has(id) && threads.get(id) !== 'new',
  )
  const changes = gatherChanges(bringer, {
    posts: posts.changed,
    known: known.posts,
    newThreads: threads,
    bodies,
    removed,
    restored,
    acceptances,
    work,
  })
  await tellOthers(outbox, bringer, {
    settled,
    postIds: [
      ...posts.changed.map(({ id }) => id),
      ...[...removed, ...restored].map(({ id }) => id),
      ...acceptanceChanged.flatMap((id) => acceptances.get(id)!.map(({ postId }) => postId)),
    ],
    changes: await writePostChanges(db, clock, bringer, changes),
  })
  const outcomes = new Map<string, Outcome>(given.posts.map(({ id }) => [id, 'unchanged']))
  for (const [id, outcome] of posts.outcomes) outcomes.set(id, outcome)
  return {
    threads,
    posts: outcomes,
    acceptanceChanged,
    questioned: await questionedThreads(db, batch, settled),
    deleted: {
      threads: threadsRemoved.filter((id) => known.threads.get(id)?.removed_at === null).length,
      posts: removed.length,
    },
  }
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
  settled: ReadonlyMap<string, Settled>,
): Promise<string[]> {
  const questioned = [...settled].filter(([, { isQuestioned }]) => isQuestioned).map(([id]) => id)
  const others = new Set(
    posts.flatMap(({ threadId, record }) =>
      record.kind === 'answer' && threadId !== undefined && !settled.has(threadId) ? [threadId] : [],
    ),
  )
  if (others.size === 0) return questioned
  const found: string[] = await db
    .sql('threads')
    .where(db.among('id', [...others]))
    .where((answered) => answered.whereNotNull('question_id').orWhereNotNull('merged_into'))
    .pluck('id')
  return [...questioned, ...found]
}
