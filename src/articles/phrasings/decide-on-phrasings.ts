import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { findPersonalData } from '../../text/personal-data/find-personal-data.ts'
import { createTermAnalyser } from '../../text/terms/terms.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { audienceFoundBy, indexArticle } from '../index-article.ts'
import { readerOf } from '../readable-articles.ts'
import { phrasingErrors } from './errors.ts'
import { knownPhrasings } from './known-phrasings.ts'
import { FEWEST_VISITORS, keyOf, type Phrasing, phrasingId, ranking } from './phrasing.ts'

/** A phrasing as people who work on the article see it. */
export interface ListedPhrasing extends Omit<Phrasing, 'weight'> {
  readonly weight?: number
  /**
   * `ranks`, or why not: `closed` to readers of the article, `few` visitors so far, `beyond` those that weigh most, or
   * `removed`.
   */
  readonly state: 'ranks' | 'closed' | 'few' | 'beyond' | 'removed'
}

/** Phrasings that people added to an article. */
const MOST_ADDED = 50

/**
 * What people called what an article answers, as far as the actor may know of it, with what was removed last.
 *
 * @throws CodedError ARTICLE_NOT_FOUND
 */
export async function listPhrasings(
  deps: ArticleDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<ListedPhrasing[]> {
  const article = await deps.articles.require(id, readerOf(actor))
  const open = await knownPhrasings(deps, article, await audienceFoundBy(deps, article))
  const ranks = new Set(ranking(open).map((each) => each.id))
  const visitorsOf = new Map(open.map((each) => [each.id, each]))
  const known = await knownPhrasings(deps, article, actor.audience)
  const seen = visibleTo(actor.audience)
  const removed = (await deps.phrasings.decisionsOn(id)).filter(
    ({ decision, audience }) => decision === 'removed' && seen.includes(audience),
  )
  return [
    ...known.map((each): ListedPhrasing => {
      const toReaders = visitorsOf.get(each.id)
      if (ranks.has(each.id)) return { ...each, state: 'ranks' }
      if (toReaders === undefined) return { ...each, state: 'closed' }
      const isFew = toReaders.origin === 'search' && (toReaders.visitors ?? 0) < FEWEST_VISITORS
      return { ...each, state: isFew ? 'few' : 'beyond' }
    }),
    ...removed.map(({ id: phrasing, text }) => ({
      id: phrasing,
      text,
      origin: 'added' as const,
      state: 'removed' as const,
    })),
  ]
}

/**
 * Adds what people call what an article answers; added again, it stays as it is. It counts for the article's readers as
 * its own words do, unless it comes from others who are fewer.
 *
 * @param audience who asked it so; readers of the article by default
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_PHRASING_TOO_SHORT, ARTICLE_PHRASING_PERSONAL_DATA, ARTICLE_PHRASING_LIMIT
 */
export async function addPhrasing(
  deps: ArticleDeps,
  {
    id,
    text: written,
    audience,
    actor,
  }: { readonly id: string; readonly text: string; readonly audience?: Audience; readonly actor: Actor },
): Promise<void> {
  const text = written.replace(/\s+/g, ' ').trim()
  await deps.search.documents.exclusively(async () => {
    const article = await deps.articles.require(id, readerOf(actor))
    const key = keyOf(createTermAnalyser({ cachedWords: 50 }), text, article.language)
    if (key === undefined) throw phrasingErrors.ARTICLE_PHRASING_TOO_SHORT()
    const kinds = findPersonalData(text, { identifiers: deps.identifiers }).map(({ kind }) => kind)
    if (kinds.length > 0)
      throw phrasingErrors.ARTICLE_PHRASING_PERSONAL_DATA({ kinds: [...new Set(kinds)].join(', ') })
    const phrasing = phrasingId(id, key)
    const before = await deps.phrasings.find(id, phrasing)
    if (before?.decision === 'added') return
    if ((await deps.phrasings.countAdded(id)) >= MOST_ADDED)
      throw phrasingErrors.ARTICLE_PHRASING_LIMIT({ id, most: MOST_ADDED })
    const decided = { id: phrasing, decision: 'added', text, audience: audience ?? article.audience } as const
    await deps.phrasings.put(id, decided, actor)
    await deps.audit.record('article.phrasing-added', actor, id, { after: { phrasing, text } })
    await indexAnew(deps, article)
  })
}

/**
 * Removes a phrasing: wherever it comes from, it stays removed until it is restored.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_PHRASING_NOT_FOUND
 */
export async function removePhrasing(
  deps: ArticleDeps,
  { id, phrasing, actor }: { readonly id: string; readonly phrasing: string; readonly actor: Actor },
): Promise<void> {
  await deps.search.documents.exclusively(async () => {
    const article = await deps.articles.require(id, readerOf(actor))
    const before = await deps.phrasings.find(id, phrasing)
    if (before?.decision === 'removed') return
    const found = (await knownPhrasings(deps, article, actor.audience)).find((each) => each.id === phrasing)
    if (found === undefined) throw phrasingErrors.ARTICLE_PHRASING_NOT_FOUND({ id, phrasing })
    // Whoever may see less than the actor learns nothing of it by its removal.
    const audience = before?.audience ?? actor.audience
    await deps.phrasings.put(id, { id: phrasing, decision: 'removed', text: found.text, audience }, actor)
    await deps.audit.record('article.phrasing-removed', actor, id, {
      before: { phrasing, text: found.text, origin: found.origin },
    })
    await indexAnew(deps, article)
  })
}

/**
 * Takes a removal back: the phrasing counts again as far as it is still found, and one that nobody else said is added.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_PHRASING_NOT_FOUND
 */
export async function restorePhrasing(
  deps: ArticleDeps,
  { id, phrasing, actor }: { readonly id: string; readonly phrasing: string; readonly actor: Actor },
): Promise<void> {
  await deps.search.documents.exclusively(async () => {
    const article = await deps.articles.require(id, readerOf(actor))
    const removed = await deps.phrasings.find(id, phrasing)
    if (removed?.decision !== 'removed' || !visibleTo(actor.audience).includes(removed.audience))
      throw phrasingErrors.ARTICLE_PHRASING_NOT_FOUND({ id, phrasing })
    await deps.phrasings.forget(id, phrasing)
    const isFound = (await knownPhrasings(deps, article, actor.audience)).some((each) => each.id === phrasing)
    if (!isFound) await deps.phrasings.put(id, { ...removed, decision: 'added' }, actor)
    await deps.audit.record('article.phrasing-restored', actor, id, {
      after: { phrasing, text: removed.text },
    })
    await indexAnew(deps, article)
  })
}

async function indexAnew(deps: ArticleDeps, article: Article): Promise<void> {
  if (article.confidence === 'validated') await indexArticle(deps, article)
}
