import type { Actor } from '../../access/actor.ts'
import { system } from '../../access/actor.ts'
import type { CodedError } from '../../platform/errors.ts'
import { appendArticleChanged } from '../append-changed.ts'
import { contentOf } from '../article.ts'
import { articleWords } from '../article-words.ts'
import type { ArticleDeps } from '../deps.ts'
import { CITATION_RECORD, PASSAGE_RECORD, THREAD_RECORD } from '../exports/evidence-records.ts'
import { readParts } from '../exports/export-records.ts'
import { inOrder, lineOf, type RecordType, type Row } from '../exports/record-type.ts'
import { ARTICLE_RECORD, PART_RECORDS } from '../exports/record-types.ts'
import { FOLLOW_CITATIONS } from '../follow-citations.ts'
import { indexArticle } from '../index-article.ts'
import { readerOf } from '../readable-articles.ts'
import { importErrors } from './errors.ts'
import { AddedMeanwhile, importOnce } from './import-once.ts'
import type { ReadArticle } from './import-records.ts'

/**
 * Adds an article as it was exported, with all that belongs to it. The citations of posts that the store has are compared
 * with these afterwards.
 *
 * @throws CodedError IMPORT_RECORD_INVALID, IMPORT_ARTICLE_DIFFERS, IMPORT_THREAD_TAKEN, IMPORT_PASSAGE_TAKEN,
 *   IMPORT_ORIGIN_TAKEN
 */
export async function restoreArticle(
  deps: ArticleDeps,
  read: ReadArticle,
  actor: Actor,
): Promise<'new' | 'same'> {
  const { db, audit, jobs } = deps
  const { article } = read
  const id = String(article.id)
  requireWhole(read)
  return importOnce(db, async () => {
    const stored: Row | undefined = await db.sql('articles').where({ id }).first()
    if (stored !== undefined) {
      if (await isStored(deps, stored, read)) return 'same'
      throw importErrors.IMPORT_ARTICLE_DIFFERS({ id })
    }
    await requireFree(deps, read)
    await insert(deps, ARTICLE_RECORD, { ...article, ...wordsOf(article) })
    for (const record of PART_RECORDS)
      for (const row of rowsOf(read, record))
        await insert(deps, record, { ...actorOf(record, actor), ...row })
    if (!rowsOf(read, REVISION).some(({ number }) => number === article.revision))
      await insert(deps, REVISION, revisionOf(article, actor))

    const added = await deps.articles.require(id, readerOf(system))
    await deps.addresses.put(added)
    await indexArticle(deps, added)
    // A translation that came before its original is found, and locked, as the original is.
    for (const each of await deps.translations.translationsOf(id))
      await indexArticle(deps, await deps.articles.require(each, readerOf(system)))
    await appendArticleChanged(deps, added)
    await audit.record('article.imported', actor, id, { after: { revision: added.revision } })
    const cited = rowsOf(read, CITATION_RECORD).map(({ post_id }) => String(post_id))
    const postIds = await deps.citations.storedAmong(cited)
    if (postIds.length > 0) await jobs.enqueue({ type: FOLLOW_CITATIONS, payload: { postIds } })
    return 'new'
  })
}

const REVISION = PART_RECORDS.find(({ type }) => type === 'revision')!
const ADDRESS = PART_RECORDS.find(({ type }) => type === 'address')!
const ORIGIN = PART_RECORDS.find(({ type }) => type === 'origin')!

/** @throws AddedMeanwhile */
async function insert({ db }: ArticleDeps, { table, articleColumn }: RecordType, row: Row): Promise<void> {
  const added: unknown[] = await db.sql(table).insert(row).onConflict().ignore().returning(articleColumn)
  if (added.length === 0) throw new AddedMeanwhile()
}

/** Refuses an article whose parts do not belong together. @throws CodedError IMPORT_RECORD_INVALID */
function requireWhole(read: ReadArticle): void {
  const { article } = read
  const invalid = (reason: string) => importErrors.IMPORT_RECORD_INVALID({ reason })
  const { thread_id: lead } = article
  if (lead !== null && !rowsOf(read, THREAD_RECORD).some(({ thread_id }) => thread_id === lead))
    throw invalid('"threadId" must be one of the threads of the article')
  const passages = rowsOf(read, PASSAGE_RECORD)
  const ids = new Set(passages.map((row) => row.id))
  if (!rowsOf(read, CITATION_RECORD).every(({ passage_id }) => ids.has(passage_id)))
    throw invalid('"passageId" must be one of the passages of the article')
  // Addresses become the names of files.
  if (!rowsOf(read, ADDRESS).every(({ slug }) => slug === article.id || isSlugOf(String(slug), article.id)))
    throw invalid('"slug" must be words of a title and the id of the article')
  const sectionOf = ({ section }: Row) => String(article[String(section)]).replace(/\r\n?/g, '\n')
  if (!passages.every((row) => sectionOf(row).includes(String(row.text))))
    throw invalid('the text of a passage must stand in its section')
}

function isSlugOf(slug: string, id: unknown): boolean {
  return slug.endsWith(`--${id}`) && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug.slice(0, -2 - String(id).length))
}

function rowsOf({ parts }: ReadArticle, record: RecordType): Row[] {
  return parts.filter((part) => part.record === record).map(({ row }) => row)
}

/** Whether the store has just what the file says. Who acted may be missing from the file, and then does not count. */
async function isStored({ db }: ArticleDeps, stored: Row, read: ReadArticle): Promise<boolean> {
  const id = String(stored.id)
  if (lineOf(ARTICLE_RECORD, stored) !== lineOf(ARTICLE_RECORD, read.article)) return false
  const lines = PART_RECORDS.flatMap((record) =>
    inOrder(record, rowsOf(read, record)).map((row) => lineOf(record, row)),
  )
  const parts = (await readParts(db, [id])).get(id) ?? []
  const namesActors = read.parts.every(({ record, row }) =>
    actorColumns(record).every((column) => row[column] !== undefined),
  )
  const shown = namesActors ? parts : parts.map(withoutActor)
  return JSON.stringify(shown) === JSON.stringify(namesActors ? lines : lines.map(withoutActor))
}

function withoutActor(line: string): string {
  const { actorId: _, actorName: __, ...rest } = JSON.parse(line)
  return JSON.stringify(rest)
}

/** Refuses what the store has for another article. */
async function requireFree(deps: ArticleDeps, read: ReadArticle): Promise<void> {
  const taken = await takenPart(deps, read)
  if (taken === undefined) return
  // Between two statements, another import may have added this very article.
  if (await deps.articles.exists(String(read.article.id))) throw new AddedMeanwhile()
  throw taken
}

/** The refusal of an article of which a part belongs to another article already. */
async function takenPart({ db, articles }: ArticleDeps, read: ReadArticle): Promise<CodedError | undefined> {
  const { id } = read.article
  const threadIds = rowsOf(read, THREAD_RECORD).map(({ thread_id }) => String(thread_id))
  const [threadId] = (await articles.articleIdsOf(threadIds)).keys()
  if (threadId !== undefined) return importErrors.IMPORT_THREAD_TAKEN({ threadId, id })
  const passageIds = rowsOf(read, PASSAGE_RECORD).map((row) => String(row.id))
  const passage = await db.sql('article_passages').where(db.among('id', passageIds)).first('id')
  if (passage !== undefined) return importErrors.IMPORT_PASSAGE_TAKEN({ passage: passage.id, id })
  for (const { source, external_id } of rowsOf(read, ORIGIN))
    if ((await db.sql('article_origins').where({ source, external_id }).first('source')) !== undefined)
      return importErrors.IMPORT_ORIGIN_TAKEN({ source, externalId: external_id })
  return undefined
}

function actorColumns({ fields }: RecordType): string[] {
  return Object.values(fields).flatMap(({ column, kind }) => (kind === 'actor' ? [column] : []))
}

function actorOf(record: RecordType, actor: Actor): Row {
  return actorColumns(record).length === 0 ? {} : { actor_id: actor.id, actor_name: actor.name }
}

function wordsOf(article: Row): Row {
  return articleWords(article as unknown as Parameters<typeof articleWords>[0])
}

/** The revision of an article whose export has none. */
function revisionOf(article: Row, actor: Actor): Row {
  const { id, revision, confidence, audience, updated_at } = article
  return {
    article_id: id,
    number: revision,
    content: JSON.stringify(contentOf(article as unknown as Parameters<typeof contentOf>[0])),
    confidence,
    audience,
    actor_id: actor.id,
    actor_name: actor.name,
    created_at: updated_at,
  }
}
