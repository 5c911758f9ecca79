import type { Outbox } from '../../platform/jobs/events.ts'
import type { PostsChanged, ThreadsChanged, ThreadsViewed } from '../events.ts'
import type { WriteOrigin } from './batch.ts'
import type { PostChangeSummary } from './post-changes.ts'
import type { Recomputed } from './recompute-threads.ts'

interface TransactionEffects {
  readonly recomputed: ReadonlyMap<string, Recomputed>
  readonly postIds: readonly string[]
  readonly changes: readonly PostChangeSummary[]
}

/** Appends the events for what a transaction did, in that transaction. */
export async function appendEvents(
  outbox: Outbox,
  { sourceId, importId }: Pick<WriteOrigin, 'sourceId' | 'importId'>,
  { recomputed, postIds, changes }: TransactionEffects,
): Promise<void> {
  const threadIds: string[] = []
  const viewed: string[] = []
  for (const [id, { isQuiet, isViewed }] of recomputed) {
    if (!isQuiet) threadIds.push(id)
    else if (isViewed) viewed.push(id)
  }
  const threads: ThreadsChanged = { type: 'threads.changed', sourceId, importId, threadIds }
  const views: ThreadsViewed = { type: 'threads.viewed', sourceId, threadIds: viewed }
  const posts: PostsChanged = { type: 'posts.changed', postIds: [...new Set(postIds)], changes }
  if (threadIds.length > 0) await outbox.append(threads)
  if (viewed.length > 0) await outbox.append(views)
  if (posts.postIds.length > 0) await outbox.append(posts)
}
