import { createRandom } from '../../learning/random.ts'
import { createSearchEngine, type SearchEngine } from '../../search/engine/create-search-engine.ts'
import { rankDocuments } from '../../search/rank-documents.ts'
import { mistype } from './mistype.ts'
import { type RankedAnswer, type RankingFigures, rankingFigures } from './ranking-figures.ts'
import { type JudgedDocument, type JudgedQuery, readDocuments, readQueries } from './relevance-files.ts'

/** Files of documents and of queries with the documents that answer them. */
export interface RelevanceMeasurement {
  readonly documents: string
  readonly queries: string
  /** Whether the language of a query is not stated to the search. */
  readonly detect?: boolean
  /** Earlier queries of each document that are known as its issue; never the query itself. 0 by default. */
  readonly phrasings?: number
  /** Seed of one random edit in each query, with which it is asked a second time. */
  readonly typos?: number
}

export interface RelevanceFigures extends RankingFigures {
  readonly n_documents: number
  readonly n_queries: number
  /** With a random edit in each query. */
  readonly typos?: RankingFigures
}

/** Hits of a query that are looked at: as many as pages reach. */
const DEEPEST = 1_000
/** Queries that are asked before times are taken. */
const WARMING = 200

/**
 * Asks the search engine, as the service does, each of the queries, and counts where their answers come. Nothing is
 * stored.
 *
 * @throws CodedError RELEVANCE_LINE_INVALID; those of `sources` when a file cannot be read
 */
export async function measureRelevance(input: RelevanceMeasurement): Promise<RelevanceFigures> {
  const documents = await readDocuments(input.documents)
  const queries = await readQueries(input.queries)
  const ask = createAsker(documents, queries, input)
  for (const query of queries.slice(0, WARMING)) ask(query, query.q)
  const figures = rankingFigures(queries.map((query) => ask(query, query.q)))
  const counts = { n_documents: documents.length, n_queries: queries.length }
  if (input.typos === undefined) return { ...figures, ...counts }
  const random = createRandom(input.typos)
  const mistyped = queries.map((query) => ask(query, mistype(query.q, random)))
  return { ...figures, ...counts, typos: rankingFigures(mistyped) }
}

function createAsker(
  documents: readonly JudgedDocument[],
  queries: readonly JudgedQuery[],
  { detect = false, phrasings = 0 }: RelevanceMeasurement,
) {
  const engine = createSearchEngine()
  const byId = new Map(documents.map((document) => [document.id, document]))
  const known = knownPhrasings(queries)
  const put = (document: JudgedDocument, apart?: JudgedQuery) =>
    putDocument(engine, document, phrasingsOf(known.get(document.id), phrasings, apart))
  for (const document of documents) put(document)

  return (query: JudgedQuery, text: string): RankedAnswer => {
    const answers = query.relevant.flatMap((id) => byId.get(id) ?? [])
    if (phrasings > 0) for (const document of answers) put(document, query)
    const started = performance.now()
    const { hits, fits } = rankDocuments(engine, {
      text,
      audience: 'public',
      language: detect ? undefined : query.language,
      visibleSources: [],
      without: new Set(),
      limit: DEEPEST,
      offset: 0,
    })
    const milliseconds = performance.now() - started
    if (phrasings > 0) for (const document of answers) put(document)
    const wanted = new Set(query.relevant)
    const ranks = hits.flatMap(({ id }, at) => (wanted.has(id) ? [at + 1] : []))
    return { ranks, relevant: answers.length, fits, milliseconds }
  }
}

/** The queries that each document answers. */
function knownPhrasings(queries: readonly JudgedQuery[]): Map<string, JudgedQuery[]> {
  const known = new Map<string, JudgedQuery[]>()
  for (const query of queries)
    for (const id of query.relevant) {
      const others = known.get(id)
      if (others === undefined) known.set(id, [query])
      else others.push(query)
    }
  return known
}

function phrasingsOf(known: readonly JudgedQuery[] = [], count: number, apart?: JudgedQuery): string[] {
  return known
    .filter((query) => query !== apart && query.q !== apart?.q)
    .slice(0, count)
    .map(({ q }) => q)
}

function putDocument(engine: SearchEngine, document: JudgedDocument, phrasings: readonly string[]): void {
  const { id, title, body, language } = document
  const issue = phrasings.length === 0 ? undefined : phrasings.join('\n')
  engine.put({ id, kind: 'article', language, audience: 'public', title, issue, body, tags: [] })
}
