import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import { readableArticles } from '../readable-articles.ts'
import { inOrder, lineOf, type RecordType, type Row } from './record-type.ts'
import { ARTICLE_RECORD, PART_RECORDS } from './record-types.ts'

export interface ExportFilters {
  /** Only what this audience sees of published articles; without it, all that the store holds. */
  readonly audience?: Audience
  readonly language?: string
}

export const FIRST_LINE = '{"type":"export","version":1}'
/** Articles read at once: what is in memory at a time. */
const CHUNK = 25

/**
 * Exports articles as lines of JSON, each with its end: an article, then what belongs to it. The same store makes the same
 * lines, whatever its database. Each article is exported as it is at one moment.
 */
export async function* exportRecords(
  { db }: { readonly db: Database },
  filters: ExportFilters,
): AsyncGenerator<string> {
  yield `${FIRST_LINE}\n`
  let articles = 0
  for (let after = ''; ; ) {
    const rows = await db.transaction(() => readChunk(db, after, filters))
    for (const { article, parts } of rows) {
      const lines = [lineOf(ARTICLE_RECORD, article), ...parts]
      yield lines.map((line) => `${line}\n`).join('')
    }
    articles += rows.length
    const last = rows.at(-1)
    if (last === undefined) break
    after = String(last.article.id)
  }
  yield `${JSON.stringify({ type: 'end', articles })}\n`
}

interface ReadArticle {
  readonly article: Row
  readonly parts: readonly string[]
}

async function readChunk(
  db: Database,
  after: string,
  { audience, language }: ExportFilters,
): Promise<ReadArticle[]> {
  const query =
    audience === undefined ? db.sql('articles') : readableArticles(db, { audience, seesDrafts: false })
  query.where('articles.id', '>', after).orderBy('articles.id').limit(CHUNK)
  if (language !== undefined) query.where({ language })
  // Who changes an article locks it: its revisions and its draft wait with it.
  const rows: Row[] = await (db.dialect === 'postgres' ? query.forShare('articles') : query)
  const articles = audience === undefined ? rows : await withoutHidden(db, rows, audience)
  const parts = await readParts(
    db,
    rows.map(({ id }) => String(id)),
    audience,
  )
  return articles.map((article) => ({ article, parts: parts.get(String(article.id)) ?? [] }))
}

/** The lines of what belongs to these articles, by article. */
export async function readParts(
  db: Database,
  ids: readonly string[],
  audience?: Audience,
): Promise<Map<string, string[]>> {
  const lines = new Map<string, string[]>()
  for (const record of PART_RECORDS)
    for (const row of inOrder(record, await rowsOf(db, record, ids, audience))) {
      const id = String(row.article_id)
      lines.set(id, [...(lines.get(id) ?? []), lineOf(record, row)])
    }
  return lines
}

async function rowsOf(
  db: Database,
  { table, rowsFor }: RecordType,
  ids: readonly string[],
  audience: Audience | undefined,
): Promise<readonly Row[]> {
  if (audience === undefined) return db.sql(table).whereIn('article_id', ids)
  return rowsFor === undefined ? [] : rowsFor(db, audience, ids)
}

/** The articles without who began them, and without the threads that the audience may not see. */
async function withoutHidden(db: Database, articles: readonly Row[], audience: Audience): Promise<Row[]> {
  const ids = articles.flatMap(({ thread_id }) => (thread_id === null ? [] : [String(thread_id)]))
  const shown = new Set<string>(
    await readableThreads(db, audience, { which: 'unremoved' }).whereIn('t.id', ids).pluck('t.id'),
  )
  return articles.map((article) => ({
    ...article,
    created_by: null,
    thread_id: shown.has(String(article.thread_id)) ? article.thread_id : null,
  }))
}

/** Whether a reader may export what an audience sees. */
export function mayExportFor(reader: Audience, audience: Audience): boolean {
  return visibleTo(reader).includes(audience)
}
