import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, encodeCursor } from '../../platform/page.ts'
import { searchErrors } from '../answer-query.ts'
import type { DocumentStore } from '../document-store.ts'
import type { DocumentKind } from '../engine/document.ts'
import { type AskedQuery, askedQueries, type QueryOutcome } from './asked-queries.ts'
import { readableSearches } from './search-log-store.ts'

interface Document {
  readonly kind: DocumentKind
  readonly id: string
  readonly title: string
}

/** What people asked, what they saw, and what they took. */
export interface ListedQuery extends Omit<AskedQuery, 'terms' | 'audience'> {
  /** What it showed last, best first; as far as the reader may see it. */
  readonly shown: Document[]
  /** What was opened, most often first; as far as the reader may see it. */
  readonly opened: (Document & { readonly times: number })[]
  /** What the same visits asked instead, most often first. */
  readonly instead: { readonly text: string; readonly times: number }[]
}

export interface QueryList {
  readonly items: ListedQuery[]
  readonly next?: string
}

export interface QueriesWanted {
  readonly reader: Audience
  readonly days: number
  readonly text?: string
  readonly outcome?: QueryOutcome
  readonly limit: number
  readonly cursor?: string
}

const DAY_MS = 86_400_000
const SHOWN = 5
const FEW = 3
/** Queries that pages reach. */
const DEEPEST = 2_000

/**
 * What readers of the reader's audience or a wider one asked in the last days, what was asked most first.
 *
 * @throws CodedError SEARCH_CURSOR_INVALID
 */
export async function listQueries(
  {
    db,
    clock,
    store,
  }: { readonly db: Database; readonly clock: Clock; readonly store: Pick<DocumentStore, 'visible'> },
  { reader, days, text, outcome, limit, cursor }: QueriesWanted,
): Promise<QueryList> {
  const offset = offsetIn(cursor, DEEPEST)
  const since = new Date(clock.now().getTime() - days * DAY_MS).toISOString().slice(0, 10)
  const found = await askedQueries(db, { reader, since, text, outcome, offset, limit: limit + 1 })
  const items: ListedQuery[] = []
  for (const { terms, audience: _, ...query } of found.slice(0, limit)) {
    const same = () =>
      readableSearches(db, reader, since).where({ 's.language': query.language, 's.terms': terms })
    const last: { shown: string } | undefined = await same().orderBy('s.asked_at', 'desc').first('s.shown')
    const shown: string[] = JSON.parse(last?.shown ?? '[]')
    const openings: { id: string; times: number | string }[] = await same()
      .join('search_openings as o', 'o.search_id', 's.id')
      .groupBy('o.document_id')
      .select({ id: 'o.document_id', times: db.sql.raw('count(*)') })
      .orderBy([{ column: 'times', order: 'desc' }, 'id'])
      .limit(FEW)
    const instead: { text: string; times: number | string }[] = await same()
      .join('searches as n', 'n.id', 's.followed_by')
      .whereIn('n.audience', visibleTo(reader))
      .groupBy('n.language', 'n.terms')
      .select({ text: db.sql.raw('min(n.text)'), times: db.sql.raw('count(*)') })
      .orderBy([{ column: 'times', order: 'desc' }, 'text'])
      .limit(FEW)
    const documents = await store.visible([...new Set([...shown, ...openings.map(({ id }) => id)])], reader)
    const describe = (id: string): Document[] => {
      const document = documents.get(id)
      return document === undefined ? [] : [{ kind: document.kind, id, title: document.title }]
    }
    items.push({
      ...query,
      shown: shown.flatMap(describe).slice(0, SHOWN),
      opened: openings.flatMap(({ id, times }) =>
        describe(id).map((document) => ({ ...document, times: Number(times) })),
      ),
      instead: instead.map((each) => ({ text: each.text, times: Number(each.times) })),
    })
  }
  const end = offset + limit
  const hasMore = found.length > limit && end < DEEPEST
  return { items, next: hasMore ? encodeCursor({ key: 'offset', id: String(end) }) : undefined }
}

/** Where a cursor of a list that pages reach to a depth goes on. @throws CodedError SEARCH_CURSOR_INVALID */
export function offsetIn(cursor: string | undefined, deepest: number): number {
  if (cursor === undefined) return 0
  const { key, id } = decodeCursor(cursor)
  const offset = Number(id)
  if (key !== 'offset' || !Number.isInteger(offset) || offset < 0 || offset > deepest)
    throw searchErrors.SEARCH_CURSOR_INVALID()
  return offset
}
