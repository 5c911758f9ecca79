import type { BulkTable, Database } from '../platform/index.ts'
import type { ThreadRecord } from '../sources/index.ts'
import type { Keyed } from './batch.ts'
import { readStandings, type Standing } from './read-standings.ts'
import type { TextWork } from './text-work.ts'
import {
  frameRow,
  type SettledRow,
  settledColumns,
  standingColumns,
  standingTable,
  type ThreadRow,
  threadColumns,
  threadTable,
} from './thread-frame.ts'

const viewTable: BulkTable = {
  name: 'thread_views',
  key: ['thread_id', 'day'],
  columns: ['thread_id', 'day', 'views'],
}
/** Columns that nothing but the thread's own page depends on. */
const QUIET: ReadonlySet<string> = new Set(['views', 'record_hash', 'as_of'])

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
  const touched = new Set(settlement.touched)
  const others = [...touched].filter((id) => !frames.has(id))
  if (frames.size + others.length === 0) return new Map()
  const framed = await storedRows<ThreadRow>(db, threadColumns, [...frames.keys()])
  const unframed = await storedRows<SettledRow>(db, settledColumns, others)
  const existing = [...frames.keys(), ...unframed.keys()]
  if (existing.length === 0) return new Map()
  const standings = await readStandings(db, existing)

  const ofFrames = settlement.frames.map((frame) =>
    settle(frameRow(settlement.sourceId, frame, framed.get(frame.id)), standings.get(frame.id)),
  )
  const ofOthers = [...unframed].map(([id, row]) => settle({ ...row }, standings.get(id)))
  const before = new Map<string, SettledRow>([...framed, ...unframed])
  await speak(db, [...ofFrames, ...ofOthers], before, settlement.questions, work)

  const told = ofFrames.map((row) => ({ row, differing: differences(row, framed.get(String(row.id))) }))
  await db.put(
    threadTable,
    told.flatMap(({ row, differing }) =>
      differing.length > 0 ? [threadColumns.map((column) => row[column])] : [],
    ),
  )
  await db.amend(
    standingTable,
    ofOthers.flatMap((row) => {
      const was = unframed.get(String(row.id))!
      const isSame = standingColumns.every((column) => row[column] === was[column])
      return isSame ? [] : [standingTable.columns.map((column) => row[column as keyof SettledRow])]
    }),
  )
  const isViewed = ({ row, differing }: (typeof told)[number]) =>
    row.views !== null && differing.includes('views')
  await db.put(
    viewTable,
    told.filter(isViewed).map(({ row }) => {
      const seen = frames.get(String(row.id))?.record.asOf ?? settlement.now
      return [row.id, seen.slice(0, 'YYYY-MM-DD'.length), row.views]
    }),
  )
  const settled = new Map<string, Settled>()
  for (const each of told) {
    const id = String(each.row.id)
    const isQuiet = !touched.has(id) && each.differing.every((column) => QUIET.has(column))
    settled.set(id, { isQuestioned: isQuestioned(each.row), isQuiet, isViewed: isViewed(each) })
  }
  for (const row of ofOthers)
    settled.set(String(row.id), { isQuestioned: isQuestioned(row), isQuiet: false, isViewed: false })
  return settled
}

async function storedRows<Row extends SettledRow>(
  db: Database,
  columns: readonly string[],
  ids: readonly string[],
): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map()
  const rows = await db.query<Row>(`select ${columns.join(',')} from threads where id = any(?)`, [ids])
  return new Map(rows.map((row) => [String(row.id), row]))
}

/** Puts into a row what its posts and acceptances make of it, but for its language. */
function settle<Row extends SettledRow>(row: Row, standing: Standing | undefined): Row {
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

function isQuestioned({ question_id, merged_into }: SettledRow): boolean {
  return question_id !== null || merged_into !== null
}

/** Of two times in ISO 8601, which sort as text. */
export function later(one: string, other: string): string {
  return one > other ? one : other
}

/** Sets each thread's language: the stated one, else that of title and question, detected anew when one changed. */
async function speak(
  db: Database,
  rows: readonly SettledRow[],
  before: ReadonlyMap<string, SettledRow>,
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
    absent.length === 0 ? [] : await db.query('select id, body from posts where id = any(?)', [absent])
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
  if (before === undefined) return [...threadColumns]
  return threadColumns.filter((column) => {
    if (column === 'closed') return Boolean(row.closed) !== Boolean(before.closed)
    return row[column] !== before[column]
  })
}
