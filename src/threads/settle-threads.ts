import type { Database } from '../platform/index.ts'
import type { ThreadRecord } from '../sources/index.ts'
import type { Keyed } from './batch.ts'
import { type BulkTable, padded, putRows, type Value } from './bulk-rows.ts'
import type { TextWork } from './text-work.ts'

const columns = [
  'id',
  'source_id',
  'external_id',
  'title',
  'language',
  'stated_language',
  'url',
  'tags',
  'views',
  'closed',
  'stated_labels',
  'facts',
  'created_at',
  'record_hash',
  'question_id',
  'asker_id',
  'answer_count',
  'accepted_count',
  'first_answered_at',
  'updated_at',
] as const
const table: BulkTable = { name: 'threads', key: ['id'], columns }

type ThreadRow = Record<(typeof columns)[number], Value>

interface Standing {
  readonly thread_id: string
  readonly answers: number
  readonly first_answered_at: string | null
  readonly last_at: string
  /** Creation, id and author of the first question, a space apart: what `min` can pick in one query. */
  readonly question: string | null
}

export interface Settlement {
  readonly sourceId: string
  /** Threads whose frame is new or changed. */
  readonly frames: readonly Keyed<ThreadRecord>[]
  /** Threads of which posts or acceptances changed; they need not exist yet. */
  readonly touched: Iterable<string>
  /** Questions, by id, whose body is new or changed; in Markdown. */
  readonly questions: ReadonlyMap<string, string>
}

/**
 * Brings threads up to date with their frames and with all posts and acceptances that are in the database, whoever
 * came first: the result is a function of what is stored. Activity is that of questions and answers.
 *
 * @returns each thread that exists, with whether its question is there
 */
export async function settleThreads(
  db: Database,
  settlement: Settlement,
  work: TextWork,
): Promise<Map<string, boolean>> {
  const frames = new Map(settlement.frames.map((frame) => [frame.id, frame]))
  const ids = [...new Set([...frames.keys(), ...settlement.touched])]
  if (ids.length === 0) return new Map()
  const stored: ThreadRow[] = await db.sql('threads').select(columns).whereIn('id', padded(ids))
  const before = new Map(stored.map((row) => [String(row.id), row]))
  const existing = ids.filter((id) => before.has(id) || frames.has(id))
  if (existing.length === 0) return new Map()
  const standings = await readStandings(db, existing)
  const accepted = await countAccepted(db, existing)

  const rows = existing.map((id): ThreadRow => {
    const frame = frames.get(id)
    const row = frame === undefined ? before.get(id)! : frameRow(settlement.sourceId, frame)
    const standing = standings.get(id)
    const [, questionId = null, askerId = null] = standing?.question?.split(' ') ?? []
    const createdAt = String(row.created_at)
    const lastAt = standing?.last_at ?? createdAt
    return {
      ...row,
      question_id: questionId,
      asker_id: askerId || null,
      answer_count: standing?.answers ?? 0,
      accepted_count: accepted.get(id) ?? 0,
      first_answered_at: standing?.first_answered_at ?? null,
      updated_at: later(lastAt, createdAt),
    }
  })
  await speak(db, rows, before, settlement.questions, work)
  const changed = rows.filter((row) => differs(row, before.get(String(row.id))))
  await putRows(
    db,
    table,
    changed.map((row) => columns.map((column) => row[column])),
  )
  return new Map(rows.map((row) => [String(row.id), row.question_id !== null]))
}

/** Of two times in ISO 8601, which sort as text. */
export function later(one: string, other: string): string {
  return [one, other].sort()[1]!
}

function frameRow(sourceId: string, { id, hash, record }: Keyed<ThreadRecord>): ThreadRow {
  return {
    id,
    source_id: sourceId,
    external_id: record.id,
    title: record.title,
    language: '',
    stated_language: record.language ?? null,
    url: record.url ?? null,
    tags: JSON.stringify(record.tags),
    views: record.views ?? null,
    closed: record.closed ?? false,
    stated_labels: record.labels === undefined ? null : JSON.stringify(record.labels),
    facts: record.facts === undefined ? null : JSON.stringify(record.facts),
    created_at: record.createdAt,
    record_hash: hash,
    question_id: null,
    asker_id: null,
    answer_count: 0,
    accepted_count: 0,
    first_answered_at: null,
    updated_at: record.createdAt,
  }
}

async function readStandings(db: Database, ids: readonly string[]): Promise<Map<string, Standing>> {
  const rows: Standing[] = await db
    .sql('posts')
    .select('thread_id')
    .select(
      db.sql.raw(`sum(case when kind = 'answer' then 1 else 0 end) as answers`),
      db.sql.raw(`min(case when kind = 'answer' then created_at end) as first_answered_at`),
      db.sql.raw('max(updated_at) as last_at'),
      db.sql.raw(
        `min(case when kind = 'question' then created_at || ' ' || id || ' ' || coalesce(author_id, '') end) as question`,
      ),
    )
    .whereIn('thread_id', padded(ids))
    .whereNot('kind', 'comment')
    .groupBy('thread_id')
  return new Map(rows.map((row) => [row.thread_id, row]))
}

async function countAccepted(db: Database, ids: readonly string[]): Promise<Map<string, number>> {
  const rows: { thread_id: string; n: number }[] = await db
    .sql('acceptances as a')
    .join('posts as p', (on) => on.on('p.id', 'a.post_id').andOn('p.thread_id', 'a.thread_id'))
    .select('a.thread_id')
    .count('* as n')
    .whereIn('a.thread_id', padded(ids))
    .where('p.kind', 'answer')
    .groupBy('a.thread_id')
  return new Map(rows.map((row) => [row.thread_id, Number(row.n)]))
}

/** Sets each thread's language: the stated one, else that of title and question, detected anew when one changed. */
async function speak(
  db: Database,
  rows: ThreadRow[],
  before: ReadonlyMap<string, ThreadRow>,
  questions: ReadonlyMap<string, string>,
  work: TextWork,
): Promise<void> {
  const changed = rows.filter((row) => {
    const old = before.get(String(row.id))
    if (row.stated_language === null && old !== undefined) row.language = old.language
    else row.language = row.stated_language ?? ''
    const same = old?.title === row.title && old.question_id === row.question_id
    const restated = old?.stated_language !== row.stated_language
    return row.stated_language === null && (!same || restated || questions.has(String(row.question_id)))
  })
  const absent = changed.flatMap(({ question_id: id }) =>
    typeof id === 'string' && !questions.has(id) ? [id] : [],
  )
  const stored: { id: string; body: string }[] =
    absent.length === 0 ? [] : await db.sql('posts').select('id', 'body').whereIn('id', padded(absent))
  const bodies = new Map(stored.map(({ id, body }) => [id, body]))
  const threads = changed.map((row) => {
    const id = String(row.question_id)
    return { row, title: String(row.title), question: questions.get(id) ?? bodies.get(id) ?? '' }
  })
  await work.prepare({ posts: [], threads })
  for (const { row, title, question } of threads) row.language = work.language(title, question)
}

function differs(row: ThreadRow, before: ThreadRow | undefined): boolean {
  return (
    before === undefined ||
    columns.some((column) =>
      column === 'closed' ? Boolean(row.closed) !== Boolean(before.closed) : row[column] !== before[column],
    )
  )
}
