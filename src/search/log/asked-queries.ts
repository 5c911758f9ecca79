import type { Knex } from 'knex'
import { AUDIENCES, type Audience, visibleTo } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'

/** What was asked in the same words, and what came of it. One visit counts once a day, however often it asks. */
export interface AskedQuery {
  readonly language: string
  /** Its words as the log keeps them. */
  readonly terms: string
  readonly text: string
  readonly asked: number
  readonly visitors: number
  /** After which something was opened and nobody said that it did not help. */
  readonly helped: number
  /** For which there was no article. */
  readonly failed: number
  /** After which nothing was opened and the visit asked otherwise. */
  readonly putOtherwise: number
  /** The widest audience of those who asked. */
  readonly audience: Audience
  readonly lastDay: string
}

export type QueryOutcome = 'failed' | 'unhelped' | 'helped'

interface AskedRow {
  language: string
  terms: string
  text: string
  asked: number | string
  visitors: number | string
  helped: number | string
  failed: number | string
  put_otherwise: number | string
  openness: number | string
  last_day: string
}

export interface AskedWithin {
  readonly reader: Audience
  /** The first day. */
  readonly since: string
  /** Words that its text has. */
  readonly text?: string
  readonly outcome?: QueryOutcome
  readonly offset?: number
  readonly limit: number
}

const OUTCOMES: Readonly<Record<QueryOutcome, string>> = {
  failed: 'sum(q.failed) > 0',
  unhelped: 'sum(q.helped) = 0',
  helped: 'sum(q.helped) > 0',
}

/**
 * What readers of the reader's audience or a wider one asked since a day, what was asked most first. It reads all of it,
 * off the event loop.
 */
export async function askedQueries(
  db: Database,
  { reader, since, text = '', outcome, offset = 0, limit }: AskedWithin,
): Promise<AskedQuery[]> {
  const query = db.sql
    .from(readings(db, reader, since).as('q'))
    .groupBy('q.language', 'q.terms')
    .select('q.language', 'q.terms', {
      text: db.sql.raw('min(q.text)'),
      asked: db.sql.raw('sum(q.asked)'),
      visitors: db.sql.raw("count(distinct case when q.visit = '' then null else q.visit end)"),
      helped: db.sql.raw('sum(q.helped)'),
      failed: db.sql.raw('sum(q.failed)'),
      put_otherwise: db.sql.raw('sum(q.put_otherwise)'),
      openness: db.sql.raw('max(q.openness)'),
      last_day: db.sql.raw('max(q.day)'),
    })
    .orderBy([{ column: 'asked', order: 'desc' }, 'q.language', 'q.terms'])
    .offset(offset)
    .limit(limit)
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean))
    query.whereRaw("lower(q.text) like ? escape '\\'", [`%${word.replace(/[\\%_]/g, '\\$&')}%`])
  if (outcome !== undefined) query.havingRaw(OUTCOMES[outcome])
  const rows = await db.longRead<AskedRow>(query)
  return rows.map((row) => ({
    language: row.language,
    terms: row.terms,
    text: row.text,
    asked: Number(row.asked),
    visitors: Number(row.visitors),
    helped: Number(row.helped),
    failed: Number(row.failed),
    putOtherwise: Number(row.put_otherwise),
    audience: AUDIENCES[Number(row.openness)] ?? 'internal',
    lastDay: row.last_day,
  }))
}

/** The rows of the log with what came of each, as numbers. */
function readings(db: Database, reader: Audience, since: string): Knex.QueryBuilder {
  const outcomes = db
    .sql('search_openings')
    .groupBy('search_id')
    .select('search_id', {
      helped: db.sql.raw('max(case when solved is null or solved then 1 else 0 end)'),
    })
  const openness = AUDIENCES.map((audience, at) => `when '${audience}' then ${at}`).join(' ')
  return db
    .sql('searches as s')
    .leftJoin(outcomes.as('o'), 'o.search_id', 's.id')
    .whereIn('s.audience', visibleTo(reader))
    .where('s.day', '>=', since)
    .select('s.language', 's.terms', 's.text', 's.visit', 's.day', {
      asked: db.sql.raw("case when s.visit = '' then s.count else 1 end"),
      helped: db.sql.raw('coalesce(o.helped, 0)'),
      failed: db.sql.raw("case when s.visit = '' then s.failed when s.failed > 0 then 1 else 0 end"),
      put_otherwise: db.sql.raw('case when s.followed_by is null then 0 else 1 end'),
      openness: db.sql.raw(`case s.audience ${openness} end`),
    })
}
