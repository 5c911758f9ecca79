import type { Database } from '../../platform/database/database.ts'
import type { BulkTable, Value } from '../../platform/database/put-rows.ts'
import type { ThreadRecord } from '../../sources/record.ts'
import { idOf, type Keyed } from './batch.ts'
import { detectLanguages } from './detect-languages.ts'
import type { TextWork } from './text-work.ts'
import {
  activityColumns,
  activityTable,
  type DerivedRow,
  derivedColumns,
  type ThreadRow,
  threadColumns,
  threadTable,
  toThreadRow,
} from './thread-row.ts'

const viewTable: BulkTable = {
  name: 'thread_views',
  key: ['thread_id', 'day'],
  columns: ['thread_id', 'day', 'views'],
}
/** Columns on which only the thread's own page depends. */
const QUIET: ReadonlySet<string> = new Set(['views', 'record_hash', 'as_of'])

interface Recomputation {
  readonly sourceId: string
  /** Threads whose own record is new or changed. */
  readonly records: readonly Keyed<ThreadRecord>[]
  /** Threads whose posts or acceptances changed; they need not exist yet. */
  readonly touched: Iterable<string>
  /** Bodies in Markdown of new and changed questions, by id. */
  readonly questions: ReadonlyMap<string, string>
  /** ISO time that view counts without a date of their own are recorded for. */
  readonly now: string
}

/** What recomputing did to a thread. */
export interface Recomputed {
  /** Whether its question is stored, possibly shown in another thread. */
  readonly isQuestioned: boolean
  /** Whether at most its view count changed: nothing that classification or search depends on. */
  readonly isQuiet: boolean
  /** Whether its view count changed. */
  readonly isViewed: boolean
}

/**
 * Recomputes threads from their records and from all posts and acceptances in the database. The order in which these
 * came makes no difference: the result is a function of what is stored. Activity is that of questions and answers. A
 * thread that was removed, or merged into another, has neither question nor answers, so that queries for work skip it.
 *
 * @returns those of the threads that exist
 */
export async function recomputeThreads(
  db: Database,
  input: Recomputation,
  work: TextWork,
): Promise<Map<string, Recomputed>> {
  const { records, sourceId } = input
  const touched = new Set(input.touched)
  const others = withoutRecords(touched, records)
  if (records.length + others.length === 0) return new Map()
  const storedFull = await storedRows<ThreadRow>(db, threadColumns, records.map(idOf))
  const storedOthers = await storedRows<DerivedRow>(db, derivedColumns, others)
  const existing = [...records.map(idOf), ...storedOthers.keys()]
  if (existing.length === 0) return new Map()
  const activities = await readActivity(db, existing)

  const stated = recomputedStated(records, sourceId, storedFull, activities)
  const unstated = recomputedOthers(storedOthers, activities)
  const before = new Map<string, DerivedRow>([...storedFull, ...storedOthers])
  await detectLanguages(db, [...stated, ...unstated], before, input.questions, work)

  const compared = compareRows(stated, storedFull)
  await db.put(threadTable, changedRows(compared))
  await db.amend(activityTable, changedActivity(unstated, storedOthers))
  await db.put(viewTable, viewRows(compared, records, input.now))
  const recomputed = new Map<string, Recomputed>()
  for (const each of compared) {
    const id = String(each.row.id)
    const isQuiet = !touched.has(id) && each.differing.every(isQuietColumn)
    recomputed.set(id, { isQuestioned: isQuestioned(each.row), isQuiet, isViewed: isViewed(each) })
  }
  for (const row of unstated)
    recomputed.set(String(row.id), { isQuestioned: isQuestioned(row), isQuiet: false, isViewed: false })
  return recomputed
}

type StatedThread = Keyed<ThreadRecord>

/** The row of a stated thread, and the columns in which it differs from the stored row. */
interface ComparedThread {
  readonly row: ThreadRow
  readonly differing: readonly string[]
}

function withoutRecords(touched: ReadonlySet<string>, records: readonly StatedThread[]): string[] {
  const others = new Set(touched)
  for (const { id } of records) others.delete(id)
  return [...others]
}

function recomputedStated(
  records: readonly StatedThread[],
  sourceId: string,
  stored: ReadonlyMap<string, ThreadRow>,
  activities: ReadonlyMap<string, ThreadActivity>,
): ThreadRow[] {
  const rows: ThreadRow[] = []
  for (const record of records)
    rows.push(applyActivity(toThreadRow(sourceId, record, stored.get(record.id)), activities.get(record.id)))
  return rows
}

function recomputedOthers(
  stored: ReadonlyMap<string, DerivedRow>,
  activities: ReadonlyMap<string, ThreadActivity>,
): DerivedRow[] {
  const rows: DerivedRow[] = []
  for (const [id, row] of stored) rows.push(applyActivity({ ...row }, activities.get(id)))
  return rows
}

function compareRows(rows: readonly ThreadRow[], stored: ReadonlyMap<string, ThreadRow>): ComparedThread[] {
  const compared: ComparedThread[] = []
  for (const row of rows) compared.push({ row, differing: differences(row, stored.get(String(row.id))) })
  return compared
}

function changedRows(compared: readonly ComparedThread[]): Value[][] {
  const rows: Value[][] = []
  for (const { row, differing } of compared) if (differing.length > 0) rows.push(valuesOf(row, threadColumns))
  return rows
}

function changedActivity(rows: readonly DerivedRow[], stored: ReadonlyMap<string, DerivedRow>): Value[][] {
  const changed: Value[][] = []
  for (const row of rows)
    if (!isActivitySame(row, stored.get(String(row.id))!))
      changed.push(valuesOf(row, activityTable.columns as readonly (keyof DerivedRow)[]))
  return changed
}

function isActivitySame(row: DerivedRow, before: DerivedRow): boolean {
  for (const column of activityColumns) if (row[column] !== before[column]) return false
  return true
}

function valuesOf<Row extends DerivedRow>(row: Row, columns: readonly (keyof Row)[]): Value[] {
  const values: Value[] = []
  for (const column of columns) values.push(row[column] as Value)
  return values
}

function viewRows(
  compared: readonly ComparedThread[],
  records: readonly StatedThread[],
  now: string,
): Value[][] {
  const asOf = new Map<string, string>()
  for (const { id, record } of records) if (record.asOf !== undefined) asOf.set(id, record.asOf)
  const rows: Value[][] = []
  for (const each of compared) {
    const { id, views } = each.row
    if (isViewed(each)) rows.push([id, (asOf.get(String(id)) ?? now).slice(0, 'YYYY-MM-DD'.length), views])
  }
  return rows
}

function isViewed({ row, differing }: ComparedThread): boolean {
  return row.views !== null && differing.includes('views')
}

function isQuietColumn(column: string): boolean {
  return QUIET.has(column)
}

async function storedRows<Row extends DerivedRow>(
  db: Database,
  columns: readonly string[],
  ids: readonly string[],
): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map()
  const rows = await db.query<Row>(`select ${columns.join(',')} from threads where id = any(?)`, [ids])
  const stored = new Map<string, Row>()
  for (const row of rows) stored.set(String(row.id), row)
  return stored
}

/** Sets the columns of a row that follow from its posts and acceptances, except its language. */
function applyActivity<Row extends DerivedRow>(row: Row, activity: ThreadActivity | undefined): Row {
  const shown = row.removed_at === null && row.merged_into === null ? activity : undefined
  const [, questionId = null, askerId = null] = shown?.question?.split(' ') ?? []
  const createdAt = String(row.created_at)
  row.question_id = questionId
  row.asker_id = askerId || null
  row.answer_count = Number(shown?.answers ?? 0)
  row.accepted_count = Number(shown?.accepted ?? 0)
  row.first_answered_at = shown?.first_answered_at ?? null
  row.updated_at = later(shown?.last_at ?? createdAt, createdAt)
  return row
}

function isQuestioned({ question_id, merged_into }: DerivedRow): boolean {
  return question_id !== null || merged_into !== null
}

/** The later of two times in ISO 8601, which sort as text. */
export function later(one: string, other: string): string {
  return one > other ? one : other
}

/** Columns in which a row differs from the stored one; all columns of a new row. */
function differences(row: ThreadRow, before: ThreadRow | undefined): readonly string[] {
  if (before === undefined) return threadColumns
  const differing: string[] = []
  for (const column of threadColumns) {
    const isSame =
      column === 'closed' ? Boolean(row.closed) === Boolean(before.closed) : row[column] === before[column]
    if (!isSame) differing.push(column)
  }
  return differing
}

/** The thread that a post (`p`) belongs to in its source; acceptances refer to it. */
export const HOME = 'coalesce(p.home_id, p.thread_id)'

export interface ThreadActivity {
  readonly thread_id: string
  readonly answers: number
  readonly accepted: number
  readonly first_answered_at: string | null
  readonly last_at: string
  /** Creation time, id and author of the first question, separated by spaces, so that `min` selects it in one query. */
  readonly question: string | null
}

/** The activity of these threads by their stored posts and acceptances; a thread without posts is left out. */
export async function readActivity(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, ThreadActivity>> {
  const activities = new Map<string, ThreadActivity>()
  for (const row of await db.query<ThreadActivity>(statement, [ids])) activities.set(row.thread_id, row)
  return activities
}

const statement = `select p.thread_id,
    sum(case when p.kind = 'answer' then 1 else 0 end) as answers,
    sum(case when p.kind = 'answer' and a.post_id is not null then 1 else 0 end) as accepted,
    min(case when p.kind = 'answer' then p.created_at end) as first_answered_at,
    max(p.updated_at) as last_at,
    min(case when p.kind = 'question' then p.created_at || ' ' || p.id || ' ' || coalesce(p.author_id, '') end)
      as question
  from posts as p
  left join acceptances as a on a.post_id = p.id and a.thread_id = ${HOME}
  where p.thread_id = any(?) and p.kind <> 'comment' and p.removed_at is null
  group by p.thread_id`
