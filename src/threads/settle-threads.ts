import type { BulkTable, Database, Value } from '../platform/index.ts'
import type { ThreadRecord } from '../sources/index.ts'
import type { Keyed } from './batch.ts'
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
  'as_of',
  'removed_at',
  'merged_into',
  'split_from',
] as const
const table: BulkTable = { name: 'threads', key: ['id'], columns }
const viewTable: BulkTable = {
  name: 'thread_views',
  key: ['thread_id', 'day'],
  columns: ['thread_id', 'day', 'views'],
}
/** Columns that nothing but the thread's own page depends on. */
const QUIET: ReadonlySet<string> = new Set(['views', 'record_hash', 'as_of'])

type ThreadRow = Record<(typeof columns)[number], Value>

/** The thread that a post (`p`) is in for its source, which is what acceptances go by. */
export const HOME = 'coalesce(p.home_id, p.thread_id)'

interface Standing {
  readonly thread_id: string
  readonly answers: number
  readonly accepted: number
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
  /** ISO time: when views without a date of their own were seen. */
  readonly now: string
}

/** What settling did to a thread. */
export interface Settled {
  /** Whether its question is there, be it within another thread. */
  readonly isQuestioned: boolean
  /** Whether only its number of views differs: nothing that it is classified or found by. */
  readonly isQuiet: boolean
  readonly isViewed: boolean
}

/**
 * Brings threads up to date with their frames and with all posts and acceptances that are in the database, whoever
 * came first: the result is a function of what is stored. Activity is that of questions and answers. A thread that was
 * removed, or merged into another, has neither question nor answers, so that whatever looks for work passes it by.
 *
 * @returns each thread that exists
 */
export async function settleThreads(
  db: Database,
  settlement: Settlement,
  work: TextWork,
): Promise<Map<string, Settled>> {
  const frames = new Map(settlement.frames.map((frame) => [frame.id, frame]))
  const ids = [...new Set([...frames.keys(), ...settlement.touched])]
  if (ids.length === 0) return new Map()
  const stored: ThreadRow[] = await db.sql('threads').select(columns).where(db.among('id', ids))
  const before = new Map(stored.map((row) => [String(row.id), row]))
  const existing = ids.filter((id) => before.has(id) || frames.has(id))
  if (existing.length === 0) return new Map()
  const standings = await readStandings(db, existing)

  const rows = existing.map((id): ThreadRow => {
    const frame = frames.get(id)
    const row = frame === undefined ? before.get(id)! : frameRow(settlement.sourceId, frame, before.get(id))
    const isShown = row.removed_at === null && row.merged_into === null
    const standing = isShown ? standings.get(id) : undefined
    const [, questionId = null, askerId = null] = standing?.question?.split(' ') ?? []
    const createdAt = String(row.created_at)
    const lastAt = standing?.last_at ?? createdAt
    return {
      ...row,
      question_id: questionId,
      asker_id: askerId || null,
      answer_count: Number(standing?.answers ?? 0),
      accepted_count: Number(standing?.accepted ?? 0),
      first_answered_at: standing?.first_answered_at ?? null,
      updated_at: later(lastAt, createdAt),
    }
  })
  await speak(db, rows, before, settlement.questions, work)
  const differing = new Map(rows.map((row) => [row, differences(row, before.get(String(row.id)))]))
  const changed = rows.filter((row) => differing.get(row)!.length > 0)
  await db.put(
    table,
    changed.map((row) => columns.map((column) => row[column])),
  )
  const isViewed = (row: ThreadRow) => row.views !== null && differing.get(row)!.includes('views')
  await db.put(
    viewTable,
    rows.filter(isViewed).map((row) => {
      const seen = frames.get(String(row.id))?.record.asOf ?? settlement.now
      return [row.id, seen.slice(0, 'YYYY-MM-DD'.length), row.views]
    }),
  )
  const touched = new Set(settlement.touched)
  return new Map(
    rows.map((row) => [
      String(row.id),
      {
        isQuestioned: row.question_id !== null || row.merged_into !== null,
        isQuiet: !touched.has(String(row.id)) && differing.get(row)!.every((column) => QUIET.has(column)),
        isViewed: isViewed(row),
      },
    ]),
  )
}

/** Of two times in ISO 8601, which sort as text. */
export function later(one: string, other: string): string {
  return [one, other].sort()[1]!
}

/** The row of a frame; a thread that its source tells of is there, even where it was removed before. */
function frameRow(
  sourceId: string,
  { id, hash, record }: Keyed<ThreadRecord>,
  before: ThreadRow | undefined,
): ThreadRow {
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
    as_of: record.asOf ?? before?.as_of ?? null,
    removed_at: null,
    merged_into: before?.merged_into ?? null,
    split_from: before?.split_from ?? null,
  }
}

async function readStandings(db: Database, ids: readonly string[]): Promise<Map<string, Standing>> {
  const rows: Standing[] = await db
    .sql('posts as p')
    .leftJoin('acceptances as a', (on) => on.on('a.post_id', 'p.id').andOn('a.thread_id', db.sql.raw(HOME)))
    .select('p.thread_id')
    .select(
      db.sql.raw(`sum(case when p.kind = 'answer' then 1 else 0 end) as answers`),
      db.sql.raw(`sum(case when p.kind = 'answer' and a.post_id is not null then 1 else 0 end) as accepted`),
      db.sql.raw(`min(case when p.kind = 'answer' then p.created_at end) as first_answered_at`),
      db.sql.raw('max(p.updated_at) as last_at'),
      db.sql.raw(
        `min(case when p.kind = 'question' then p.created_at || ' ' || p.id || ' ' || coalesce(p.author_id, '') end) as question`,
      ),
    )
    .where(db.among('p.thread_id', ids))
    .whereNot('p.kind', 'comment')
    .whereNull('p.removed_at')
    .groupBy('p.thread_id')
  return new Map(rows.map((row) => [row.thread_id, row]))
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
    if (row.removed_at !== null || row.merged_into !== null) {
      row.language = before.get(String(row.id))?.language ?? ''
      return false
    }
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
    absent.length === 0 ? [] : await db.sql('posts').select('id', 'body').where(db.among('id', absent))
  const bodies = new Map(stored.map(({ id, body }) => [id, body]))
  const threads = changed.map((row) => {
    const id = String(row.question_id)
    return { row, title: String(row.title), question: questions.get(id) ?? bodies.get(id) ?? '' }
  })
  await work.prepare({ posts: [], threads })
  for (const { row, title, question } of threads) row.language = work.language(title, question)
}

/** Columns in which a row differs from what is stored: all of a new one. */
function differences(row: ThreadRow, before: ThreadRow | undefined): string[] {
  return columns.filter((column) => {
    if (before === undefined) return true
    if (column === 'closed') return Boolean(row.closed) !== Boolean(before.closed)
    return row[column] !== before[column]
  })
}
