import { AUDIENCES, type Audience, visibleTo } from '../access/audience.ts'
import { readableSources } from '../ingest/readable-sources.ts'
import { type Counters, keepUntilChanged } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import { lockedThreads } from '../threads/protections/protection-queries.ts'
import type { DocumentKind, SearchDocument } from './engine/document.ts'

/** A document as it is stored, with when it last changed. Its texts are plain text. */
export interface StoredDocument extends SearchDocument {
  readonly issue: string
  readonly updatedAt: string
  /** Of an article: the threads that it was made from. */
  readonly threadIds?: readonly string[]
  /** Of an article: what people called it, for all its readers to find it by. They are not shown. */
  readonly phrasings?: readonly string[]
  /** Of an article: the one that it says the same as, in another language. */
  readonly translationOf?: string
}

/** A change to apply to the index: a document as it is now, or the id of a removed one. */
type DocumentChange =
  | { readonly seq: number; readonly document: SearchDocument }
  | { readonly seq: number; readonly removed: string }

export type DocumentStore = ReturnType<typeof createDocumentStore>

interface DocumentRow {
  id: string
  kind: DocumentKind
  language: string
  audience: Audience
  title: string
  issue: string
  body: string
  tags: string
  phrasings: string
  category: string | null
  source: string | null
  updated_at: string
  deleted: boolean | number
  seq: number
}

const ROWS_A_STATEMENT = 200
/** Changes read on the event loop; more are read off it. */
const FEW_CHANGES = 200

/** The searchable documents. Every change takes the next number of the `search` sequence. */
export function createDocumentStore(db: Database) {
  const documents = () => db.sql<DocumentRow>('search_documents')
  const madeFrom = () => db.sql<{ document_id: string; thread_id: string }>('search_document_threads')
  const translations = () => db.sql<{ document_id: string; original_id: string }>('search_translations')
  const sequence = () => db.sql<{ name: string; value: number }>('sequences').where({ name: 'search' })

  /** Takes `count` numbers, which are this transaction's until it ends. @returns the first of them */
  async function take(count: number): Promise<number> {
    await sequence().increment('value', count)
    return (await position()) - count + 1
  }

  async function position(): Promise<number> {
    const row = await sequence().first('value')
    return Number(row?.value ?? 0)
  }

  /** Waits for other writers of documents, so that later reads see what they wrote. */
  async function lock(): Promise<void> {
    if (db.dialect === 'postgres') await sequence().forUpdate()
  }

  async function write(rows: readonly Omit<DocumentRow, 'seq'>[]): Promise<void> {
    let seq = await take(rows.length)
    const numbered = rows.map((row) => ({ ...row, seq: seq++ }))
    await documents().insert(numbered).onConflict('id').merge()
  }

  /** Notes of which threads articles were made. Threads are made of none. */
  async function writeThreads(some: readonly StoredDocument[]): Promise<void> {
    const rows = some.flatMap(({ id, threadIds = [] }) =>
      threadIds.map((threadId) => ({ document_id: id, thread_id: threadId })),
    )
    if (rows.length === 0) return
    await madeFrom()
      .whereIn('document_id', [...new Set(rows.map(({ document_id }) => document_id))])
      .delete()
    await madeFrom().insert(rows)
  }

  /** Notes which articles are translations of which. Threads are of none. */
  async function writeTranslations(some: readonly StoredDocument[]): Promise<void> {
    const articles = some.filter(({ kind }) => kind === 'article')
    if (articles.length === 0) return
    const ids = articles.map(({ id }) => id)
    await translations().whereIn('document_id', ids).delete()
    const rows = articles.flatMap(({ id, translationOf }) =>
      translationOf === undefined ? [] : [{ document_id: id, original_id: translationOf }],
    )
    if (rows.length > 0) await translations().insert(rows)
  }

  const visibleSources = new Map(
    AUDIENCES.map((reader) => [
      reader,
      keepUntilChanged<string[]>(db, ['sources'], async () => readableSources(db, reader).pluck('s.name')),
    ]),
  )

  const locked = keepUntilChanged<ReadonlySet<string>>(db, ['locks'], async () => {
    const threads = lockedThreads(db)
    const articles = db
      .sql('search_document_threads')
      .whereIn('thread_id', threads.clone())
      .select({ thread_id: 'document_id' })
    const rows: { thread_id: string }[] = await threads.union(articles)
    return new Set(rows.map(({ thread_id }) => thread_id))
  })

  return {
    position,

    /**
     * Runs `work` as the only writer of documents. What `work` reads is at least as new as what any earlier writer
     * read, so that it never replaces a document by an older one.
     */
    async exclusively<T>(work: () => Promise<T>): Promise<T> {
      return db.transaction(async () => {
        await lock()
        return work()
      })
    },

    /**
     * Adds documents, or replaces those with their ids, in the transaction in progress. Unchanged documents take no
     * number.
     */
    async put(all: readonly StoredDocument[]): Promise<void> {
      for (let from = 0; from < all.length; from += ROWS_A_STATEMENT) {
        const some = all.slice(from, from + ROWS_A_STATEMENT)
        const rows = some.map(toRow)
        await db.transaction(async () => {
          await lock()
          const ids = rows.map(({ id }) => id)
          const known = new Map((await documents().whereIn('id', ids)).map((row) => [row.id, row]))
          const changed = rows.filter((row) => !isSame(row, known.get(row.id)))
          if (changed.length > 0) await write(changed)
          await writeThreads(some)
          await writeTranslations(some)
        })
      }
    },

    /** Removes documents in the transaction in progress. An empty row keeps the number of the removal. */
    async remove(ids: readonly string[]): Promise<void> {
      for (let from = 0; from < ids.length; from += ROWS_A_STATEMENT) {
        const some = ids.slice(from, from + ROWS_A_STATEMENT)
        await db.transaction(async () => {
          await lock()
          const rows = await documents().whereIn('id', some).where({ deleted: false })
          const emptied = rows.map(({ seq: _, ...row }) => ({
            ...row,
            title: '',
            issue: '',
            body: '',
            tags: '[]',
            phrasings: '[]',
            category: null,
            source: null,
            deleted: true,
          }))
          if (emptied.length > 0) await write(emptied)
          await madeFrom().whereIn('document_id', some).delete()
          await translations().whereIn('document_id', some).delete()
        })
      }
    },

    /**
     * Up to `limit` changes after `seq`, oldest first.
     *
     * @param behind how many changes there are; many are read off the event loop
     */
    async changesAfter(seq: number, limit: number, behind: number): Promise<DocumentChange[]> {
      const query = documents().where('seq', '>', seq).orderBy('seq').limit(limit)
      const rows: DocumentRow[] = behind > FEW_CHANGES ? await db.longRead<DocumentRow>(query) : await query
      return rows.map((row) =>
        row.deleted
          ? { seq: Number(row.seq), removed: row.id }
          : { seq: Number(row.seq), document: toIndexed(row) },
      )
    },

    /** The documents of `ids` that the reader may see now, by id. */
    async visible(ids: readonly string[], reader: Audience): Promise<Map<string, StoredDocument>> {
      const rows = await db.read<DocumentRow>(
        'select * from search_documents where id = any(?) and audience = any(?) and not deleted',
        [ids, visibleTo(reader)],
      )
      return new Map(rows.map((row) => [row.id, toDocument(row)]))
    },

    /** Categories of these documents, by id, where they have one. */
    async categoriesOf(ids: readonly string[]): Promise<Map<string, string>> {
      const rows = await documents().whereIn('id', ids).where({ deleted: false }).select('id', 'category')
      return new Map(rows.flatMap(({ id, category }) => (category === null ? [] : [[id, category]])))
    },

    /** Names of the sources whose threads the reader may see; kept until the database counts a change of sources. */
    async sourcesVisibleTo(reader: Audience, counters: Counters): Promise<readonly string[]> {
      return visibleSources.get(reader)!.current(counters)
    },

    /**
     * Ids of the documents that readers outside the company must not find now, because a thread is locked; the index may
     * still hold an earlier audience of them. Kept until the database counts a change of locks.
     */
    async locked(counters: Counters): Promise<ReadonlySet<string>> {
      return locked.current(counters)
    },

    /** Identifies this database among others. */
    async identity(): Promise<string> {
      const row = await db.sql<{ id: string }>('search_identity').first('id')
      return row?.id ?? ''
    },
  }
}

function toRow(document: StoredDocument): Omit<DocumentRow, 'seq'> {
  const {
    tags,
    phrasings = [],
    category,
    source,
    threadIds: _,
    translationOf: __,
    updatedAt,
    ...texts
  } = document
  return {
    ...texts,
    tags: JSON.stringify(tags),
    phrasings: JSON.stringify(phrasings),
    category: category ?? null,
    source: source ?? null,
    updated_at: updatedAt,
    deleted: false,
  }
}

function toDocument(row: DocumentRow): StoredDocument {
  const { id, kind, language, audience, title, issue, body } = row
  return {
    id,
    kind,
    language,
    audience,
    title,
    issue,
    body,
    tags: JSON.parse(row.tags),
    updatedAt: row.updated_at,
    category: row.category ?? undefined,
    source: row.source ?? undefined,
  }
}

/** A document as it is found: what people called it is part of its issue, before what it says itself. */
function toIndexed(row: DocumentRow): StoredDocument {
  const document = toDocument(row)
  const phrasings: string[] = JSON.parse(row.phrasings)
  return { ...document, issue: [...phrasings, document.issue].join('\n') }
}

function isSame(row: Omit<DocumentRow, 'seq'>, known: DocumentRow | undefined): boolean {
  if (known === undefined || known.deleted) return false
  const columns = Object.keys(row) as (keyof typeof row)[]
  return columns.every((column) => column === 'deleted' || row[column] === known[column])
}
