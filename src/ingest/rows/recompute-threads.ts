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
  frameRow,
  type ThreadRow,
  threadColumns,
  threadTable,
} from './thread-row.ts'

const viewTable: BulkTable = {
  name: 'thread_views',
  key: ['thread_id', 'day'],
  columns: ['thread_id', 'day', 'views'],
}
/** Columns that nothing but the thread's own page depends on. */
const QUIET: ReadonlySet<string> = new Set(['views', 'record_hash', 'as_of'])

interface Recomputation {
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
export interface Recomputed {
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
export async function recomputeThreads(
  db: Database,
  settlement: Recomputation,
  work: TextWork,
): Promise<Map<string, Recomputed>> {
  const { frames, sourceId } = settlement
  const touched = new Set(settlement.touched)
  const others = withoutFrames(touched, frames)
  if (frames.length + others.length === 0) return new Map()
  const framed = await storedRows<ThreadRow>(db, threadColumns, frames.map(idOf))
  const unframed = await storedRows<DerivedRow>(db, derivedColumns, others)
  const existing = [...frames.map(idOf), ...unframed.keys()]
  if (existing.length === 0) return new Map()
  const activities = await readActivity(db, existing)

  const ofFrames = recomputedFrames(frames, sourceId, framed, activities)
  const ofOthers = recomputedOthers(unframed, activities)
  const before = new Map<string, DerivedRow>([...framed, ...unframed])
  await detectLanguages(db, [...ofFrames, ...ofOthers], before, settlement.questions, work)

  const told = compareFrames(ofFrames, framed)
  await db.put(threadTable, changedRows(told))
  await db.amend(activityTable, changedActivity(ofOthers, unframed))
  await db.put(viewTable, viewRows(told, frames, settlement.now))
  const settled = new Map<string, Recomputed>()
  for (const each of told) {
    const id = String(each.row.id)
    const isQuiet = !touched.has(id) && each.differing.every(isQuietColumn)
    settled.set(id, { isQuestioned: isQuestioned(each.row), isQuiet, isViewed: isViewed(each) })
  }
  for (const row of ofOthers)
    settled.set(String(row.id), { isQuestioned: isQuestioned(row), isQuiet: false, isViewed: false })
  return settled
}

type Frame = Keyed<ThreadRecord>

/** A thread of a frame, and the columns in which it differs from what is stored. */
interface ComparedThread {
  readonly row: ThreadRow
  readonly differing: readonly string[]
}

function withoutFrames(touched: ReadonlySet<string>, frames: readonly Frame[]): string[] {
  const others = new Set(touched)
  for (const { id } of frames) others.delete(id)
  return [...others]
}

function recomputedFrames(
  frames: readonly Frame[],
  sourceId: string,
  framed: ReadonlyMap<string, ThreadRow>,
  activities: ReadonlyMap<string, Standing>,
): ThreadRow[] {
  const rows: ThreadRow[] = []
  for (const frame of frames)
    rows.push(settle(frameRow(sourceId, frame, framed.get(frame.id)), activities.get(frame.id)))
  return rows
}

function recomputedOthers(
  unframed: ReadonlyMap<string, DerivedRow>,
  activities: ReadonlyMap<string, Standing>,
): DerivedRow[] {
  const rows: DerivedRow[] = []
  for (const [id, row] of unframed) rows.push(settle({ ...row }, activities.get(id)))
  return rows
}

function compareFrames(rows: readonly ThreadRow[], framed: ReadonlyMap<string, ThreadRow>): ComparedThread[] {
  const told: ComparedThread[] = []
  for (const row of rows) told.push({ row, differing: differences(row, framed.get(String(row.id))) })
  return told
}

function changedRows(told: readonly ComparedThread[]): Value[][] {
  const rows: Value[][] = []
  for (const { row, differing } of told) if (differing.length > 0) rows.push(valuesOf(row, threadColumns))
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

function viewRows(told: readonly ComparedThread[], frames: readonly Frame[], now: string): Value[][] {
  const asOf = new Map<string, string>()
  for (const { id, record } of frames) if (record.asOf !== undefined) asOf.set(id, record.asOf)
  const rows: Value[][] = []
  for (const each of told) {
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

/** Puts into a row what its posts and acceptances make of it, but for its language. */
function settle<Row extends DerivedRow>(row: Row, standing: Standing | undefined): Row {
  const shown = row.removed_at === null && row.merged_into === null ? standing : undefined
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

/** Of two times in ISO 8601, which sort as text. */
export function later(one: string, other: string): string {
  return one > other ? one : other
}

/** Columns in which a row differs from what is stored: all of a new one. */
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

/** The thread that a post (`p`) is in for its source, which is what acceptances go by. */
export const HOME = 'coalesce(p.home_id, p.thread_id)'

export interface Standing {
  readonly thread_id: string
  readonly answers: number
  readonly accepted: number
  readonly first_answered_at: string | null
  readonly last_at: string
  /** Creation, id and author of the first question, a space apart: what `min` can pick in one query. */
  readonly question: string | null
}

/** What the posts and acceptances that are stored say of these threads; nothing of a thread without posts. */
export async function readActivity(db: Database, ids: readonly string[]): Promise<Map<string, Standing>> {
  const activities = new Map<string, Standing>()
  for (const row of await db.query<Standing>(statement, [ids])) activities.set(row.thread_id, row)
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
