import type { Audience } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import { defineErrors } from '../platform/errors.ts'
import { decodeCursor, encodeCursor } from '../platform/page.ts'
import { correctedQuery } from './corrected-query.ts'
import { countFacets, type Facets } from './count-facets.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import type { QueryAnalysis } from './engine/analyse-query.ts'
import type { SearchEngine } from './engine/create-search-engine.ts'
import type { DocumentKind } from './engine/document.ts'
import type { About } from './engine/document-table.ts'
import { readQuery, takesAway, withoutPhrases } from './engine/operators/read-query.ts'
import type { Snippet } from './engine/snippet.ts'
import type { FoundDocuments } from './found-documents.ts'
import { foundNone } from './log/asked-words.ts'
import type { SearchRecorder } from './log/search-recorder.ts'
import { type RankedQuery, type Ranking, rankDocuments } from './rank-documents.ts'
import type { SearchIndex } from './search-index.ts'
import type { CurrentSynonyms } from './synonyms/synonym-lists.ts'

export const searchErrors = defineErrors({
  SEARCH_QUERY_EMPTY: [400, 'Enter something to search for: q is empty'],
  SEARCH_CURSOR_INVALID: [400, 'The cursor is not valid for this search. Start again without a cursor.'],
})

export interface SearchRequest {
  /** The question, with operators. */
  readonly q: string
  /** The reader's audience. What it may not see is neither found nor counted, nor part of any score. */
  readonly audience: Audience
  readonly language?: string
  readonly kind?: DocumentKind
  readonly category?: string
  readonly source?: string
  readonly limit?: number
  readonly cursor?: string
  /** Whether it is recorded; true by default. Who shows something else than what is found records it by `noteSearch`. */
  readonly record?: boolean
  /** Whether what it can be narrowed to is counted. */
  readonly facets?: boolean
  /** Chooses the ids to answer with, in their order, among `limit` hits; all of them by default. */
  readonly choose?: (best: readonly (About & { readonly id: string })[]) => Promise<readonly string[]>
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
  /** Documents that fit and that the reader may see, over all pages; 0 where nothing fits. */
  readonly total: number
  /** Set where nothing fits: the items are the nearest that there are. */
  readonly nearest?: true
  /** Set where the index does not hold all that there is yet: more may be found in a while. */
  readonly indexing?: true
  /** The query with its misspelt words put right, where the first hits hold what they were taken for. */
  readonly corrected?: string
  readonly items: SearchItem[]
  readonly facets?: Facets
  readonly next?: string
  /** Whether no article was found, where nothing but what there is explains that. */
  readonly failed: boolean
}

/** Hits that pages reach: beyond, a better query helps more. */
const DEEPEST = 1_000
const DEFAULT_LIMIT = 10
const NONE: ReadonlySet<string> = new Set()
const PATHS: Readonly<Record<DocumentKind, string>> = { article: '/api/articles/', thread: '/api/threads/' }

interface AnswerDeps {
  readonly index: SearchIndex
  readonly store: DocumentStore
  readonly found: FoundDocuments
  readonly synonyms: CurrentSynonyms
  /** Whether documents are still to be written. It is asked where nothing is found. */
  readonly isWriting?: () => Promise<boolean>
  /** Absent where nothing is recorded. */
  readonly recorder?: Pick<SearchRecorder, 'note'>
}

/**
 * Answers a question from this process's index, after bringing that up to date; from what it holds where much is missing, which
 * the answer says. What is missing then is no failure of the search.
 *
 * @param counters read when the question had been asked
 * @throws CodedError SEARCH_QUERY_EMPTY, SEARCH_CURSOR_INVALID
 */
export async function answerQuery(
  { index, store, found, synonyms, isWriting, recorder }: AnswerDeps,
  request: SearchRequest,
  counters: Counters,
): Promise<SearchAnswer> {
  const {
    q,
    audience,
    language,
    kind,
    category,
    source,
    limit = DEFAULT_LIMIT,
    cursor,
    record = true,
    choose,
  } = request
  if (q.trim() === '') throw searchErrors.SEARCH_QUERY_EMPTY()
  const offset = cursor === undefined ? 0 : offsetOf(cursor)
  const seen = await visibleTo(store, audience, counters)
  const { table } = await synonyms.current(counters)
  const { engine, behind } = await index.atHand(counters.search)
  const read = readQuery(q)
  const filters = { language, kind, category, source }
  const asked: RankedQuery = { ...seen, ...read, ...filters, synonyms: table, limit, offset }
  const { isNearest, ...ranking } = rankOrNearest(engine, asked, read)
  const { hits, articles, analysis } = ranking
  const fits = ranking.fits && !isNearest
  const total = isNearest ? 0 : ranking.total
  const indexing = behind > 0 || (!fits && (await isWriting?.()) === true)
  const failed =
    !indexing && asksForArticles(request) && (!ranking.fits || foundNone(engine, articles, analysis.groups))
  const facets =
    request.facets === true
      ? countFacets(engine, asked, isNearest ? rankDocuments(engine, asked) : ranking)
      : undefined
  const best = hits.map(({ id }) => id)
  const ids = (await choose?.(best.flatMap((id) => engine.about(id) ?? []))) ?? best
  if (record && asksForArticles(request))
    recorder?.note({ q, language, audience, found: total, failed, shown: ids })
  const documents = await found.visible(ids, audience)
  const inOrder = ids.flatMap((id) => documents.get(id) ?? [])
  const end = offset + limit
  return {
    query: q,
    total,
    indexing: indexing ? true : undefined,
    nearest: !fits && hits.length > 0 ? true : undefined,
    corrected: fits ? correctedQuery(engine, q, analysis, inOrder) : undefined,
    items: inOrder.map((document) => {
      const hit = hits.find(({ id }) => id === document.id)
      return present(engine, hit?.score ?? 0, document, analysis)
    }),
    facets,
    next: end < Math.min(total, DEEPEST) ? encodeCursor({ key: 'offset', id: String(end) }) : undefined,
    failed,
  }
}

/**
 * The ids of the threads that match a question best, at most a thousand.
 *
 * @throws CodedError SEARCH_QUERY_EMPTY
 */
export async function findThreadIds(
  { index, store, synonyms }: Pick<AnswerDeps, 'index' | 'store' | 'synonyms'>,
  { q, audience }: Pick<SearchRequest, 'q' | 'audience'>,
  counters: Counters,
): Promise<string[]> {
  if (q.trim() === '') throw searchErrors.SEARCH_QUERY_EMPTY()
  const seen = await visibleTo(store, audience, counters)
  const { table } = await synonyms.current(counters)
  const engine = await index.upToDate(counters.search)
  const asked = { ...seen, ...readQuery(q), synonyms: table }
  const wanted = { ...asked, kind: 'thread', limit: DEEPEST, offset: 0 } as const
  return rankDocuments(engine, wanted).hits.map(({ id }) => id)
}

/** What fits; where nothing holds the phrases asked for, what comes nearest without them. */
function rankOrNearest(
  engine: SearchEngine,
  asked: RankedQuery,
  read: ReturnType<typeof readQuery>,
): Ranking & { readonly isNearest: boolean } {
  const ranking = rankDocuments(engine, asked)
  const isNearest = ranking.hits.length === 0 && asked.offset === 0 && read.conditions.holds.length > 0
  return isNearest
    ? { ...rankDocuments(engine, { ...asked, ...withoutPhrases(read) }), isNearest }
    : { ...ranking, isNearest }
}

/** Whether nothing but what there is explains that a search finds no article. */
function asksForArticles({ q, kind, category, source, cursor }: SearchRequest): boolean {
  if (kind === 'thread' || category !== undefined || source !== undefined || cursor !== undefined)
    return false
  return !takesAway(readQuery(q).conditions)
}

/** What a reader may find, as the engine is asked for it. */
export async function visibleTo(
  store: Pick<DocumentStore, 'sourcesVisibleTo' | 'locked'>,
  audience: Audience,
  counters: Counters,
) {
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

/** Path of an article or thread on this server. */
export function pathOf(kind: DocumentKind, id: string): string {
  return `${PATHS[kind]}${id}`
}

function present(
  engine: SearchEngine,
  score: number,
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
    titleMarks: copyMarks(engine.marks(title, language, analysis)),
    snippet: copy(bestSnippet(engine, document, analysis)),
    score: Math.round(score * 1e4) / 1e4,
    path: pathOf(kind, id),
    category,
    source,
  }
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
  return { text, marks: copyMarks(marks) }
}

function copyMarks(marks: Snippet['marks']): Marks {
  return marks.map(([start, end]) => [start, end])
}
