import type { Actor } from '../../access/actor.ts'
import type { ArticleDeps } from '../deps.ts'
import { type Promotion, promoteTogether } from './promote-together.ts'

/**
 * Promotes one thread to a draft article, as {@link promoteTogether} does.
 *
 * @throws CodedError ARTICLE_NEEDS_CANDIDATE, THREAD_NOT_FOUND, THREAD_MERGED, THREAD_PROTECTED, ARTICLE_FORBIDDEN
 */
export async function promoteThread(
  deps: ArticleDeps,
  { threadId, actor }: { readonly threadId: string; readonly actor: Actor },
): Promise<Promotion> {
  return promoteTogether(deps, { threadIds: [threadId], actor })
}
