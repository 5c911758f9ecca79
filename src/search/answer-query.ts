import type { Audience } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import { defineErrors } from '../platform/errors.ts'
import { decodeCursor, encodeCursor } from '../platform/page.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import type { QueryAnalysis } from './engine/analyse-query.ts'
import type { SearchEngine } from './engine/create-search-engine.ts'
import type { DocumentKind } from './engine/document.ts'
import type { Snippet } from './engine/snippet.ts'
import type { Hit } from './engine/top-hits.ts'
import type { FoundDocuments } from './found-documents.ts'
import type { SearchIndex } from './search-index.ts'

export const searchErrors = defineErrors({
  SEARCH_QUERY_EMPTY: [400, 'Enter something to search for: q is empty'],
  SEARCH_CURSOR_INVALID: [400, 'The cursor is not valid for this search. Start again without a cursor.'],
})

export interface SearchRequest {
  readonly q: string
  /** The reader's audience. What it may not see is neither found nor counted, nor part of any score. */
  readonly audience: Audience
  readonly language?: string
  readonly kind?: DocumentKind
  readonly category?: string
  readonly source?: string
  readonly limit?: number
  readonly cursor?: string
}

/** Places of matches, `[start, end)` in UTF-16 units. */
type Marks = [start: number, end: number][]

export interface SearchItem {
  readonly kind: DocumentKind
  readonly id: string
  readonly title: string
  readonly titleMarks: Marks
  readonly snippet: { readonly text: string; readonly marks: Marks }
  readonly language: string
  readonly score: number
  /** Path of the article or thread on this server. */
  readonly path: string
  readonly updatedAt: string
  readonly category?: string
  readonly source?: string
}

export interface SearchAnswer {
  readonly query: string
  /** All matches that the reader may see, over all pages. */
  readonly total: number
  readonly items: SearchItem[]
  readonly next?: string
}

/** Hits that pages reach: beyond, a better query helps more. */
const DEEPEST = 1_000
const DEFAULT_LIMIT = 10
const NONE: ReadonlySet<string> = new Set()
const PATHS: Readonly<Record<DocumentKind, string>> = { article: '/api/articles/', thread: '/api/threads/' }

/**
 * Answers a question from this process's index, after bringing that up to date.
 *
 * @param counters read when the question had been asked
 * @throws CodedError SEARCH_QUERY_EMPTY, SEARCH_CURSOR_INVALID
 */
export async function answerQuery(
  {
    index,
    store,
    found,
  }: { readonly index: SearchIndex; readonly store: DocumentStore; readonly found: FoundDocuments },
  request: SearchRequest,
  counters: Counters,
): Promise<SearchAnswer> {
  const { q, audience, language, kind, category, source, limit = DEFAULT_LIMIT, cursor } = request
  if (q.trim() === '') throw searchErrors.SEARCH_QUERY_EMPTY()
  const offset = cursor === undefined ? 0 : offsetOf(cursor)
  const seen = await visibleTo(store, audience, counters)
  const engine = await index.upToDate(counters.search)
  const { total, hits, analysis } = rankDocuments(engine, {
    ...seen,
    text: q,
    limit,
    offset,
    language,
    kind,
    category,
    source,
  })
  const ids = hits.map(({ id }) => id)
  const documents = await found.visible(ids, audience)
  const end = offset + limit
  return {
    query: q,
    total,
    items: hits.flatMap((hit) => {
      const document = documents.get(hit.id)
      return document === undefined ? [] : [present(engine, hit, document, analysis)]
    }),
    next: end < Math.min(total, DEEPEST) ? encodeCursor({ key: 'offset', id: String(end) }) : undefined,
  }
}

/**
 * The ids of the threads that match a question best, at most a thousand.
 *
 * @throws CodedError SEARCH_QUERY_EMPTY
 */
export async function findThreadIds(
  { index, store }: { readonly index: SearchIndex; readonly store: DocumentStore },
  { q, audience }: Pick<SearchRequest, 'q' | 'audience'>,
  counters: Counters,
): Promise<string[]> {
  if (q.trim() === '') throw searchErrors.SEARCH_QUERY_EMPTY()
  const seen = await visibleTo(store, audience, counters)
  const engine = await index.upToDate(counters.search)
  const wanted = { ...seen, text: q, kind: 'thread', limit: DEEPEST, offset: 0 } as const
  return rankDocuments(engine, wanted).hits.map(({ id }) => id)
}

/** What a reader may find, as the engine is asked for it. */
async function visibleTo(store: DocumentStore, audience: Audience, counters: Counters) {
  const visibleSources = await store.sourcesVisibleTo(audience, counters)
  const without = audience === 'internal' ? NONE : await store.locked(counters)
  return { audience, visibleSources, without }
}

function offsetOf(cursor: string): number {
  const { key, id } = decodeCursor(cursor)
  const offset = Number(id)
  if (key !== 'offset' || !Number.isInteger(offset) || offset < 0 || offset > DEEPEST)
    throw searchErrors.SEARCH_CURSOR_INVALID()
  return offset
}

function present(
  engine: SearchEngine,
  { score }: Hit,
  document: StoredDocument,
  analysis: QueryAnalysis,
): SearchItem {
  const { id, kind, title, language, updatedAt, category, source } = document
  return {
    kind,
    id,
    title,
    language,
    updatedAt,
    titleMarks: marksInTitle(engine, document, analysis),
    snippet: copy(bestSnippet(engine, document, analysis)),
    score: Math.round(score * 1e4) / 1e4,
    path: `${PATHS[kind]}${id}`,
    category,
    source,
  }
}

/** Matches in the title; none in a title that is too long or too oddly spaced to be its own snippet. */
function marksInTitle(engine: SearchEngine, document: StoredDocument, analysis: QueryAnalysis): Marks {
  const { title, language } = document
  const passage = engine.snippet(title, language, analysis, { words: title.length })
  return passage.text === title ? copy(passage).marks : []
}

/** The snippet of the answer, unless the question has more matches. */
function bestSnippet(engine: SearchEngine, document: StoredDocument, analysis: QueryAnalysis): Snippet {
  const { issue, body, language } = document
  const answer = engine.snippet(body, language, analysis)
  const question = engine.snippet(issue, language, analysis)
  if (answer.text === '') return question
  return question.marks.length > answer.marks.length ? question : answer
}

function copy({ text, marks }: Snippet): { text: string; marks: Marks } {
  return { text, marks: marks.map(([start, end]) => [start, end]) }
}

interface RankedQuery {
  readonly text: string
  readonly audience: Audience
  readonly language?: string
  readonly kind?: DocumentKind
  readonly category?: string
  readonly source?: string
  /** Names of the sources that the reader may see now; the index may still hold an earlier audience. */
  readonly visibleSources: readonly string[]
  /** Ids of documents that the reader may not find now, whatever audience the index holds of them. */
  readonly without: ReadonlySet<string>
  readonly limit: number
  readonly offset: number
}

interface Ranking {
  readonly total: number
  readonly hits: readonly Hit[]
  readonly analysis: QueryAnalysis
}

/**
 * Factor of an article's relevance. An article was checked by somebody, so it comes before a thread that matches about
 * as well, but after one that matches clearly better.
 */
const ARTICLE_BOOST = 1.25

const KINDS: readonly DocumentKind[] = ['article', 'thread']

/** The hits of a query, best first, with articles boosted. Ties are in the order of ids, so that pages never overlap. */
export function rankDocuments(engine: SearchEngine, query: RankedQuery): Ranking {
  const { text, audience, language, category, without, limit, offset } = query
  const results = (query.kind === undefined ? KINDS : [query.kind]).map((kind) => {
    // Hits of the page may all be of one kind, so each kind is asked for all hits up to the page's end.
    const result = engine.query({
      text,
      audience,
      language,
      limit: offset + limit,
      filter: {
        kinds: [kind],
        languages: language === undefined ? undefined : [language],
        categories: category === undefined ? undefined : [category],
        sources: sourcesOf(kind, query),
        without,
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
