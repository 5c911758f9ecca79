import type { Audience } from '../access/audience.ts'
import type { Terms } from '../text/terms/terms.ts'
import type { QueryAnalysis } from './engine/analyse-query.ts'
import type { SearchEngine } from './engine/create-search-engine.ts'
import type { DocumentKind } from './engine/document.ts'
import type { SearchFilter } from './engine/filter.ts'
import { type Conditions, type Literal, takesAway, withoutExclusions } from './engine/operators/read-query.ts'
import type { Synonyms } from './engine/synonyms/synonym-table.ts'
import type { Hit } from './engine/top-hits.ts'
import { fitsQuery } from './fit.ts'

export interface RankedQuery {
  /** As written, without its operators, or as terms. */
  readonly text: string | readonly Terms[]
  /** What its operators ask for. */
  readonly literal?: readonly Literal[]
  readonly conditions?: Conditions
  /** What stands for its words. */
  readonly synonyms?: Synonyms
  readonly audience: Audience
  readonly language?: string
  readonly kind?: DocumentKind
  readonly category?: string
  readonly source?: string
  /** Names of the sources that the reader may see now; the index may still hold an earlier audience. */
  readonly visibleSources: readonly string[]
  /** Ids of documents that the reader must not find now, for the same reason. */
  readonly without: ReadonlySet<string>
  readonly limit: number
  readonly offset: number
}

export interface Ranking {
  /** Documents that fit; 0 where none does. */
  readonly total: number
  /**
   * Whether the best hit fits what is asked, through the filters or not; else the hits are the nearest that there are.
   */
  readonly fits: boolean
  readonly hits: readonly Hit[]
  /** The best articles that fit, whether or not they are among the hits. */
  readonly articles: readonly Hit[]
  readonly analysis: QueryAnalysis
}

/**
 * Factor of an article's relevance. An article was checked by somebody, so it comes before a thread that matches about
 * as well, but after one that matches clearly better.
 */
const ARTICLE_BOOST = 1.25
/** Documents that the second stage orders; those after them stay in the order of the first. */
const CANDIDATES = 50

export const KINDS: readonly DocumentKind[] = ['article', 'thread']

/**
 * The documents that fit a query, best first: BM25F with articles boosted finds candidates, the second stage orders
 * them. Ties are in the order of ids, so that pages never overlap.
 */
export function rankDocuments(engine: SearchEngine, query: RankedQuery): Ranking {
  const { text, limit, offset } = query
  const letters = typeof text === 'string' ? text : text.map(([first]) => first).join(' ')
  const kinds = query.kind === undefined ? KINDS : [query.kind]
  // Hits of the page may all be of one kind, so each kind is asked for all hits up to the page's end.
  const most = Math.max(CANDIDATES, offset + limit)
  const results = engine.queryEach(
    { ...askedOf(query), fitting: true, limit: most },
    kinds.map((kind) => filterOf(kind, query)),
    comparedWith(query),
  )
  const byKind = results.map(({ hits }, at) => {
    const boost = kinds[at] === 'article' ? ARTICLE_BOOST : 1
    return hits.map(({ id, score }) => ({ id, score: score * boost }))
  })
  const fitting = byKind.flat().sort(byScore)
  const ordered = engine.order(letters, fitting.slice(0, CANDIDATES))
  const last = ordered.at(-1)?.score ?? 0
  const rest = fitting.slice(CANDIDATES).map(({ id, score }) => ({ id, score: Math.min(last, score) }))
  const hits = [...ordered, ...rest]
  const [best] = hits
  const [result] = results
  const wide = widened(query)
  const fits =
    wide !== undefined
      ? rankDocuments(engine, wide).fits
      : best !== undefined && result !== undefined && fitsQuery(engine, best.id, letters, result)
  return {
    total: fits ? results.reduce((sum, { fitting }) => sum + fitting, 0) : 0,
    fits,
    hits: hits.slice(offset, offset + limit),
    articles: byKind[kinds.indexOf('article')] ?? [],
    analysis: results[0]?.analysis ?? { groups: [], readings: [] },
  }
}

/** The query as the engine is asked it. */
export function askedOf({ text, literal, conditions, synonyms, audience, language }: RankedQuery) {
  const [named, ...others] = conditions?.languages ?? []
  const reading = language ?? (others.length === 0 ? named : undefined)
  return { text, literal, conditions, synonyms, audience, language: reading, correct: true }
}

/** Through what the best document is sought, in comparison with which others fit. */
export function comparedWith(query: RankedQuery): SearchFilter[] {
  return KINDS.map((kind) => filterOf(kind, { ...query, category: undefined, source: undefined }))
}

/**
 * The query without what takes documents away; undefined where nothing does. What fits is the same with and without: a
 * stricter query adds nothing.
 */
function widened(query: RankedQuery): RankedQuery | undefined {
  const { conditions } = query
  const isWhole = conditions === undefined || !takesAway(conditions)
  if (isWhole && [query.kind, query.category, query.source].every((each) => each === undefined))
    return undefined
  return {
    ...query,
    conditions: conditions && withoutExclusions(conditions),
    kind: undefined,
    category: undefined,
    source: undefined,
    limit: 1,
    offset: 0,
  }
}

export function filterOf(kind: DocumentKind, query: RankedQuery): SearchFilter {
  const { language, category, without } = query
  return {
    kinds: [kind],
    languages: language === undefined ? undefined : [language],
    categories: category === undefined ? undefined : [category],
    sources: sourcesOf(kind, query),
    without,
  }
}

/** Sources whose documents may be found: a source whose audience has just narrowed hides its threads at once. */
function sourcesOf(
  kind: DocumentKind,
  { source, visibleSources }: RankedQuery,
): readonly string[] | undefined {
  if (kind === 'article') return source === undefined ? undefined : [source]
  return visibleSources.filter((name) => source === undefined || name === source)
}

function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1)
}
