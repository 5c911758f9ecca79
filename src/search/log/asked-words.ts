import type { Terms } from '../../text/terms/terms.ts'
import type { QueryGroup } from '../engine/analyse-query.ts'
import type { SearchEngine } from '../engine/create-search-engine.ts'
import type { Field } from '../engine/document.ts'
import type { Hit } from '../engine/top-hits.ts'
import { rarity } from '../find-near-duplicates.ts'

/** A search as it is kept: its language and its words, none of which says who asked. */
export interface AskedWords {
  /** `und` where it is unknown: then each word has its terms in French and in English. */
  readonly language: string
  readonly words: readonly Terms[]
}

/** More words make a search one that nobody repeats. */
const MOST_WORDS = 8
/** An article with half of what is asked for may answer it: it is not for us to say that it does not. */
const FOUND_FROM = 0.5
/** A thread asks the same with both of two words, or two of three, if they are as rare as each other. */
const ASKED_FROM = 0.6
const QUESTION: readonly Field[] = ['title', 'issue', 'tags']
/** Articles and threads with words of a search that are looked at. */
const MOST_ARTICLES = 10
const MOST_THREADS = 50

type Reader = Pick<SearchEngine, 'words' | 'holds' | 'holdsGroup' | 'size' | 'frequency'>

/** The words of a search that any document holds, at most eight, the rarest, in the order of the alphabet. */
export function knownWords(engine: Reader, text: string, language: string | undefined): readonly Terms[] {
  return engine
    .words(text, language)
    .filter((terms) => isKnown(engine, terms))
    .sort((a, b) => rarityOf(engine, b) - rarityOf(engine, a))
    .slice(0, MOST_WORDS)
    .sort((a, b) => (a.join() < b.join() ? -1 : 1))
}

/**
 * Whether none of these articles, best first, holds half of the words, or what stands for them, that any document holds; a
 * rarer word counts more.
 */
export function foundNone(engine: Reader, articles: readonly Hit[], asked: readonly QueryGroup[]): boolean {
  // Of a word and what stands for it, any that a document holds makes it known.
  const words = asked.map((group) => ({ group, terms: [...group.terms, ...(group.synonyms ?? []).flat(2)] }))
  const groupOf = new Map(words.map(({ group, terms }) => [terms as Terms, group]))
  const shareOf = createShare(
    engine,
    [...groupOf.keys()].filter((terms) => isKnown(engine, terms)),
  )
  return articles
    .slice(0, MOST_ARTICLES)
    .every(({ id }) => shareOf((terms) => engine.holdsGroup(id, groupOf.get(terms)!)) < FOUND_FROM)
}

/** The ids of the threads of the search's language whose question holds most of its words, best first. */
export function threadsAsking(engine: SearchEngine, { language, words }: AskedWords): string[] {
  const { hits } = engine.query({
    text: words,
    audience: 'internal',
    filter: { kinds: ['thread'], languages: language === 'und' ? undefined : [language] },
    limit: MOST_THREADS,
  })
  const shareOf = createShare(engine, words)
  return hits.flatMap(({ id }) =>
    shareOf((terms) => engine.holds(id, terms, QUESTION)) >= ASKED_FROM ? [id] : [],
  )
}

/** A function that gives the share of the words that are held, in [0, 1]; a rarer word counts more. */
function createShare(engine: Reader, words: readonly Terms[]) {
  const weighed = words.map((terms) => ({ terms, weight: rarityOf(engine, terms) }))
  const all = weighed.reduce((sum, { weight }) => sum + weight, 0)
  return (isHeld: (terms: Terms) => boolean): number => {
    const held = weighed.reduce((sum, { terms, weight }) => (isHeld(terms) ? sum + weight : sum), 0)
    return all === 0 ? 0 : held / all
  }
}

/** Whether any document holds one of the terms. */
export function isKnown({ frequency }: Reader, terms: Terms): boolean {
  return terms.some((term) => frequency(term) > 0)
}

/** A word is as rare as the most frequent of its terms. */
function rarityOf(engine: Reader, terms: Terms): number {
  return Math.min(...terms.map((term) => rarity(engine, term)))
}

/** Words as a column keeps them. */
export function writeWords(words: readonly Terms[]): string {
  return words.map((terms) => terms.join('/')).join(' ')
}

/** Words of such a column. */
export function readWords(column: string): Terms[] {
  return column.split(' ').map((word) => word.split('/'))
}
