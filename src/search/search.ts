import type { Database } from '../platform/database/database.ts'
import { answerQuery, type SearchAnswer, type SearchRequest } from './answer-query.ts'
import { createDocumentStore, type DocumentStore } from './document-store.ts'
import { findNearDuplicates, type NearDuplicate } from './find-near-duplicates.ts'
import { createSearchIndex, type SearchIndexOptions, type SearchLog } from './search-index.ts'
import { createSnapshotFile } from './snapshot-file.ts'

export interface Search {
  /** What can be found; changes take part in the transaction in progress. */
  readonly documents: Pick<DocumentStore, 'put' | 'remove' | 'exclusively' | 'categoriesOf'>
  /**
   * Answers from all that was committed, by any process, before the call. Not for use inside a transaction: what
   * that might still take back must not enter the index.
   *
   * @throws CodedError SEARCH_QUERY_EMPTY, SEARCH_CURSOR_INVALID
   */
  query(request: SearchRequest): Promise<SearchAnswer>
  /** Threads that ask the same question as each of these do; not for use inside a transaction either. */
  nearDuplicates(
    threadIds: readonly string[],
  ): AsyncIterable<{ readonly threadId: string; readonly found: readonly NearDuplicate[] }>
  /** Loads or builds the index, so that the first query need not wait for it. */
  warm(): Promise<void>
  /** Leaves a snapshot in `home`; call it before the database is closed. */
  close(): Promise<void>
}

export interface SearchOptions extends SearchIndexOptions {
  /** Folder of the snapshot. */
  readonly home: string
  readonly log: SearchLog
}

/** The search of one process: documents in the database, an index of its own in memory. */
export function createSearch(db: Database, { home, log, ...options }: SearchOptions): Search {
  const store = createDocumentStore(db)
  const index = createSearchIndex(store, createSnapshotFile(home), log, options)

  function requireNoTransaction(): void {
    if (db.sql.isTransaction) throw new Error('search was called inside a transaction')
  }

  return {
    documents: store,
    async query(request) {
      requireNoTransaction()
      return answerQuery({ index, store }, request)
    },
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
