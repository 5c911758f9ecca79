import type { Actor } from '../../access/actor.ts'
import { CodedError } from '../../platform/errors.ts'
import type { ArticleDeps } from '../deps.ts'
import { promoteThread } from './promote-thread.ts'

/** What became of one of several threads that were promoted: its article, or why it has none. */
export interface ThreadPromotion {
  readonly threadId: string
  readonly articleId?: string
  /** Whether the article is new; otherwise the thread had been promoted before. */
  readonly created?: boolean
  /** Code of the problem, as promoting the thread alone would answer it. */
  readonly code?: string
}

/** Promotes threads (at most 100) to draft articles, each on its own: one that is refused keeps no other back. */
export async function promoteThreads(
  deps: ArticleDeps,
  { threadIds, actor }: { readonly threadIds: readonly string[]; readonly actor: Actor },
): Promise<ThreadPromotion[]> {
  const promotions: ThreadPromotion[] = []
  for (const threadId of threadIds)
    try {
      const { article, created } = await promoteThread(deps, { threadId, actor })
      promotions.push({ threadId, articleId: article.id, created })
    } catch (error) {
      if (!(error instanceof CodedError) || error.status >= 500) throw error
      promotions.push({ threadId, code: error.code })
    }
  return promotions
}
