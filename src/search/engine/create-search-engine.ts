import {
  createSparseIndex,
  GONE,
  type PostingRun,
  type SparseIndex,
  type SparseIndexOptions,
} from '../../text/sparse-index/sparse-index.ts'
import { createTermAnalyser, type TermAnalyser, type Terms } from '../../text/terms/terms.ts'
import { analyseDocument } from './analyse-document.ts'
import { analyseQuery, type QueryAnalysis, type QueryGroup } from './analyse-query.ts'
import { type Bm25fParameters, DEFAULT_RANKING, frequencyOf } from './bm25f.ts'
import { correctWords } from './corrections/correct-words.ts'
import { type Audience, FIELDS, type Field, openness, type SearchDocument } from './document.ts'
import { createDocumentTable, type DocumentTable } from './document-table.ts'
import { applyFilter, type SearchFilter } from './filter.ts'
import { createTextReader } from './read-text.ts'
import { createScorer, type Scorer, type SeenDocuments } from './score-query.ts'
import { createLetterStore, type LetterStore, type Letters } from './second-stage/letter-store.ts'
import { orderCandidates } from './second-stage/order-candidates.ts'
import { bestHits, countFrom, highest } from './select-hits.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { findMarks, makeSnippet, type Snippet, type SnippetOptions } from './snippet.ts'
import { expandQuery } from './synonyms/expand-query.ts'
import type { Synonyms } from './synonyms/synonym-table.ts'
import type { Hit } from './top-hits.ts'

export interface SearchQuery {
  /** What is asked for, as written or as {@link SearchEngine.words} reads it. */
  readonly text: string | readonly Terms[]
  /** Who reads: nothing less open is found, counted, or felt in a score. */
  readonly audience: Audience
  /** Language the query is written in; unknown means both are tried. Not a filter. */
  readonly language?: string | undefined
  /** As-you-type: the last word may be unfinished. */
  readonly prefix?: boolean | undefined
  /** What stands for the words asked for; nothing by default. */
  readonly synonyms?: Synonyms | undefined
  /** Whether words that no document holds are replaced by their neighbours. */
  readonly correct?: boolean | undefined
  /** Whether hits are only those that fit. */
  readonly fitting?: boolean | undefined
  readonly filter?: SearchFilter | undefined
  /** Hits wanted (default 10), after leaving out the first `offset`. */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export interface SearchResult {
  /** Documents that match any word, that the reader may see and the filter lets through. */
  readonly total: number
  /** Those among them that fit. */
  readonly fitting: number
  /** Score descending, then id. */
  readonly hits: readonly Hit[]
  /** For `snippet`, once the hits' texts are loaded. */
  readonly analysis: QueryAnalysis
  /** Of each group of the analysis: how much it says that a document holds it; of an unknown word, the most. */
  readonly weights: readonly number[]
}

/**
 * A document fits a query when it has this share of the best one's score. On stackfaq-en and piaf-fr that leaves 13
 * and 12 of the best fifty, and loses 0.001 of the mean reciprocal rank; half the score would lose 0.003.
 */
const FITTING_SHARE = 0.4

export interface SearchEngine {
  /** Documents that can be found. */
  readonly size: number
  /** Adds a document, or replaces the one with its id. The next query sees it. */
  put(document: SearchDocument): void
  /** True when the document was there. */
  remove(id: string): boolean
  has(id: string): boolean
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
  const analyse = rememberLast((text, language, prefix) => analyseQuery(analyser, text, { language, prefix }))
  const toleratedRemovals = options.toleratedRemovals ?? 1_000
  let index: SparseIndex
  let table: DocumentTable
  let letters: LetterStore
  let scorer: Scorer

  function hold(newIndex: SparseIndex, newTable: DocumentTable, newLetters: LetterStore): void {
    index = newIndex
    table = newTable
    letters = newLetters
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

  function analysisOf({ text, language, prefix, synonyms, correct, audience }: SearchQuery): QueryAnalysis {
    const asked =
      typeof text === 'string'
        ? analyse(text, language, prefix)
        : { groups: text.map((terms) => ({ terms })), readings: [] }
    const analysis = synonyms === undefined ? asked : expandQuery(asked, text, language, synonyms)
    if (correct !== true || typeof text !== 'string') return analysis
    const floor = openness(audience)
    return correctWords(analysis, {
      near: index.termsNear,
      frequency: (term) => scorer.frequency(term, floor),
      isKnown: (term) => scorer.isKnown(term, floor),
    })
  }

  function queryEach(
    query: Omit<SearchQuery, 'filter'>,
    filters: readonly SearchFilter[],
    among?: readonly SearchFilter[],
  ): readonly SearchResult[] {
    const { audience, limit = 10, offset = 0 } = query
    const analysis = analysisOf(query)
    const floor = openness(audience)
    const { scores, matched, count, weights } = scorer.score(analysis.groups, {
      openness: floor,
      collection: table.sizeFor(floor),
    })
    const best = (among ?? filters).map((filter) =>
      highest(scores, matched, applyFilter(table, filter, matched, count)),
    )
    const fittingFrom = FITTING_SHARE * Math.max(0, ...best)
    const results = filters.map((filter) => {
      const total = applyFilter(table, filter, matched, count)
      const least = query.fitting === true ? fittingFrom : 0
      const hits = bestHits(scores, matched, total, { limit: offset + limit, least, idOf: table.idOf })
      const fitting = countFrom(scores, matched, total, fittingFrom)
      return { total, fitting, hits: hits.slice(offset), analysis, weights }
    })
    scorer.clear()
    return results
  }

  hold(createSparseIndex(options.index), createDocumentTable(), createLetterStore())
  return {
    get size() {
      return index.live
    },
    put(document) {
      openness(document.audience) // Throws before anything has changed.
      const { row, lengths } = analyseDocument(analyser, document)
      remove(document.id)
      index.add(row)
      table.append(document, lengths)
      letters.append(document.title, [document.issue ?? '', document.body])
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
    words: (text, language) => analyse(text, language, false).groups.map(({ terms }) => terms),
    holds,
    holdsGroup: (id, { terms, corrections = [], synonyms = [] }) =>
      holds(id, [...terms, ...corrections.map(({ term }) => term)]) ||
      synonyms.some((words) => words.every((each) => holds(id, each))),
    has: (id) => table.numberOf(id) !== undefined,
    query: ({ filter = {}, ...query }) => queryEach(query, [filter])[0]!,
    queryEach,
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
      return writeSnapshot({ parts: index.parts(), table: table.state(), letters: letters.state() })
    },
    restore(bytes) {
      const { parts, table: state, letters: letterState } = readSnapshot(bytes)
      hold(
        createSparseIndex({ ...options.index, parts }),
        createDocumentTable(state),
        createLetterStore(letterState),
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

type Analyse = (text: string, language: string | undefined, prefix: boolean | undefined) => QueryAnalysis

/** One search asks the engine for articles and for threads by the same words. */
function rememberLast(analyse: Analyse): Analyse {
  let last: readonly [string, string | undefined, boolean | undefined, QueryAnalysis] | undefined
  return (text, language, prefix) => {
    if (last === undefined || last[0] !== text || last[1] !== language || last[2] !== prefix)
      last = [text, language, prefix, analyse(text, language, prefix)]
    return last[3]
  }
}
