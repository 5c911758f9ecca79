import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, invalidCursor, type Page, toPage } from '../../platform/page.ts'
import type { Search } from '../../search/search.ts'
import { isReadableThread, joinReadableThreads } from '../../threads/readable-threads.ts'
import { type Reader, readableArticles } from '../readable-articles.ts'
import type { Candidate, CandidateState } from './candidate.ts'
import { type CandidateRow, toCandidate } from './candidate-rows.ts'
import { candidateErrors } from './errors.ts'
import type { CandidateType } from './typing/types.ts'

export interface CandidateFilter {
  readonly reader: Reader
  readonly state: CandidateState
  readonly type?: CandidateType
  readonly language?: string
  readonly category?: string
  /** Words that search finds one of its threads by. */
  readonly text?: string
}

export const CANDIDATE_SORTS = ['worth', 'relevance'] as const

export interface CandidateQuery extends CandidateFilter {
  /** By worth unless stated; by relevance, to a text, one page alone. */
  readonly sort?: (typeof CANDIDATE_SORTS)[number]
  readonly limit: number
  readonly cursor?: string
}

/** How many candidates a filter lets through; each group is counted without its own filter. */
export interface CandidateCounts {
  readonly total: number
  /** Whether there are more than were counted: then every count is "at least". */
  readonly atLeast: boolean
  readonly type: readonly Counted[]
  readonly language: readonly Counted[]
  readonly category: readonly Counted[]
}

interface Counted {
  readonly value: string
  readonly count: number
}

type CountedRow = Pick<CandidateRow, 'type' | 'language' | 'category'>

interface ListDeps {
  readonly db: Database
  readonly search: Pick<Search, 'threadIds'>
}

/** Candidates counted at most. */
export const MOST_COUNTED = 10_000
const ORDER = 'worth'

/**
 * The candidates that a reader may see, as `c`: those of which they may see every thread, and the article that it is
 * about. The thread that stands for it must be shown.
 */
export function readableCandidates(db: Database, reader: Reader): Knex.QueryBuilder {
  const query = joinReadableThreads(db.sql('article_candidates as c'), 'c.lead_id', reader.audience)
  if (reader.audience !== 'internal')
    query.whereNotExists(
      db
        .sql('article_candidate_threads as m')
        .where('m.candidate_id', db.sql.ref('c.id'))
        .whereNotExists(isReadableThread(db, 'm.thread_id', reader.audience))
        .select(db.sql.raw('1')),
    )
  return query.where((about) =>
    about
      .whereNull('c.article_id')
      .orWhereExists(
        readableArticles(db, reader).where('articles.id', db.sql.ref('c.article_id')).select(db.sql.raw('1')),
      ),
  )
}

/** @throws CodedError CANDIDATE_NOT_FOUND, also for a candidate that the reader may not see */
export async function requireCandidate(db: Database, id: string, reader: Reader): Promise<Candidate> {
  const row: CandidateRow | undefined = await readableCandidates(db, reader).where('c.id', id).first('c.*')
  if (row === undefined) throw candidateErrors.CANDIDATE_NOT_FOUND({ id })
  return toCandidate(row)
}

/** A page of candidates, those worth most first. @throws CodedError CURSOR_INVALID, SEARCH_QUERY_EMPTY */
export async function listCandidates(
  deps: ListDeps,
  { limit, cursor, sort = 'worth', ...filter }: CandidateQuery,
): Promise<Page<Candidate>> {
  const { db } = deps
  if (sort === 'relevance' && filter.text !== undefined)
    return mostRelevant(deps, filter.text, { ...filter, text: undefined, limit })
  const { query } = await filtered(deps, filter)
  query
    .orderBy([
      { column: 'c.score', order: 'desc' },
      { column: 'c.id', order: 'desc' },
    ])
    .limit(limit + 1)
    .select('c.*')
  if (cursor !== undefined) {
    const { key, id } = decodeCursor(cursor, ORDER)
    const score = Number(key)
    if (!Number.isFinite(score)) throw invalidCursor()
    query.whereRaw('(c.score, c.id) < (?, ?)', [score, id])
  }
  const rows = await db.longRead<CandidateRow>(query)
  const page = toPage(rows, limit, ({ score, id }) => ({ key: String(score), id, order: ORDER }))
  return { ...page, items: page.items.map(toCandidate) }
}

/** The candidates whose threads search finds first. */
async function mostRelevant(
  deps: ListDeps,
  text: string,
  { limit, ...filter }: Omit<CandidateQuery, 'cursor' | 'sort'>,
): Promise<Page<Candidate>> {
  const found = await deps.search.threadIds(text, filter.reader.audience)
  const { query } = await filtered(deps, filter)
  query
    .join('article_candidate_threads as h', 'h.candidate_id', 'c.id')
    .where(deps.db.among('h.thread_id', found))
    .select('c.*', 'h.thread_id as found_id')
  const rows = await deps.db.longRead<CandidateRow & { found_id: string }>(query)
  const places = new Map(found.map((id, place) => [id, place]))
  const inOrder = rows.sort((a, b) => places.get(a.found_id)! - places.get(b.found_id)!)
  const candidates = new Map(inOrder.map((row) => [row.id, toCandidate(row)]))
  return { items: [...candidates.values()].slice(0, limit) }
}

/** @throws CodedError SEARCH_QUERY_EMPTY */
export async function countCandidates(deps: ListDeps, filter: CandidateFilter): Promise<CandidateCounts> {
  const count = async (counted: CandidateFilter) => {
    const { query } = await filtered(deps, counted)
    return deps.db.longRead<CountedRow>(
      query.limit(MOST_COUNTED + 1).select('c.type', 'c.language', 'c.category'),
    )
  }
  const all = await count(filter)
  const without = async (group: 'type' | 'language' | 'category') =>
    tally(filter[group] === undefined ? all : await count({ ...filter, [group]: undefined }), group)
  return {
    total: Math.min(all.length, MOST_COUNTED),
    atLeast: all.length > MOST_COUNTED,
    type: await without('type'),
    language: await without('language'),
    category: await without('category'),
  }
}

/** The query is inside, for to await a query is to run it. */
async function filtered(
  { db, search }: ListDeps,
  { reader, state, type, language, category, text }: CandidateFilter,
): Promise<{ readonly query: Knex.QueryBuilder }> {
  const query = readableCandidates(db, reader).where('c.state', state)
  if (type !== undefined) query.where('c.type', type)
  if (language !== undefined) query.where('c.language', language)
  if (category !== undefined) query.where('c.category', category)
  if (text !== undefined) {
    const found = await search.threadIds(text, reader.audience)
    query.whereIn(
      'c.id',
      db.sql('article_candidate_threads').where(db.among('thread_id', found)).select('candidate_id'),
    )
  }
  return { query }
}

function tally(rows: readonly CountedRow[], group: 'type' | 'language' | 'category'): Counted[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const value = row[group]
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
