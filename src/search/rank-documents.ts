import type { Audience } from '../access/index.ts'
import type { DocumentKind, Hit, QueryAnalysis, SearchEngine } from './engine/index.ts'

interface RankedQuery {
  readonly text: string
  readonly audience: Audience
  readonly language?: string
  readonly kind?: DocumentKind
  readonly category?: string
  readonly source?: string
  /** Names of the sources whose threads the reader may see as things are now, whatever the index still holds. */
  readonly visibleSources: readonly string[]
  readonly limit: number
  readonly offset: number
}

interface Ranking {
  readonly total: number
  readonly hits: readonly Hit[]
  readonly analysis: QueryAnalysis
}

/**
 * What an article's relevance is multiplied by: somebody has checked it, so it comes before a thread that fits the
 * question about as well, and after one that fits it clearly better. Modest on purpose.
 */
const ARTICLE_BOOST = 1.25

const KINDS: readonly DocumentKind[] = ['article', 'thread']

/** The hits of a query, best first, articles given their boost; ties by id, so that pages never overlap. */
export function rankDocuments(engine: SearchEngine, query: RankedQuery): Ranking {
  const { text, audience, language, category, limit, offset } = query
  const results = (query.kind === undefined ? KINDS : [query.kind]).map((kind) => {
    // The best of both are among the best of each, so each is asked for all that may come before the page's end.
    const result = engine.query({
      ...{ text, audience, language, limit: offset + limit },
      filter: {
        kinds: [kind],
        ...(language === undefined ? {} : { languages: [language] }),
        ...(category === undefined ? {} : { categories: [category] }),
        ...sourcesOf(kind, query),
      },
    })
    const boost = kind === 'article' ? ARTICLE_BOOST : 1
    return { ...result, hits: result.hits.map(({ id, score }) => ({ id, score: score * boost })) }
  })
  const hits = results.flatMap((result) => result.hits).sort(byScore)
  return {
    total: results.reduce((sum, result) => sum + result.total, 0),
    hits: hits.slice(offset, offset + limit),
    analysis: results[0]?.analysis ?? { groups: [] },
  }
}

/** A source that has just closed its circle closes it for all its threads, before they are indexed anew. */
function sourcesOf(
  kind: DocumentKind,
  { source, visibleSources }: RankedQuery,
): { sources?: readonly string[] } {
  if (kind === 'article') return source === undefined ? {} : { sources: [source] }
  return { sources: visibleSources.filter((name) => source === undefined || name === source) }
}

function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1)
}
