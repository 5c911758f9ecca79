import { type Actor, system } from '../../access/actor.ts'
import { visibleTo } from '../../access/audience.ts'
import { sourceIds } from '../../ingest/rows/source-ids.ts'
import type { SourceRecord } from '../../sources/record.ts'
import { threadErrors } from '../../threads/errors.ts'
import type { PostPlace, Thread } from '../../threads/thread.ts'
import type { IntakeDeps } from '../deps.ts'
import { triageErrors } from '../errors.ts'
import { memberRecords, type StatedPost, timeOf } from './store-thread.ts'
import { type Outcome, routeStored, type StoredThread, writeRecords } from './write-records.ts'

/** An answer or comment that a platform states. */
export interface StatedReply extends StatedPost {
  readonly kind: 'answer' | 'comment'
  /** The platform's id of the post that it replies to. */
  readonly parentId?: string
  /** Of an answer: whether it is accepted; absent where the platform does not say. */
  readonly accepted?: boolean
}

export interface StoredPost extends StoredThread {
  readonly postId: string
  readonly kind: StatedReply['kind']
  readonly accepted: boolean
}

/**
 * Stores a post that a platform states in one of its threads, or what changed of it, and routes the thread again. The
 * same again changes nothing.
 *
 * @throws CodedError THREAD_NOT_FOUND, POST_NOT_ACCEPTABLE, POST_ID_TAKEN, POST_PARENT_UNKNOWN, POST_SOURCE_REFUSED
 */
export async function storePost(
  deps: IntakeDeps,
  { threadId, actor, ...stated }: StatedReply & { readonly threadId: string; readonly actor: Actor },
): Promise<StoredPost> {
  const { kind, accepted } = stated
  if (kind !== 'answer' && accepted !== undefined) throw triageErrors.POST_NOT_ACCEPTABLE({ kind })
  const thread = await threadOfPlatform(deps, threadId, actor)
  const postId = sourceIds(thread.source).post(stated.id)
  const { outcome, isAccepted } = await deps.db.transaction(async () => {
    await deps.sources.lock(thread.sourceId)
    const before = await deps.threads.placeOfPost(postId)
    const records = await recordsOf(deps, thread, before, stated)
    const applied = await writeRecords(deps, thread.source, records)
    const after = await deps.threads.placeOfPost(postId)
    const isChanged = applied.posts.changed > 0 || before?.accepted !== after?.accepted
    const result: Outcome = before === undefined ? 'new' : isChanged ? 'changed' : 'unchanged'
    if (result !== 'unchanged')
      await deps.audit.record('post.posted', actor, thread.id, {
        after: { postId, externalId: stated.id, kind, accepted, outcome: result },
      })
    return { outcome: result, isAccepted: after?.accepted ?? false }
  })
  const stored = await routeStored(deps, thread.id, outcome)
  return { ...stored, postId, kind, accepted: isAccepted }
}

/** A sensitive thread is locked, but its own platform goes on stating what happens in it. */
async function threadOfPlatform(deps: IntakeDeps, threadId: string, actor: Actor): Promise<Thread> {
  const thread = await deps.threads.require(threadId, system.audience)
  const { audience } = await deps.sources.require(thread.source)
  if (!visibleTo(actor.audience).includes(audience)) throw threadErrors.THREAD_NOT_FOUND({ id: threadId })
  return thread
}

async function recordsOf(
  deps: IntakeDeps,
  thread: Thread,
  stored: PostPlace | undefined,
  stated: StatedReply,
): Promise<SourceRecord[]> {
  const { id, kind, parentId, accepted } = stated
  if (stored !== undefined && (stored.threadId !== thread.id || stored.kind !== kind))
    throw triageErrors.POST_ID_TAKEN({ source: thread.source, id })
  await requireParent(deps, thread, parentId)
  const records: SourceRecord[] = [
    ...memberRecords(stated.author),
    {
      type: 'post',
      id,
      kind,
      threadId: thread.externalId,
      parentId,
      authorId: stated.author?.id,
      body: stated.body,
      format: stated.format ?? 'markdown',
      createdAt: timeOf(stated.createdAt) ?? stored?.createdAt ?? deps.clock.now().toISOString(),
    },
  ]
  if (accepted !== undefined)
    records.push({ type: 'acceptance-update', threadId: thread.externalId, postId: id, accepted })
  return records
}

/** A comment on a post that never comes would never be shown. */
async function requireParent(deps: IntakeDeps, thread: Thread, parentId: string | undefined): Promise<void> {
  if (parentId === undefined) return
  const parent = await deps.threads.placeOfPost(sourceIds(thread.source).post(parentId))
  if (parent?.threadId !== thread.id) throw triageErrors.POST_PARENT_UNKNOWN({ parentId })
}
