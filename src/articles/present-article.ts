import type { Actor } from '../access/actor.ts'
import type { Article } from './article.ts'
import type { Evidence } from './citation.ts'
import type { Author } from './citation-store.ts'
import type { ArticleDeps } from './deps.ts'

/** An article with what it rests on, as far as the caller may see that. */
export interface ArticleView extends Article {
  readonly evidence: Evidence[]
  readonly authors: Author[]
}

/** An article may be for more people than its thread: those others learn neither the thread nor who wrote there. */
export async function presentArticle(
  { evidence }: Pick<ArticleDeps, 'evidence'>,
  article: Article,
  { audience }: Actor,
): Promise<ArticleView> {
  const { threadId, ...rest } = article
  const showsThread = threadId !== undefined && (await evidence.threadIsVisible(threadId, audience))
  return {
    ...rest,
    ...(showsThread ? { threadId } : {}),
    evidence: await evidence.of(article.id, audience),
    authors: await evidence.authors(article.id, audience),
  }
}
