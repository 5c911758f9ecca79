import type { Audience } from '../access/audience.ts'
import { CATEGORY } from '../labels/facet.ts'
import { plainText } from '../text/markdown/plain-text.ts'
import type { Article } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { type PhrasingDeps, rankingPhrasings, threadsBehind } from './phrasings/known-phrasings.ts'

type IndexDeps = PhrasingDeps & Pick<ArticleDeps, 'threadLabels' | 'protections'>

/**
 * Puts a published article in the search index as it is now, and removes any other from it: drafts and archived
 * articles are found in the list of articles only. While one of its threads is locked, an article is found by internal
 * readers alone; so is a translation while one of its original is. It is found by what people called it, too, as far as
 * all its readers may know of that. Takes part in the transaction in progress.
 */
export async function indexArticle(deps: IndexDeps, article: Article): Promise<void> {
  const { search, threadLabels, translations } = deps
  const { documents } = search
  const { id, confidence, language, title, updatedAt } = article
  if (confidence !== 'validated') return documents.remove([id])
  const threadId = article.threadId ?? (await translations.threadOfOriginal(id))
  const labels = threadId === undefined ? [] : ((await threadLabels.labelsOf([threadId])).get(threadId) ?? [])
  const category = labels.find(({ facet }) => facet === CATEGORY)?.label
  const threadIds = await threadsBehind(deps, id)
  const audience = await audienceFoundBy(deps, article, threadIds)
  const phrasings = await rankingPhrasings(deps, article, audience, threadIds)
  const sections = [article.resolution, article.environment, article.cause].map(plainText)
  await documents.put([
    {
      id,
      kind: 'article',
      language,
      audience,
      title,
      tags: [],
      updatedAt,
      issue: plainText(article.issue),
      body: sections.filter((section) => section !== '').join('\n\n'),
      category,
      threadIds,
      phrasings: phrasings.map(({ text }) => text),
      translationOf: await translations.originalOf(id),
    },
  ])
}

/** For whom a published article is found now. */
export async function audienceFoundBy(
  deps: IndexDeps,
  { id, audience }: Article,
  own?: readonly string[],
): Promise<Audience> {
  for (const each of own ?? (await threadsBehind(deps, id)))
    if ((await deps.protections.lockOn(each)) !== undefined) return 'internal'
  return audience
}
