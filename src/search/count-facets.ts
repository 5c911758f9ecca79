import type { SearchEngine } from './engine/create-search-engine.ts'
import {
  askedOf,
  comparedWith,
  filterOf,
  KINDS,
  type RankedQuery,
  type Ranking,
  rankDocuments,
} from './rank-documents.ts'

/** How many documents a choice would leave. */
export interface FacetCount {
  readonly value: string
  readonly count: number
}

/** What a search can be narrowed to, the most frequent first; by each, what the other filters leave. */
export interface Facets {
  readonly kind: FacetCount[]
  readonly language: FacetCount[]
  readonly category: FacetCount[]
  readonly source: FacetCount[]
}

/** Values of a facet that are counted out. */
const MOST_VALUES = 50
/** Each language reads the words in its own way, so each is a search of its own. */
const MOST_LANGUAGES = 8

/**
 * The facets of a query: each count is the total of the same query with that choice, made in place of another of its
 * facet. It scores the documents twice more, and once or twice for each language.
 *
 * @param ranking of the query
 */
export function countFacets(
  engine: SearchEngine,
  query: RankedQuery,
  ranking: Pick<Ranking, 'fits'>,
): Facets {
  const kinds = query.kind === undefined ? KINDS : [query.kind]
  const without = (name: 'category' | 'source') =>
    kinds.map((kind) => filterOf(kind, { ...query, [name]: undefined }))
  const columns = [
    { column: 'kind', filters: KINDS.map((kind) => filterOf(kind, query)) },
    { column: 'category', filters: without('category') },
    { column: 'source', filters: without('source') },
  ] as const
  const [kind, category, source] = ranking.fits
    ? engine.countEach(askedOf(query), columns, comparedWith(query)).map(inOrder)
    : []
  return {
    kind: kind ?? [],
    language: countLanguages(engine, query),
    category: category ?? [],
    source: source ?? [],
  }
}

function countLanguages(engine: SearchEngine, query: RankedQuery): FacetCount[] {
  const any = { ...query, language: undefined }
  const kinds = query.kind === undefined ? KINDS : [query.kind]
  const filters = kinds.map((kind) => filterOf(kind, any))
  const [matched = new Map()] = engine.countEach(askedOf(any), [{ column: 'language', filters }], [])
  const counts = new Map<string, number>()
  const others = inOrder(matched).slice(0, MOST_LANGUAGES)
  // A stop word of one language is none of the other: it may match where its language is known alone.
  for (const language of new Set([...others.map(({ value }) => value), 'en', 'fr'])) {
    const { total } = rankDocuments(engine, { ...query, language, limit: 1, offset: 0 })
    if (total > 0) counts.set(language, total)
  }
  return inOrder(counts)
}

function inOrder(counts: ReadonlyMap<string, number>): FacetCount[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES)
}
