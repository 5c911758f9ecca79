import type { Outbox } from '../../platform/index.ts'
import type { PostsChanged, ThreadsImported, ThreadsViewed } from '../events.ts'
import type { ToldChange } from '../post-changes.ts'
import type { Bringer } from './batch.ts'
import type { Settled } from './settle-threads.ts'

interface Told {
  readonly settled: ReadonlyMap<string, Settled>
  readonly postIds: readonly string[]
  readonly changes: readonly ToldChange[]
}

/** Tells later slices what a transaction did, in that transaction. */
export async function tellOthers(
  outbox: Outbox,
  { sourceId, importId }: Pick<Bringer, 'sourceId' | 'importId'>,
  { settled, postIds, changes }: Told,
): Promise<void> {
  const threadIds: string[] = []
  const viewed: string[] = []
  for (const [id, { isQuiet, isViewed }] of settled) {
    if (!isQuiet) threadIds.push(id)
    else if (isViewed) viewed.push(id)
  }
  const brought = importId === undefined ? {} : { importId }
  const imported: ThreadsImported = { type: 'threads.imported', sourceId, ...brought, threadIds }
  const views: ThreadsViewed = { type: 'threads.viewed', sourceId, threadIds: viewed }
  const changed: PostsChanged = { type: 'posts.changed', postIds: [...new Set(postIds)], changes }
  if (threadIds.length > 0) await outbox.append(imported)
  if (viewed.length > 0) await outbox.append(views)
  if (changed.postIds.length > 0) await outbox.append(changed)
}
