import {
  createSparseIndex,
  GONE,
  type PostingRun,
  type SparseIndex,
  type SparseIndexOptions,
} from '../../text/sparse-index/sparse-index.ts'
import { createTermAnalyser, type TermAnalyser, type Terms } from '../../text/terms/terms.ts'
import { analyseDocument } from './analyse-document.ts'
import type { QueryAnalysis, QueryGroup } from './analyse-query.ts'
import { type Bm25fParameters, DEFAULT_RANKING, frequencyOf } from './bm25f.ts'
import { type Audience, FIELDS, type Field, openness, type SearchDocument } from './document.ts'
import { type About, createDocumentTable, type DocumentTable, type NameColumn } from './document-table.ts'
import type { SearchFilter } from './filter.ts'
import { createWordStore, type WordStore } from './operators/word-store.ts'
import { createTextReader } from './read-text.ts'
import { createQueryRunner, type SearchQuery, type SearchResult } from './run-query.ts'
import { createScorer, type Scorer, type SeenDocuments } from './score-query.ts'
import { createLetterStore, type LetterStore, type Letters } from './second-stage/letter-store.ts'
import { orderCandidates } from './second-stage/order-candidates.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { findMarks, makeSnippet, type Snippet, type SnippetOptions } from './snippet.ts'
import type { Hit } from './top-hits.ts'

export type { SearchQuery, SearchResult } from './run-query.ts'

export interface SearchEngine {
  /** Documents that can be found. */
  readonly size: number
  /** Adds a document, or replaces the one with its id. The next query sees it. */
  put(document: SearchDocument): void
  /** True when the document was there. */
  remove(id: string): boolean
  has(id: string): boolean
  /** What a document is, beside what it says; undefined where it is not there. */
  about(id: string): (About & { readonly id: string }) | undefined
  /** Documents that hold a term, in any field; those removed lately may count too. */
  frequency(term: string): number
  /** The documents that a reader may see. */
  seenBy(audience: Audience): SeenDocuments
  /** The words of a question with the terms that each is found by, as `query` reads them. */
  words(text: string, language?: string): readonly Terms[]
  /** Whether a document holds one of the terms in one of the fields. */
  holds(id: string, terms: Terms, fields?: readonly Field[]): boolean
  /** Whether it holds a word of a query, or what stands for that. */
  holdsGroup(id: string, group: QueryGroup): boolean
  query(query: SearchQuery): SearchResult
  /**
   * As `query` does, through each of the filters: the documents are scored once.
   *
   * @param among what is compared with the best of its documents to say what fits; the filters by default
   */
  queryEach(
    query: Omit<SearchQuery, 'filter'>,
    filters: readonly SearchFilter[],
    among?: readonly SearchFilter[],
  ): readonly SearchResult[]
  /**
   * How many documents that fit have each name of a column, through any of the filters, of which none lets through what
   * another does.
   */
  countEach(
    query: Omit<SearchQuery, 'filter'>,
    wanted: readonly Counting[],
    among: readonly SearchFilter[],
  ): readonly ReadonlyMap<string, number>[]
  /** The second stage: orders candidates of a query, which are documents of the engine, by all signals. */
  order(text: string, candidates: readonly Hit[]): Hit[]
  /** The beginning of a document in letters, as the second stage compares it. */
  letters(id: string): Letters | undefined
  /** The best passage of a hit's plain text; see {@link makeSnippet}. */
  snippet(text: string, language: string, analysis: QueryAnalysis, options?: SnippetOptions): Snippet
  /** Where a title matches: `[start, end)` in UTF-16 units of the title as it is. */
  marks(title: string, language: string, analysis: QueryAnalysis): Snippet['marks']
  /** Compacts the index and returns all of it; `restore` gives an engine with identical answers. */
  snapshot(): Uint8Array
  /**
   * Replaces what the engine holds. It keeps and reads `bytes`: do not write to them.
   * On SEARCH_SNAPSHOT_INCOMPATIBLE or SEARCH_SNAPSHOT_CORRUPT it is left as it was.
   */
  restore(bytes: Uint8Array): void
}

/** A column whose names are counted, and among what. */
export interface Counting {
  readonly column: NameColumn
  readonly filters: readonly SearchFilter[]
}

export interface SearchEngineOptions {
  readonly ranking?: Bm25fParameters
  readonly analyser?: TermAnalyser
  readonly index?: Pick<SparseIndexOptions, 'sealAt' | 'fanOut'>
  /** Removed documents that are put up with, beside half as many as there are live ones (default 1,000). */
  readonly toleratedRemovals?: number
}

/** An in-memory search engine: BM25F over a sparse index. Synchronous, without I/O, clock or randomness. */
export function createSearchEngine(options: SearchEngineOptions = {}): SearchEngine {
  const ranking = options.ranking ?? DEFAULT_RANKING
  const analyser = options.analyser ?? createTermAnalyser()
  const read = createTextReader(analyser)
  const toleratedRemovals = options.toleratedRemovals ?? 1_000
  let index: SparseIndex
  let table: DocumentTable
  let letters: LetterStore
  let words: WordStore
  let scorer: Scorer
  const { analyse, queryEach, countEach } = createQueryRunner(() => ({
    analyser,
    index,
    table,
    words,
    scorer,
  }))

  function hold(
    newIndex: SparseIndex,
    newTable: DocumentTable,
    newLetters: LetterStore,
    newWords: WordStore,
  ): void {
    index = newIndex
    table = newTable
    letters = newLetters
    words = newWords
    scorer = createScorer(index, () => newTable.columns, ranking)
  }

  function remove(id: string): boolean {
    const doc = table.numberOf(id)
    if (doc === undefined) return false
    index.remove(doc)
    table.remove(doc)
    return true
  }

  function compact(): void {
    const renumbered = index.compact()
    table.renumber(renumbered, GONE)
    letters.renumber(renumbered, GONE)
    words.renumber(renumbered, GONE)
  }

  function compactWhenWorthwhile(): void {
    if (index.documents - index.live > toleratedRemovals + index.live / 2) compact()
  }

  function holds(id: string, terms: Terms, fields: readonly Field[] = FIELDS): boolean {
    const doc = table.numberOf(id)
    if (doc === undefined) return false
    const packed = terms.map((term) => frequenciesIn(index.runs(term), doc))
    return fields.some((field) => packed.some((each) => frequencyOf(each, FIELDS.indexOf(field)) > 0))
  }

  function lettersOf(id: string): Letters | undefined {
    const doc = table.numberOf(id)
    return doc === undefined ? undefined : letters.of(doc)
  }

  hold(createSparseIndex(options.index), createDocumentTable(), createLetterStore(), createWordStore())
  return {
    get size() {
      return index.live
    },
    put(document) {
      openness(document.audience) // Throws before anything has changed.
      const { row, lengths, words: codes } = analyseDocument(analyser, document)
      remove(document.id)
      index.add(row)
      table.append(document, lengths)
      letters.append(document.title, [document.issue ?? '', document.body])
      words.append(codes)
      compactWhenWorthwhile()
    },
    remove(id) {
      const removed = remove(id)
      if (removed) compactWhenWorthwhile()
      return removed
    },
    frequency: (term) => index.runs(term).reduce((sum, { from, to }) => sum + to - from, 0),
    seenBy(audience) {
      const floor = openness(audience)
      return {
        size: table.sizeFor(floor).documents,
        frequency: (term) => scorer.frequency(term, floor),
        knows: (term) => scorer.isKnown(term, floor),
      }
    },
    words: (text, language) => analyse({ text, language }).groups.map(({ terms }) => terms),
    holds,
    holdsGroup: (id, { terms, corrections = [], synonyms = [] }) =>
      holds(id, [...terms, ...corrections.map(({ term }) => term)]) ||
      synonyms.some((words) => words.every((each) => holds(id, each))),
    has: (id) => table.numberOf(id) !== undefined,
    about(id) {
      const doc = table.numberOf(id)
      return doc === undefined ? undefined : { id, ...table.aboutOf(doc) }
    },
    query: ({ filter = {}, ...query }) => queryEach(query, [filter])[0]!,
    queryEach,
    countEach,
    order: (text, candidates) =>
      orderCandidates(
        text,
        candidates.flatMap((hit) => {
          const found = lettersOf(hit.id)
          return found === undefined ? [] : [{ ...hit, letters: found }]
        }),
      ),
    letters: lettersOf,
    snippet: (text, language, analysis, snippetOptions) =>
      makeSnippet(read, { text, language }, analysis, snippetOptions),
    marks: (text, language, analysis) => findMarks(read, { text, language }, analysis),
    snapshot() {
      compact()
      const [parts, tableState, letterState] = [index.parts(), table.state(), letters.state()]
      return writeSnapshot({ parts, table: tableState, letters: letterState, words: words.state() })
    },
    restore(bytes) {
      const { parts, table: state, letters: letterState, words: wordState } = readSnapshot(bytes)
      hold(
        createSparseIndex({ ...options.index, parts }),
        createDocumentTable(state),
        createLetterStore(letterState),
        createWordStore(wordState),
      )
    },
  }
}

/** A document's packed frequencies in the postings of one term; 0 where it is in none. */
function frequenciesIn(runs: readonly PostingRun[], doc: number): number {
  for (const { docs, payloads, from, to } of runs) {
    let low = from
    let high = to
    while (low < high) {
      const middle = (low + high) >>> 1
      if (docs[middle]! < doc) low = middle + 1
      else high = middle
    }
    if (low < to && docs[low] === doc) return payloads[low]!
  }
  return 0
}
