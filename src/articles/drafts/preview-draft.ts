import type { Article, ArticleContent } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import type { Reader } from '../readable-articles.ts'
import { findLockOn, refuseLocked } from '../require-released.ts'

/** An article as it would be published now. */
export interface DraftPreview {
  readonly article: Article
  /** Its draft, or its latest revision where it has none. */
  readonly content: ArticleContent
}

/**
 * Reads what publishing an article would show.
 *
 * @throws CodedError ARTICLE_NOT_FOUND; THREAD_PROTECTED while one of its threads is locked
 */
export async function previewDraft(
  deps: Pick<
    ArticleDeps,
    'articles' | 'drafts' | 'citations' | 'protections' | 'protectThreads' | 'translations'
  >,
  { id, reader }: { readonly id: string; readonly reader: Reader },
): Promise<DraftPreview> {
  const article = await deps.articles.require(id, reader)
  const lock = await findLockOn(deps, article)
  if (lock !== undefined) throw refuseLocked(lock)
  const { draft } = await deps.drafts.find(id)
  return { article, content: draft?.content ?? article }
}
