import { type Audience, visibleTo } from '../../access/audience.ts'
import { findPersonalData } from '../../text/personal-data/find-personal-data.ts'
import { createTermAnalyser } from '../../text/terms/terms.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { type FoundPhrasing, LONGEST_PHRASING, mergePhrasings, type Phrasing, ranking } from './phrasing.ts'

export type PhrasingDeps = Pick<
  ArticleDeps,
  'clock' | 'articles' | 'threads' | 'translations' | 'search' | 'phrasings' | 'identifiers'
>

/** Searches of an article that are read. */
const MOST_SEARCHES = 50

/**
 * What a reader may know people to have called what an article answers, without what was removed: that which weighs
 * most first. What holds personal data is none.
 *
 * @param own the threads behind it, if they are known already
 */
export async function knownPhrasings(
  deps: PhrasingDeps,
  article: Article,
  reader: Audience,
  own?: readonly string[],
): Promise<Phrasing[]> {
  const { id, language } = article
  const threadIds = own ?? (await threadsBehind(deps, id))
  const pairs = threadIds.length === 0 ? [] : await deps.threads.duplicatesOf(threadIds)
  const duplicates = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))].filter(
    (each) => !threadIds.includes(each),
  )
  const titles = await deps.phrasings.titlesOf(id, { own: threadIds, duplicates, language, reader })
  const searches = await deps.search.log.solvedBy(id, visibleTo(reader), MOST_SEARCHES)
  const all = await deps.phrasings.decisionsOn(id)
  const decisions = all.filter(({ audience }) => visibleTo(reader).includes(audience))
  const found: FoundPhrasing[] = [
    ...decisions.flatMap(({ decision, text, at }) =>
      decision === 'added' ? [{ text, origin: 'added' as const, at }] : [],
    ),
    ...titles,
    ...searches
      .filter((search) => search.language === language || search.language === 'und')
      .map(({ text, visitors, day }) => ({ text, origin: 'search' as const, visitors, at: day })),
  ]
  // A removal holds for all, whoever may know of it.
  const removed = new Set(all.flatMap((each) => (each.decision === 'removed' ? [each.id] : [])))
  const harmless = found.filter(
    ({ text }) =>
      text.length <= LONGEST_PHRASING &&
      findPersonalData(text, { identifiers: deps.identifiers }).length === 0,
  )
  return mergePhrasings(createTermAnalyser({ cachedWords: 500 }), article, harmless, deps.clock.now()).filter(
    (each) => !removed.has(each.id),
  )
}

/**
 * The phrasings by which an article is found. What readers of its audience may not know of is none of them, for a
 * document ranks the same for all who see it.
 *
 * @param audience for whom the article is found now
 */
export async function rankingPhrasings(
  deps: PhrasingDeps,
  article: Article,
  audience: Audience,
  own?: readonly string[],
): Promise<Phrasing[]> {
  return ranking(await knownPhrasings(deps, article, audience, own))
}

/** The threads that an article, or the original of a translation, was made from. */
export async function threadsBehind(
  { articles, translations }: Pick<PhrasingDeps, 'articles' | 'translations'>,
  id: string,
): Promise<string[]> {
  const original = await translations.originalOf(id)
  const ofOriginal = original === undefined ? [] : await articles.threadsOf(original)
  return [...new Set([...(await articles.threadsOf(id)), ...ofOriginal])]
}
