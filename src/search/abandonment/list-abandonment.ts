import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { encodeCursor } from '../../platform/page.ts'
import type { DocumentKind } from '../engine/document.ts'
import { offsetIn } from '../log/list-queries.ts'
import { SIGNS, type Sign } from './giving-up.ts'

/** How many visits gave up, and by which sign; a visit with several counts under each. */
export interface Abandonment {
  readonly visits: number
  readonly signs: Readonly<Record<Sign, number>>
}

interface Document {
  readonly kind: DocumentKind
  readonly id: string
  readonly title: string
  readonly language: string
}

/** A page at which visits gave up. */
export interface AbandonedPage extends Document, Abandonment {
  /** How often it was read in the same days by the same audiences. */
  readonly reads: number
  readonly lastDay: string
  /** What had led to it, most often first. */
  readonly queries: { readonly text: string; readonly visits: number }[]
}

/** A search with which visits gave up. */
export interface AbandonedQuery extends Abandonment {
  readonly language: string
  readonly text: string
  /** How often it was asked in the same days; one visit counts once a day. */
  readonly asked: number
  readonly lastDay: string
  /** The pages that it had led to, most often first; as far as the reader may see them. */
  readonly pages: (Document & { readonly visits: number })[]
}

export interface AbandonmentWanted {
  readonly reader: Audience
  readonly days: number
  readonly sign?: Sign
  readonly limit: number
  readonly cursor?: string
}

interface ListDeps {
  readonly db: Database
  readonly clock: Clock
}

type Counts = Readonly<Record<'visits' | Sign, number | string>>

const DAY_MS = 86_400_000
const FEW = 3
/** Items that pages reach. */
const DEEPEST = 2_000

/** How many visits of readers of the reader's audience or a wider one gave up in the last days. */
export async function countAbandonment(
  deps: ListDeps,
  { reader, days }: Pick<AbandonmentWanted, 'reader' | 'days'>,
): Promise<Abandonment> {
  const [row] = await signsOf(deps, reader, days).select(...countsIn(deps.db))
  return toAbandonment(row)
}

/**
 * Pages at which visits gave up, those with most visits first, as far as the reader may see them.
 *
 * @throws CodedError SEARCH_CURSOR_INVALID
 */
export async function listAbandonedPages(
  deps: ListDeps,
  { reader, days, sign, limit, cursor }: AbandonmentWanted,
): Promise<{ readonly items: AbandonedPage[]; readonly next?: string }> {
  const { db } = deps
  const offset = offsetIn(cursor, DEEPEST)
  const query = withSign(documentsOf(deps, reader, days), sign)
    .groupBy('d.id', 'd.kind', 'd.title', 'd.language')
    .select('d.id', 'd.kind', 'd.title', 'd.language', ...countsIn(db), {
      last_day: db.sql.raw('max(a.day)'),
    })
    .orderBy([{ column: 'visits', order: 'desc' }, 'd.id'])
    .offset(offset)
    .limit(limit + 1)
  const rows = await db.longRead<Document & Counts & { readonly last_day: string }>(query)
  const found = rows.slice(0, limit)
  const reads = await readsOf(
    deps,
    found.map(({ id }) => id),
    { reader, days },
  )
  const items: AbandonedPage[] = []
  for (const { id, kind, title, language, last_day, ...counts } of found) {
    const queries: { text: string; visits: number | string }[] = await signsOf(deps, reader, days)
      .where({ 'a.document_id': id })
      .whereNot('a.terms', '')
      .groupBy('a.language', 'a.terms')
      .select({ text: db.sql.raw('min(a.text)'), visits: visitsIn(db) })
      .orderBy([{ column: 'visits', order: 'desc' }, 'text'])
      .limit(FEW)
    items.push({
      ...{ id, kind, title, language, lastDay: last_day, reads: reads.get(id) ?? 0 },
      ...toAbandonment(counts),
      queries: queries.map(({ text, visits }) => ({ text, visits: Number(visits) })),
    })
  }
  return { items, next: nextOf(rows.length > limit, offset + limit) }
}

/**
 * Searches with which visits gave up, those with most visits first.
 *
 * @throws CodedError SEARCH_CURSOR_INVALID
 */
export async function listAbandonedQueries(
  deps: ListDeps,
  { reader, days, sign, limit, cursor }: AbandonmentWanted,
): Promise<{ readonly items: AbandonedQuery[]; readonly next?: string }> {
  const { db } = deps
  const offset = offsetIn(cursor, DEEPEST)
  const query = withSign(signsOf(deps, reader, days), sign)
    .whereNot('a.terms', '')
    .groupBy('a.language', 'a.terms')
    .select('a.language', 'a.terms', ...countsIn(db), {
      text: db.sql.raw('min(a.text)'),
      last_day: db.sql.raw('max(a.day)'),
    })
    .orderBy([{ column: 'visits', order: 'desc' }, 'a.language', 'a.terms'])
    .offset(offset)
    .limit(limit + 1)
  const rows = await db.longRead<
    Counts & {
      readonly language: string
      readonly terms: string
      readonly text: string
      readonly last_day: string
    }
  >(query)
  const items: AbandonedQuery[] = []
  for (const { language, terms, text, last_day, ...counts } of rows.slice(0, limit)) {
    const [asked]: { n: number | string | null }[] = await db
      .sql('searches as s')
      .where({ 's.language': language, 's.terms': terms })
      .whereIn('s.audience', visibleTo(reader))
      .where('s.day', '>=', sinceOf(deps, days))
      .select({ n: db.sql.raw("sum(case when s.visit = '' then s.count else 1 end)") })
    const pages: (Document & { visits: number | string })[] = await documentsOf(deps, reader, days)
      .where({ 'a.language': language, 'a.terms': terms })
      .groupBy('d.id', 'd.kind', 'd.title', 'd.language')
      .select('d.id', 'd.kind', 'd.title', 'd.language', { visits: visitsIn(db) })
      .orderBy([{ column: 'visits', order: 'desc' }, 'd.id'])
      .limit(FEW)
    items.push({
      ...{ language, text, asked: Number(asked?.n ?? 0), lastDay: last_day },
      ...toAbandonment(counts),
      pages: pages.map(({ visits, ...document }) => ({ ...document, visits: Number(visits) })),
    })
  }
  return { items, next: nextOf(rows.length > limit, offset + limit) }
}

/** The signs that a reader may know of: those of readers of their own audience or a wider one. */
function signsOf(deps: ListDeps, reader: Audience, days: number): Knex.QueryBuilder {
  return deps.db
    .sql('abandonment_signs as a')
    .whereIn('a.audience', visibleTo(reader))
    .where('a.day', '>=', sinceOf(deps, days))
}

/** The same of pages that the reader may see now. */
function documentsOf(deps: ListDeps, reader: Audience, days: number): Knex.QueryBuilder {
  return signsOf(deps, reader, days)
    .join('search_documents as d', 'd.id', 'a.document_id')
    .whereRaw('not d.deleted')
    .whereIn('d.audience', visibleTo(reader))
}

async function readsOf(
  deps: ListDeps,
  ids: readonly string[],
  { reader, days }: Pick<AbandonmentWanted, 'reader' | 'days'>,
): Promise<Map<string, number>> {
  const rows: { id: string; n: number | string }[] = await deps.db
    .sql('page_reads')
    .whereIn('document_id', ids)
    .whereIn('audience', visibleTo(reader))
    .where('day', '>=', sinceOf(deps, days))
    .groupBy('document_id')
    .select({ id: 'document_id', n: deps.db.sql.raw('sum(reads)') })
  return new Map(rows.map(({ id, n }) => [id, Number(n)]))
}

function withSign(query: Knex.QueryBuilder, sign: Sign | undefined): Knex.QueryBuilder {
  return sign === undefined ? query : query.where({ 'a.sign': sign })
}

const visitsIn = (db: Database) => db.sql.raw('count(distinct a.visit)')

function countsIn(db: Database) {
  return [
    { visits: visitsIn(db) },
    ...SIGNS.map((sign) => ({
      [sign]: db.sql.raw(`count(distinct case when a.sign = '${sign}' then a.visit end)`),
    })),
  ]
}

function toAbandonment(row: Counts): Abandonment {
  const count = (name: keyof Counts) => Number(row[name])
  return {
    visits: count('visits'),
    signs: { searches: count('searches'), no: count('no'), asked: count('asked') },
  }
}

function sinceOf({ clock }: ListDeps, days: number): string {
  return new Date(clock.now().getTime() - days * DAY_MS).toISOString().slice(0, 10)
}

function nextOf(hasMore: boolean, end: number): string | undefined {
  return hasMore && end < DEEPEST ? encodeCursor({ key: 'offset', id: String(end) }) : undefined
}
