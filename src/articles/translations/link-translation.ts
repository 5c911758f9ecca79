import type { Actor } from '../../access/actor.ts'
import { newId } from '../../platform/ids.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article, ArticleContent } from '../article.ts'
import { CITATION_SECTIONS } from '../citation.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { indexArticle } from '../index-article.ts'
import { linkDefinitions } from '../passages/section-blocks.ts'
import { readerOf } from '../readable-articles.ts'
import { requireCandidate, requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { translationErrors } from './errors.ts'
import type { Source } from './follow-source.ts'
import { pairPassages } from './pair-passages.ts'
import { openPassage, type TranslatedPassage } from './translated-passage.ts'

interface Linking {
  /** The article that is to be a translation. */
  readonly id: string
  readonly originalId: string
  readonly actor: Actor
}

/**
 * Begins a translation of an article: a draft that has its passages one to one, all open. One of a translation is of that
 * translation's original. The draft has the audience of who begins it; publishing can widen it.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_CANDIDATE, ARTICLE_ARCHIVED, TRANSLATION_SAME_LANGUAGE,
 *   TRANSLATION_EXISTS, TRANSLATION_CLOSED, TRANSLATION_LANGUAGE_UNKNOWN
 */
export async function beginTranslation(
  deps: ArticleDeps,
  { id, language, actor }: { readonly id: string; readonly language: string; readonly actor: Actor },
): Promise<Article> {
  requireCandidate(actor)
  return deps.db.transaction(async () => {
    const original = await requireOriginal(deps, id, actor)
    await requireFreeLanguage(deps, { id: original.id, originalId: original.id, language }, actor)
    const definitions = Object.fromEntries(
      CITATION_SECTIONS.map((section) => [section, linkDefinitions(original[section])]),
    ) as Pick<ArticleContent, (typeof CITATION_SECTIONS)[number]>
    const article = await deps.articles.add(
      { ...definitions, title: '', language, threadIds: [], confidence: 'wip', audience: actor.audience },
      actor,
    )
    if (article === undefined) throw articleErrors.ARTICLE_NOT_FOUND({ id })
    const source = await sourceOf(deps, original)
    await deps.translations.link(article.id, original.id, actor, [
      openPassage(passageId(deps), 'title'),
      ...source.passages.map((each) => openPassage(passageId(deps), each.section, each.id)),
    ])
    await appendArticleChanged(deps, article)
    await deps.audit.record('article.translation-begun', actor, article.id, {
      after: { original: original.id, language, revision: article.revision },
    })
    return article
  })
}

/**
 * Links an article to the one that it is a translation of. Their passages are paired in their order, section by section.
 * Linking them again changes nothing.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, ARTICLE_ARCHIVED, TRANSLATION_OF_ITSELF, TRANSLATION_LINKED,
 *   TRANSLATION_CIRCULAR, TRANSLATION_HAS_TRANSLATIONS, TRANSLATION_CLOSED, TRANSLATION_LANGUAGE_UNKNOWN,
 *   TRANSLATION_SAME_LANGUAGE, TRANSLATION_EXISTS
 */
export async function linkTranslation(
  deps: ArticleDeps,
  { id, originalId, actor }: Linking,
): Promise<Article> {
  const reader = readerOf(actor)
  return deps.db.transaction(async () => {
    await deps.articles.require(id, reader)
    if (id === originalId) throw translationErrors.TRANSLATION_OF_ITSELF({ id })
    const named = await deps.translations.originalOf(originalId)
    if (named === id) throw translationErrors.TRANSLATION_CIRCULAR({ id, original: originalId })
    const original = await requireOriginal(deps, originalId, actor)
    const article = await deps.articles.requireForChange(id, reader)
    if (article.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
    requireRights(actor, article, await governanceOf(deps, article), ['edit'])
    const linked = await deps.translations.originalOf(id)
    if (linked === original.id) return article
    if (linked !== undefined) throw await refuseLinked(deps, { id, originalId: linked, actor })
    if ((await deps.translations.translationsOf(id)).length > 0) throw await refuseOriginal(deps, id, actor)
    await requireFreeLanguage(deps, { id, originalId: original.id, language: article.language }, actor)
    const passages = pairPassages(await sourceOf(deps, original), article, () => passageId(deps))
    await deps.translations.link(id, original.id, actor, passages)
    await indexArticle(deps, article)
    await appendArticleChanged(deps, article)
    await deps.audit.record('article.translation-linked', actor, id, { after: { original: original.id } })
    return article
  })
}

/**
 * Makes a translation an article of its own; its text stays.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, TRANSLATION_NOT_FOUND
 */
export async function unlinkTranslation(
  deps: ArticleDeps,
  { id, actor }: Pick<Linking, 'id' | 'actor'>,
): Promise<void> {
  await deps.db.transaction(async () => {
    const article = await deps.articles.requireForChange(id, readerOf(actor))
    const right = article.confidence === 'archived' ? 'archive' : 'edit'
    requireRights(actor, article, await governanceOf(deps, article), [right])
    const original = await deps.translations.originalOf(id)
    if (original === undefined || !(await isSeen(deps, original, actor)))
      throw translationErrors.TRANSLATION_NOT_FOUND({ id })
    await deps.translations.unlink(id)
    await indexArticle(deps, article)
    await appendArticleChanged(deps, article)
    await deps.audit.record('article.translation-unlinked', actor, id, { before: { original } })
  })
}

/**
 * Refuses a language that the group of an article has already, as far as the actor sees: what they do not see, they must
 * not learn of.
 *
 * @throws CodedError TRANSLATION_LANGUAGE_UNKNOWN, TRANSLATION_SAME_LANGUAGE, TRANSLATION_EXISTS
 */
export async function requireFreeLanguage(
  deps: Pick<ArticleDeps, 'translations'>,
  {
    id,
    originalId,
    language,
  }: { readonly id: string; readonly originalId: string; readonly language: string },
  actor: Actor,
): Promise<void> {
  if (language === 'und') throw translationErrors.TRANSLATION_LANGUAGE_UNKNOWN({ id })
  const group = await deps.translations.groupOf(originalId, readerOf(actor))
  const other = group.find((each) => each.language === language && (each.id !== id || id === originalId))
  if (other?.original) throw translationErrors.TRANSLATION_SAME_LANGUAGE({ id: originalId, language })
  if (other !== undefined)
    throw translationErrors.TRANSLATION_EXISTS({ id: originalId, language, translation: other.id })
}

/**
 * Refuses to move an article to a language that one of its translations, or its original, has.
 *
 * @throws CodedError as {@link requireFreeLanguage} does
 */
export async function requireOtherLanguage(
  deps: Pick<ArticleDeps, 'translations'>,
  { id }: Pick<Article, 'id'>,
  language: string,
  actor: Actor,
): Promise<void> {
  const group = await deps.translations.groupOf(id, readerOf(actor))
  const other = group.find((each) => each.id !== id && each.language === language)
  if (other !== undefined) throw translationErrors.TRANSLATION_EXISTS({ id, language, translation: other.id })
  if (language === 'und' && group.length > 1) throw translationErrors.TRANSLATION_LANGUAGE_UNKNOWN({ id })
}

/** What translators see of an original. */
export async function sourceOf(
  { passages }: Pick<ArticleDeps, 'passages'>,
  { id, title }: Pick<Article, 'id' | 'title'>,
): Promise<Source> {
  return { title, passages: (await passages.of(id)).filter(({ text }) => text !== '') }
}

/**
 * The passages of a translation; paired with those of its original where it was imported without them. The translation must
 * be locked.
 */
export async function passagesOf(
  deps: ArticleDeps,
  translation: Article,
  source: Source,
): Promise<TranslatedPassage[]> {
  const stored = await deps.translations.passagesOf(translation.id)
  if (stored.length > 0) return stored
  const paired = pairPassages(source, translation, () => passageId(deps))
  await deps.translations.replacePassages(translation.id, paired)
  return paired
}

export function passageId({ clock }: Pick<ArticleDeps, 'clock'>): string {
  return newId('tpg', clock.now())
}

/** The article that a translation of this one is of, locked. @throws CodedError ARTICLE_NOT_FOUND, TRANSLATION_CLOSED */
async function requireOriginal(deps: ArticleDeps, id: string, actor: Actor): Promise<Article> {
  await deps.articles.require(id, readerOf(actor))
  const root = (await deps.translations.originalOf(id)) ?? id
  if (root !== id && !(await isSeen(deps, root, actor))) throw translationErrors.TRANSLATION_CLOSED({ id })
  const original = await deps.articles.requireForChange(root, readerOf(actor))
  if (original.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id: root })
  if (original.language === 'und') throw translationErrors.TRANSLATION_LANGUAGE_UNKNOWN({ id: root })
  return original
}

async function isSeen({ articles }: ArticleDeps, id: string, actor: Actor): Promise<boolean> {
  return (await articles.visibleAmong([id], readerOf(actor))).has(id)
}

async function refuseLinked(deps: ArticleDeps, { id, originalId, actor }: Linking) {
  return (await isSeen(deps, originalId, actor))
    ? translationErrors.TRANSLATION_LINKED({ id, original: originalId })
    : translationErrors.TRANSLATION_CLOSED({ id })
}

async function refuseOriginal(deps: ArticleDeps, id: string, actor: Actor) {
  const group = await deps.translations.groupOf(id, readerOf(actor))
  return group.length > 1
    ? translationErrors.TRANSLATION_HAS_TRANSLATIONS({ id })
    : translationErrors.TRANSLATION_CLOSED({ id })
}
