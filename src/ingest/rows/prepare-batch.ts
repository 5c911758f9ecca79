import type { Database } from '../../platform/database/database.ts'
import type { PostRecord } from '../../sources/record.ts'
import type { Batch } from './batch.ts'
import { type Known, readKnown } from './read-known.ts'
import { type TextsWanted, TextWork, type TextWorker } from './text-work.ts'

/** A batch whose texts are being worked on. */
export interface PreparedBatch {
  readonly batch: Batch
  readonly texts: Promise<TextWork>
}

const NOTHING: Known = { threads: new Map(), posts: new Map(), tombstones: new Map() }

/**
 * Starts the work on the texts that will probably be written: those the database does not hold as they are. Should
 * another import change that before the batch is committed, the rest is done then.
 *
 * @param isNewSource whether nothing of the source was there when its import began, which saves asking
 */
export async function prepareBatch(
  db: Database,
  thread: TextWorker,
  batch: Batch,
  isNewSource = false,
): Promise<PreparedBatch> {
  const wanted = await textsWanted(db, batch, isNewSource ? NOTHING : await readKnown(db, batch))
  const work = new TextWork(thread)
  const texts = work.prepare(wanted).then(() => work)
  // Whoever commits the batch hears of a failure; until then nobody listens.
  texts.catch(() => undefined)
  return { batch, texts }
}

async function textsWanted(db: Database, batch: Batch, known: Known): Promise<TextsWanted> {
  const posts: PostRecord[] = []
  const questions = new Map<string, PostRecord>()
  for (const { id, hash, threadId, record } of batch.posts) {
    if (known.posts.get(id)?.record_hash === hash) continue
    posts.push(record)
    if (record.kind === 'question' && threadId !== undefined) questions.set(threadId, record)
  }
  const unframed = new Set(questions.keys())
  const threads: { title: string; question: PostRecord | string }[] = []
  for (const { id, record } of batch.threads) {
    unframed.delete(id)
    const question = questions.get(id) ?? (known.threads.has(id) ? undefined : '')
    if (record.language === undefined && question !== undefined)
      threads.push({ title: record.title, question })
  }
  for (const [threadId, title] of await storedTitles(db, [...unframed]))
    threads.push({ title, question: questions.get(threadId)! })
  return { posts, threads }
}

/** Titles of stored threads whose language is not stated. */
async function storedTitles(db: Database, threadIds: readonly string[]): Promise<Map<string, string>> {
  if (threadIds.length === 0) return new Map()
  const rows = await db.query<{ id: string; title: string }>(
    'select id, title from threads where id = any(?) and stated_language is null',
    [threadIds],
  )
  return new Map(rows.map(({ id, title }) => [id, title]))
}
