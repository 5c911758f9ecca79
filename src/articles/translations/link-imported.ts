import { type Actor, system } from '../../access/actor.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { indexArticle } from '../index-article.ts'
import { readerOf } from '../readable-articles.ts'
import { passageId, sourceOf } from './link-translation.ts'
import { pairPassages } from './pair-passages.ts'

/**
 * Links an imported article to the first that was imported of its group of translations, in the transaction in progress. Of
 * two in one language, the later stays an article of its own.
 */
export async function linkImported(
  deps: ArticleDeps,
  article: Article,
  {
    source,
    translationGroup,
    actor,
  }: { readonly source: string; readonly translationGroup: string; readonly actor: Actor },
): Promise<void> {
  const others = await deps.origins.articlesOfGroup(source, translationGroup)
  const first = others.find((id) => id !== article.id)
  if (first === undefined || article.language === 'und') return
  const reader = readerOf(system)
  const originalId = (await deps.translations.originalOf(first)) ?? first
  const original = await deps.articles.requireForChange(originalId, reader)
  const group = await deps.translations.groupOf(originalId, reader)
  if (original.language === 'und' || group.some(({ language }) => language === article.language)) return
  const passages = pairPassages(await sourceOf(deps, original), article, () => passageId(deps))
  await deps.translations.link(article.id, originalId, actor, passages)
  await indexArticle(deps, article)
}
