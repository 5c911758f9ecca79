import type { Database } from '../../platform/database/database.ts'
import type { Value } from '../../platform/database/put-rows.ts'
import type { TextWork } from './text-work.ts'
import type { DerivedRow } from './thread-row.ts'

/** Sets each thread's language: the stated one, or the one detected in title and question, again whenever these change. */
export async function detectLanguages(
  db: Database,
  rows: readonly DerivedRow[],
  before: ReadonlyMap<string, DerivedRow>,
  questions: ReadonlyMap<string, string>,
  work: TextWork,
): Promise<void> {
  const changed: DerivedRow[] = []
  for (const row of rows) {
    const old = before.get(String(row.id))
    row.language = knownLanguage(row, old)
    if (needsDetection(row, old, questions)) changed.push(row)
  }
  const stored = await storedQuestions(db, changed, questions)
  const threads = changed.map((row) => {
    const id = String(row.question_id)
    return { row, title: String(row.title), question: questions.get(id) ?? stored.get(id) ?? '' }
  })
  await work.prepare({ posts: [], threads })
  for (const { row, title, question } of threads) row.language = work.language(title, question)
}

function isShown({ removed_at, merged_into }: DerivedRow): boolean {
  return removed_at === null && merged_into === null
}

function knownLanguage(row: DerivedRow, old: DerivedRow | undefined): Value {
  if (!isShown(row)) return old?.language ?? ''
  return row.stated_language ?? old?.language ?? ''
}

/** Whether a thread's language must be detected: the source states none, and title or question changed. */
function needsDetection(
  row: DerivedRow,
  old: DerivedRow | undefined,
  questions: ReadonlyMap<string, string>,
): boolean {
  if (!isShown(row) || row.stated_language !== null) return false
  const isSame = old?.title === row.title && old.question_id === row.question_id
  return !isSame || old.stated_language !== null || questions.has(String(row.question_id))
}

/** Bodies of questions that are not part of this batch. */
async function storedQuestions(
  db: Database,
  rows: readonly DerivedRow[],
  questions: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const absent: string[] = []
  for (const { question_id: id } of rows) if (typeof id === 'string' && !questions.has(id)) absent.push(id)
  const bodies = new Map<string, string>()
  if (absent.length === 0) return bodies
  const stored = await db.query<{ id: string; body: string }>(
    'select id, body from posts where id = any(?)',
    [absent],
  )
  for (const { id, body } of stored) bodies.set(id, body)
  return bodies
}
