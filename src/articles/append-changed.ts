import type { Article } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import type { ArticleChanged } from './events.ts'

/** Appends the event that an article has another revision. */
export async function appendArticleChanged(
  { outbox }: Pick<ArticleDeps, 'outbox'>,
  { id, revision }: Article,
): Promise<void> {
  const event: ArticleChanged = { type: 'article.changed', articleId: id, revision }
  await outbox.append(event)
}
