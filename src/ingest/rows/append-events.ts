import type { Outbox } from '../../platform/jobs/events.ts'
import type { PostsChanged, ThreadsChanged, ThreadsViewed } from '../events.ts'
import type { WriteOrigin } from './batch.ts'
import type { PostChangeSummary } from './post-changes.ts'
import type { Recomputed } from './recompute-threads.ts'

interface Told {
  readonly settled: ReadonlyMap<string, Recomputed>
  readonly postIds: readonly string[]
  readonly changes: readonly PostChangeSummary[]
}

/** Tells later slices what a transaction did, in that transaction. */
export async function appendEvents(
  outbox: Outbox,
  { sourceId, importId }: Pick<WriteOrigin, 'sourceId' | 'importId'>,
  { settled, postIds, changes }: Told,
): Promise<void> {
  const threadIds: string[] = []
  const viewed: string[] = []
  for (const [id, { isQuiet, isViewed }] of settled) {
    if (!isQuiet) threadIds.push(id)
    else if (isViewed) viewed.push(id)
  }
  const brought = importId === undefined ? {} : { importId }
  const imported: ThreadsChanged = { type: 'threads.changed', sourceId, ...brought, threadIds }
  const views: ThreadsViewed = { type: 'threads.viewed', sourceId, threadIds: viewed }
  const changed: PostsChanged = { type: 'posts.changed', postIds: [...new Set(postIds)], changes }
  if (threadIds.length > 0) await outbox.append(imported)
  if (viewed.length > 0) await outbox.append(views)
  if (changed.postIds.length > 0) await outbox.append(changed)
}
