import type { Actor } from '../access/actor.ts'
import type { Article } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { editArticle } from './edit-article.ts'
import { readerOf } from './readable-articles.ts'

/** A revision whose content an article is to have again. */
export interface Restoration {
  readonly id: string
  /** The revision to restore. */
  readonly number: number
  /** The revision that the editor read. */
  readonly revision: number
  /** Whether it makes translations stale. */
  readonly significant?: boolean
  readonly actor: Actor
}

/**
 * Gives an article the content of an earlier revision again, as a new revision; its confidence and audience stay.
 *
 * @throws CodedError ARTICLE_REVISION_NOT_FOUND, and as {@link editArticle} does
 */
export async function restoreRevision(
  deps: ArticleDeps,
  { id, number, actor, ...edit }: Restoration,
): Promise<Article> {
  await deps.articles.require(id, readerOf(actor))
  const { content } = await deps.revisions.require(id, number, actor.audience)
  return editArticle(deps, { ...edit, id, actor, change: content, restores: number })
}
