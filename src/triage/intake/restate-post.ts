import type { Actor } from '../../access/actor.ts'
import { system } from '../../access/actor.ts'
import { sourceIds } from '../../ingest/rows/source-ids.ts'
import type { SourceRecord } from '../../sources/record.ts'
import type { Thread } from '../../threads/thread.ts'
import type { IntakeDeps } from '../deps.ts'
import { routeStored, writeRecords } from './write-records.ts'

interface StatedOfPost {
  readonly threadId: string
  /** The platform's id of the post. */
  readonly id: string
  readonly actor: Actor
}

/**
 * Accepts an answer that a platform stored, or no longer, without stating the answer again.
 *
 * @throws CodedError THREAD_NOT_FOUND, POST_SOURCE_REFUSED
 */
export async function acceptPost(
  deps: IntakeDeps,
  { accepted, ...of }: StatedOfPost & { readonly accepted: boolean },
): Promise<void> {
  await restate(deps, of, 'post.acceptance-stated', { accepted }, (thread) => ({
    type: 'acceptance-update',
    threadId: thread.externalId,
    postId: of.id,
    accepted,
  }))
}

/**
 * Takes back a post that a platform stored.
 *
 * @throws CodedError THREAD_NOT_FOUND, POST_SOURCE_REFUSED
 */
export async function withdrawPost(deps: IntakeDeps, of: StatedOfPost): Promise<void> {
  await restate(deps, of, 'post.withdrawn', {}, () => ({ type: 'removal', of: 'post', id: of.id }))
}

async function restate(
  deps: IntakeDeps,
  { threadId, id, actor }: StatedOfPost,
  action: string,
  after: object,
  recordOf: (thread: Thread) => SourceRecord,
): Promise<void> {
  const thread = await deps.threads.require(threadId, system.audience)
  await deps.db.transaction(async () => {
    await deps.sources.lock(thread.sourceId)
    await writeRecords(deps, thread.source, [recordOf(thread)])
    const postId = sourceIds(thread.source).post(id)
    await deps.audit.record(action, actor, thread.id, { after: { postId, externalId: id, ...after } })
  })
  await routeStored(deps, thread.id, 'changed')
}
