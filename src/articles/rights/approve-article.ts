import type { Actor } from '../../access/actor.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { readerOf } from '../readable-articles.ts'
import { articleRights } from './article-rights.ts'
import { governanceOf } from './governance.ts'

/**
 * Approves the revision of an article that the caller read, where its category demands an approval. It lapses with the
 * next revision. Approving it again changes nothing.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_ARCHIVED, ARTICLE_APPROVAL_NOT_NEEDED,
 *   ARTICLE_APPROVAL_OWN, ARTICLE_APPROVAL_FORBIDDEN
 */
export async function approveArticle(
  deps: ArticleDeps,
  { id, revision, actor }: { readonly id: string; readonly revision: number; readonly actor: Actor },
): Promise<Article> {
  return deps.db.transaction(async () => {
    const article = await deps.articles.requireForChange(id, readerOf(actor), revision)
    if (article.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
    const governance = await governanceOf(deps, article)
    if (governance.kind === 'experience') throw articleErrors.ARTICLE_APPROVAL_NOT_NEEDED({ id })
    if (governance.writtenBy === actor.id) throw articleErrors.ARTICLE_APPROVAL_OWN({ id })
    if (!articleRights(actor, article, governance).approve)
      throw articleErrors.ARTICLE_APPROVAL_FORBIDDEN({ id })
    if (governance.approval !== undefined) return article
    await deps.approvals.add(id, revision, actor)
    await deps.audit.record('article.approved', actor, id, { after: { revision } })
    await appendArticleChanged(deps, article)
    return article
  })
}
