import type { Actor } from '../access/index.ts'
import { type Article, readerOf } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { indexArticle } from './index-article.ts'
import { stateOf } from './publish-article.ts'

/**
 * Takes an article out of use: no search finds it, and readers no longer see it. Archived already, it stays so.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT
 */
export async function archiveArticle(
  deps: ArticleDeps,
  { id, revision, actor }: { readonly id: string; readonly revision?: number; readonly actor: Actor },
): Promise<Article> {
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (before.confidence === 'archived') return before
    const after = await deps.articles.change({ ...before, confidence: 'archived' }, actor)
    await indexArticle(deps, after)
    await deps.audit.record('article.archived', actor, id, { before: stateOf(before), after: stateOf(after) })
    return after
  })
}
