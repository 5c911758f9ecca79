import type { Actor } from '../access/actor.ts'
import type { Article } from './article.ts'
import type { CitationView } from './citation.ts'
import type { Author } from './citation-store.ts'
import type { ArticleDeps } from './deps.ts'

/** An article as a caller sees it, with its citations and authors. */
export interface ArticleView extends Article {
  readonly citations: CitationView[]
  readonly authors: Author[]
}

/**
 * Presents an article to a caller. An article may be for more people than its thread: those others see neither the
 * thread nor who wrote in it.
 */
export async function presentArticle(
  { citations }: Pick<ArticleDeps, 'citations'>,
  article: Article,
  { audience }: Actor,
): Promise<ArticleView> {
  const { threadId, ...rest } = article
  const showsThread = threadId !== undefined && (await citations.isThreadReadable(threadId, audience))
  return {
    ...rest,
    threadId: showsThread ? threadId : undefined,
    citations: await citations.of(article.id, audience),
    authors: await citations.authors(article.id, audience),
  }
}
