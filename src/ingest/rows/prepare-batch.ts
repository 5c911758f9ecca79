import type { Database } from '../../platform/database/database.ts'
import type { PostRecord } from '../../sources/record.ts'
import type { Batch } from './batch.ts'
import { type Known, readKnown } from './read-known.ts'
import { type TextsWanted, TextWork, type TextWorker } from './text-work.ts'

/** A batch whose texts are being converted. */
export interface PreparedBatch {
  readonly batch: Batch
  readonly texts: Promise<TextWork>
}

const NOTHING: Known = { threads: new Map(), posts: new Map(), tombstones: new Map() }

/**
 * Starts converting the texts that will probably be written: those that differ from the database. If another import
 * changes the database before the batch is committed, the commit converts the rest.
 *
 * @param isNewSource whether the database held nothing of the source when its import began, which saves a query
 */
export async function prepareBatch(
  db: Database,
  worker: TextWorker,
  batch: Batch,
  isNewSource = false,
): Promise<PreparedBatch> {
  const wanted = await textsWanted(db, batch, isNewSource ? NOTHING : await readKnown(db, batch))
  const work = new TextWork(worker)
  const texts = work.prepare(wanted).then(() => work)
  // The commit awaits `texts` and sees its failure; until then nothing does.
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
  const withoutRecord = new Set(questions.keys())
  const threads: { title: string; question: PostRecord | string }[] = []
  for (const { id, record } of batch.threads) {
    withoutRecord.delete(id)
    const question = questions.get(id) ?? (known.threads.has(id) ? undefined : '')
    if (record.language === undefined && question !== undefined)
      threads.push({ title: record.title, question })
  }
  for (const [threadId, title] of await storedTitles(db, [...withoutRecord]))
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
