import type { Audience } from '../access/audience.ts'
import { systemClock } from '../platform/clock.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import { createTermAnalyser } from '../text/terms/terms.ts'
import { searchesInVain } from './abandonment/giving-up.ts'
import { countAbandonment, listAbandonedPages, listAbandonedQueries } from './abandonment/list-abandonment.ts'
import { answerQuery, findThreadIds, type SearchAnswer, type SearchRequest } from './answer-query.ts'
import { createDocumentStore, type DocumentStore } from './document-store.ts'
import type { DocumentKind } from './engine/document.ts'
import type { Hit } from './engine/top-hits.ts'
import { findNearDuplicates, type NearDuplicate, onceEach, rarity } from './find-near-duplicates.ts'
import { createFoundDocuments, type FoundDocuments } from './found-documents.ts'
import { type AskedWords, knownWords, threadsAsking, writeWords } from './log/asked-words.ts'
import { listQueries, type QueriesWanted, type QueryList } from './log/list-queries.ts'
import { createSearchLogStore, type SearchLogStore } from './log/search-log-store.ts'
import {
  createSearchRecorder,
  type NotedSearch,
  type Recording,
  type SearchRecorder,
} from './log/search-recorder.ts'
import {
  createSearchIndex,
  type SearchIndex,
  type SearchIndexOptions,
  type SearchLog,
} from './search-index.ts'
import { findSimilar, type SimilarDocument, type SimilarRequest } from './similar/find-similar.ts'
import { createSnapshotFile } from './snapshot-file.ts'
import { type Suggestion, type SuggestionRequest, suggest } from './suggest.ts'
import { createLiveTitles } from './suggesting/live-titles.ts'
import { createPopularQuestions } from './suggesting/popular-questions.ts'
import { type CurrentSynonyms, createCurrentSynonyms } from './synonyms/synonym-lists.ts'
import { createSynonymStore, type SynonymStore } from './synonyms/synonym-store.ts'

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
  /** What may be meant by what is typed so far, best of each kind first. Not for use inside a transaction. */
  suggest(request: SuggestionRequest, counters?: Counters): Promise<readonly Suggestion[]>
  /**
   * The ids of the threads that match best, at most a thousand. They are of the reader's audience when the index was
   * brought up to date; who shows threads by them filters them as any others. Not for use inside a transaction.
   *
   * @throws CodedError SEARCH_QUERY_EMPTY
   */
  threadIds(q: string, audience: Audience): Promise<string[]>
  /**
   * Articles and threads that may answer a post that is being written. Not for use inside a transaction.
   *
   * @throws CodedError SEARCH_QUERY_EMPTY
   */
  similar(request: SimilarRequest, counters?: Counters): Promise<readonly SimilarDocument[]>
  /** Threads that ask the same question as each of these. Not for use inside a transaction. */
  nearDuplicates(
    threadIds: readonly string[],
  ): AsyncIterable<{ readonly threadId: string; readonly found: readonly NearDuplicate[] }>
  /**
   * The documents of one kind and language that share most with a text, best first, among those of an audience when the
   * index was brought up to date; among all unless one is given. Who shows them filters them as any others. Not for use
   * inside a transaction.
   */
  alike(
    text: string,
    within: {
      readonly kind: DocumentKind
      readonly language: string
      readonly limit: number
      readonly audience?: Audience
    },
  ): Promise<readonly Hit[]>
  /** What stands for words, as knowledge managers say. */
  readonly synonyms: SearchSynonyms
  /** What was searched for, and what became of it. */
  readonly log: SearchLogStore
  /** What people asked, what they saw, and what they took. @throws CodedError SEARCH_CURSOR_INVALID */
  queries(wanted: QueriesWanted): Promise<QueryList>
  /** Records a search whose results were shown otherwise than they were found, a moment later. */
  noteSearch(search: NotedSearch): void
  readonly noteOpening: SearchRecorder['noteOpening']
  readonly noteQuestion: SearchRecorder['noteQuestion']
  readonly noteReading: SearchRecorder['noteReading']
  /** How many different searches a visit has asked without opening anything, this one among them. Not for use inside a transaction. */
  countInVain(search: {
    readonly visit: string
    readonly q: string
    readonly language: string
  }): Promise<number>
  /** Where visits seem to give up. @throws CodedError SEARCH_CURSOR_INVALID */
  readonly abandonment: SearchAbandonment
  /**
   * The ids of the threads whose question a search asks, best first, whoever may see them. Not for use inside a
   * transaction.
   */
  threadsAsking(search: AskedWords): Promise<readonly string[]>
  /**
   * How much it says that two texts share a term, as of now: the rarer it is among all documents, the more. The function
   * remembers each term that it was asked for.
   */
  termWeight(): Promise<(term: string) => number>
  /** How many changes of documents there were, and how many of them this process's index holds; it reads the rest before the next query. */
  freshness(): Promise<{ readonly changes: number; readonly indexed: number }>
  /** Loads the index before the first query. What is missing from it is read beside queries where it is much. */
  warm(): Promise<void>
  /** Writes a snapshot; call this before the database is closed. */
  close(): Promise<void>
}

/** The synonyms in force, and what it takes to try others. */
export interface SearchSynonyms extends CurrentSynonyms {
  readonly store: SynonymStore
  /** What a search works with. */
  readonly searching: {
    readonly index: SearchIndex
    readonly documents: DocumentStore
    readonly found: FoundDocuments
  }
}

export type SearchAbandonment = ReturnType<typeof createAbandonment>

function createAbandonment(deps: Parameters<typeof countAbandonment>[0]) {
  return bindUseCases(deps, {
    count: countAbandonment,
    pages: listAbandonedPages,
    queries: listAbandonedQueries,
  })
}

export interface SearchOptions extends SearchIndexOptions {
  /** Folder of the snapshot file. */
  readonly home: string
  readonly log: SearchLog
  /** Absent where searches are not recorded. */
  readonly recording?: Recording
  /** Whether documents are still to be written; never by default. */
  readonly isWriting?: () => Promise<boolean>
}

/** Words that are remembered with their terms, to compare documents with each other. */
const WORDS = 30_000

/** Search in one process: documents are in the database, the index is in this process's memory. */
export function createSearch(
  db: Database,
  { home, log, recording, isWriting, ...options }: SearchOptions,
): Search {
  const store = createDocumentStore(db)
  const titles = createLiveTitles(db, log)
  const index = createSearchIndex(store, createSnapshotFile(home), log, {
    ...options,
    onChange: (id, document) => {
      found.forget(id)
      titles.follow(id, document)
    },
    onRestore: titles.readUpTo,
    onRebuild: () => {
      found.forgetAll()
      titles.clear()
    },
  })
  const found: FoundDocuments = createFoundDocuments(store, index.position)

  const synonymStore = createSynonymStore(db)
  const synonyms = createCurrentSynonyms(db, synonymStore)
  const analyser = createTermAnalyser({ cachedWords: WORDS })
  const searchLog = createSearchLogStore(db)
  const recorder =
    recording &&
    createSearchRecorder({
      ...{ ...recording, store: searchLog, documents: store, log },
      engine: () => index.upToDate(),
    })
  const clock = recording?.clock ?? systemClock

  const popular = recording && createPopularQuestions({ ...recording, db, log })

  function requireNoTransaction(): void {
    if (db.sql.isTransaction) throw new Error('search was called inside a transaction')
  }

  return {
    documents: store,
    async query(request, counters) {
      requireNoTransaction()
      return answerQuery(
        { index, store, found, synonyms, isWriting, recorder },
        request,
        counters ?? (await db.counters()),
      )
    },
    async suggest(request, counters) {
      requireNoTransaction()
      return suggest(
        { index, store, found, synonyms, titles, analyser, popular },
        request,
        counters ?? (await db.counters()),
      )
    },
    async threadIds(q, audience) {
      requireNoTransaction()
      return findThreadIds({ index, store, synonyms }, { q, audience }, await db.counters())
    },
    async similar(request, counters) {
      requireNoTransaction()
      return findSimilar(
        { index, store, found, synonyms, analyser },
        request,
        counters ?? (await db.counters()),
      )
    },
    freshness: async () => ({ changes: await store.position(), indexed: index.position() }),
    nearDuplicates(threadIds) {
      requireNoTransaction()
      return findNearDuplicates({ index, store, analyser }, threadIds)
    },
    async alike(text, { kind, language, limit, audience = 'internal' }) {
      requireNoTransaction()
      const engine = await index.upToDate()
      const filter = { kinds: [kind], languages: [language] }
      return engine.query({ text, audience, language, filter, limit }).hits
    },
    synonyms: { ...synonyms, store: synonymStore, searching: { index, documents: store, found } },
    log: searchLog,
    queries: (wanted) => listQueries({ db, clock, store }, wanted),
    noteSearch: (search) => recorder?.note(search),
    noteOpening: (opening) => recorder?.noteOpening(opening),
    noteQuestion: (question) => recorder?.noteQuestion(question),
    noteReading: (reading) => recorder?.noteReading(reading),
    async countInVain({ visit, q, language }) {
      requireNoTransaction()
      const now = clock.now().toISOString()
      const terms = writeWords(knownWords(await index.upToDate(), q, language))
      const before = searchesInVain(await searchLog.signs.searchesOf(visit, now), now)
      return 1 + before.filter((each) => each.terms !== terms).length
    },
    abandonment: createAbandonment({ db, clock }),
    async threadsAsking(search) {
      requireNoTransaction()
      return threadsAsking(await index.upToDate(), search)
    },
    async termWeight() {
      requireNoTransaction()
      const engine = await index.upToDate()
      return onceEach((term) => rarity(engine, term))
    },
    async warm() {
      requireNoTransaction()
      await index.atHand()
    },
    async close() {
      await recorder?.close()
      await popular?.close()
      await titles.close()
      await index.close()
    },
  }
}
