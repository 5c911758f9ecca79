import type { Actor } from '../access/actor.ts'
import { isoNow } from '../platform/clock.ts'
import { stableId } from '../platform/ids.ts'
import { plainText } from '../text/markdown/plain-text.ts'
import { threadErrors } from './errors.ts'
import type { CurateDeps } from './merge-thread.ts'
import { recomputeOverlay } from './recompute-overlay.ts'
import type { Post, Thread } from './thread.ts'

export interface Split {
  readonly threadId: string
  /** Posts to move, with their comments; the earliest becomes the question of the new thread. */
  readonly postIds: readonly string[]
  /** Title of the new thread; by default the beginning of its question. */
  readonly title?: string
  readonly actor: Actor
}

const LONGEST_TITLE = 120

/**
 * Splits posts off a thread into a new thread. Imports preserve the split and do not change the new thread. Its id is
 * derived from its question, so that a split that is reverted and made again keeps its labels. Posts of a locked thread stay
 * locked.
 *
 * @returns the new thread
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, POST_NOT_IN_THREAD, THREAD_SPLIT_QUESTION
 */
export async function splitThread(deps: CurateDeps, split: Split): Promise<Thread> {
  const { threadId, postIds, actor } = split
  const { db, threads } = deps
  return db.transaction(async () => {
    const { sourceId } = await threads.require(threadId, actor.audience)
    await deps.sources.lock(sourceId)
    const from = await threads.require(threadId, actor.audience)
    if (from.mergedInto !== undefined)
      throw threadErrors.THREAD_MERGED({ id: threadId, into: from.mergedInto })
    const shown = new Map((await threads.postsOf(threadId, actor.audience)).map((post) => [post.id, post]))
    const moved = [...new Set(postIds)].map((postId) => {
      const post = shown.get(postId)
      if (post === undefined) throw threadErrors.POST_NOT_IN_THREAD({ id: threadId, postId })
      if (postId === from.questionId) throw threadErrors.THREAD_SPLIT_QUESTION({ id: threadId })
      return post
    })
    const [question] = moved.sort(byTime) as [Post]
    const id = await putThread(deps, from, question, split.title)
    const lock = await deps.protections.lockOn(threadId)
    if (lock !== undefined) await deps.protections.inherit(id, lock)
    const now = isoNow(deps.clock)
    const ids = moved.map((post) => post.id)
    await db.sql('post_moves').whereIn('post_id', ids).delete()
    await db.sql('post_moves').insert(
      moved.map((post) => ({
        post_id: post.id,
        source_id: sourceId,
        thread_id: id,
        asks: post === question,
        created_at: now,
      })),
    )
    await recomputeOverlay(deps, sourceId, { shownIn: [threadId], merged: [] })
    await deps.audit.record('thread.split', actor, threadId, {
      after: { into: id, postIds: moved.map((post) => post.id) },
    })
    return threads.require(id, actor.audience)
  })
}

/**
 * Reverts a split: its posts are shown again where they were. The thread is removed until the same split is made again.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_NOT_SPLIT, THREAD_SPLIT_IN_USE
 */
export async function unsplitThread(
  deps: CurateDeps,
  { threadId: id, actor }: Pick<Split, 'threadId' | 'actor'>,
): Promise<void> {
  const { db, threads } = deps
  await db.transaction(async () => {
    const { sourceId } = await threads.requireStored(id, actor.audience)
    await deps.sources.lock(sourceId)
    const { splitFrom, mergedInto: shownIn = id } = await threads.requireStored(id, actor.audience)
    if (splitFrom === undefined) throw threadErrors.THREAD_NOT_SPLIT({ id })
    if ((await db.sql('thread_merges').where({ into_id: id }).first('thread_id')) !== undefined)
      throw threadErrors.THREAD_SPLIT_IN_USE({ id })
    const postIds: string[] = await db.sql('post_moves').where({ thread_id: id }).pluck('post_id')
    const moves = db.sql('post_moves').where({ thread_id: id })
    if (await isSplit(deps, splitFrom)) await moves.update({ thread_id: splitFrom, asks: false })
    else await moves.delete()
    await db.sql('thread_merges').where({ thread_id: id }).delete()
    await db
      .sql('threads')
      .where({ id })
      .update({ removed_at: isoNow(deps.clock), merged_into: null })
    await recomputeOverlay(deps, sourceId, { shownIn: [id, shownIn], merged: [] })
    await deps.audit.record('thread.unsplit', actor, splitFrom, { before: { into: id, postIds } })
  })
}

/** Whether a thread is itself the result of a split, so that posts return to it by a move. */
async function isSplit({ db }: CurateDeps, id: string): Promise<boolean> {
  const row = await db.sql('threads').where({ id }).whereNull('removed_at').first('split_from')
  return row !== undefined && row.split_from !== null
}

/** Writes the row of the new thread; recomputing fills its other columns. */
async function putThread(
  { db }: CurateDeps,
  from: Thread,
  question: Post,
  title: string | undefined,
): Promise<string> {
  const externalId = `entraide:split:${question.id}`
  const id = stableId('thr', from.source, externalId)
  const row = {
    id,
    source_id: from.sourceId,
    external_id: externalId,
    title: title ?? beginningOf(question.body),
    language: '',
    tags: JSON.stringify(from.tags),
    url: from.url,
    closed: from.closed,
    created_at: question.createdAt,
    record_hash: '',
    updated_at: question.createdAt,
    removed_at: null,
    split_from: from.id,
  }
  await db.sql('threads').insert(row).onConflict('id').merge()
  return id
}

function beginningOf(markdown: string): string {
  const [line = ''] = plainText(markdown).trim().split('\n', 1)
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE).replace(/\s?\S*$/, '')} …`
}

function byTime(one: Post, other: Post): number {
  const [a, b] = [`${one.createdAt} ${one.id}`, `${other.createdAt} ${other.id}`]
  return a < b ? -1 : 1
}
