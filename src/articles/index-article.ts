import { CATEGORY } from '../labels/facet.ts'
import { plainText } from '../text/markdown/plain-text.ts'
import type { Article } from './article.ts'
import type { ArticleDeps } from './deps.ts'

/**
 * Puts a published article in the search index as it is now, and removes any other from it: drafts and archived
 * articles are found in the list of articles only. While its thread is locked, an article is found by internal readers
 * alone. Takes part in the transaction in progress.
 */
export async function indexArticle(
  {
    search: { documents },
    threadLabels,
    protections,
  }: Pick<ArticleDeps, 'search' | 'threadLabels' | 'protections'>,
  article: Article,
): Promise<void> {
  const { id, confidence, language, title, threadId, updatedAt } = article
  if (confidence !== 'validated') return documents.remove([id])
  const labels = threadId === undefined ? [] : ((await threadLabels.labelsOf([threadId])).get(threadId) ?? [])
  const category = labels.find(({ facet }) => facet === CATEGORY)?.label
  const isLocked = threadId !== undefined && (await protections.lockOn(threadId)) !== undefined
  const sections = [article.resolution, article.environment, article.cause].map(plainText)
  await documents.put([
    {
      id,
      kind: 'article',
      language,
      audience: isLocked ? 'internal' : article.audience,
      title,
      tags: [],
      updatedAt,
      issue: plainText(article.issue),
      body: sections.filter((section) => section !== '').join('\n\n'),
      category,
      threadId,
    },
  ])
}
