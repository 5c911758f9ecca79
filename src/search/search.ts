import type { Audience } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import { answerQuery, findThreadIds, type SearchAnswer, type SearchRequest } from './answer-query.ts'
import { createDocumentStore, type DocumentStore } from './document-store.ts'
import { findNearDuplicates, type NearDuplicate } from './find-near-duplicates.ts'
import { createFoundDocuments, type FoundDocuments } from './found-documents.ts'
import { createSearchIndex, type SearchIndexOptions, type SearchLog } from './search-index.ts'
import { createSnapshotFile } from './snapshot-file.ts'

export interface Search {
  /** The documents that can be found. Changes take part in the transaction in progress. */
  readonly documents: Pick<DocumentStore, 'put' | 'remove' | 'exclusively' | 'categoriesOf'>
  /**
   * Answers from all that was committed, by any process, before the call. Not for use inside a transaction, whose
   * changes may still be rolled back and must not enter the index.
   *
   * @param counters read when the question had been asked; read now if absent
   * @throws CodedError SEARCH_QUERY_EMPTY, SEARCH_CURSOR_INVALID
   */
  query(request: SearchRequest, counters?: Counters): Promise<SearchAnswer>
  /**
   * The ids of the threads that match best, at most a thousand. They are of the reader's audience when the index was
   * brought up to date; who shows threads by them filters them as any others. Not for use inside a transaction.
   *
   * @throws CodedError SEARCH_QUERY_EMPTY
   */
  threadIds(q: string, audience: Audience): Promise<string[]>
  /** Threads that ask the same question as each of these. Not for use inside a transaction. */
  nearDuplicates(
    threadIds: readonly string[],
  ): AsyncIterable<{ readonly threadId: string; readonly found: readonly NearDuplicate[] }>
  /** How many changes of documents there were, and how many of them this process's index holds; it reads the rest before the next query. */
  freshness(): Promise<{ readonly changes: number; readonly indexed: number }>
  /** Loads or builds the index before the first query. */
  warm(): Promise<void>
  /** Writes a snapshot; call this before the database is closed. */
  close(): Promise<void>
}

export interface SearchOptions extends SearchIndexOptions {
  /** Folder of the snapshot file. */
  readonly home: string
  readonly log: SearchLog
}

/** Search in one process: documents are in the database, the index is in this process's memory. */
export function createSearch(db: Database, { home, log, ...options }: SearchOptions): Search {
  const store = createDocumentStore(db)
  const index = createSearchIndex(store, createSnapshotFile(home), log, {
    ...options,
    onChange: (id) => found.forget(id),
    onRebuild: () => found.forgetAll(),
  })
  const found: FoundDocuments = createFoundDocuments(store, index.position)

  function requireNoTransaction(): void {
    if (db.sql.isTransaction) throw new Error('search was called inside a transaction')
  }

  return {
    documents: store,
    async query(request, counters) {
      requireNoTransaction()
      return answerQuery({ index, store, found }, request, counters ?? (await db.counters()))
    },
    async threadIds(q, audience) {
      requireNoTransaction()
      return findThreadIds({ index, store }, { q, audience }, await db.counters())
    },

    freshness: async () => ({ changes: await store.position(), indexed: index.position() }),
    nearDuplicates(threadIds) {
      requireNoTransaction()
      return findNearDuplicates({ index, store }, threadIds)
    },
    async warm() {
      requireNoTransaction()
      await index.upToDate()
    },
    close: () => index.close(),
  }
}
