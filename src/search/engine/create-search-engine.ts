import {
  createSparseIndex,
  GONE,
  type SparseIndex,
  type SparseIndexOptions,
} from '../../text/sparse-index/sparse-index.ts'
import { createTermAnalyser, type TermAnalyser } from '../../text/terms/terms.ts'
import { analyseDocument } from './analyse-document.ts'
import { analyseQuery, type QueryAnalysis } from './analyse-query.ts'
import { type Bm25fParameters, DEFAULT_RANKING } from './bm25f.ts'
import { type Audience, openness, type SearchDocument } from './document.ts'
import { createDocumentTable, type DocumentTable } from './document-table.ts'
import { applyFilter, type SearchFilter } from './filter.ts'
import { createTextReader } from './read-text.ts'
import { createScorer, type Scorer } from './score-query.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { makeSnippet, type Snippet, type SnippetOptions } from './snippet.ts'
import { createTopHits, type Hit } from './top-hits.ts'

export interface SearchQuery {
  readonly text: string
  /** Who reads: nothing less open is found, counted, or felt in a score. */
  readonly audience: Audience
  /** Language the query is written in; unknown means both are tried. Not a filter. */
  readonly language?: string | undefined
  /** As-you-type: the last word may be unfinished. */
  readonly prefix?: boolean | undefined
  readonly filter?: SearchFilter | undefined
  /** Hits wanted (default 10), after leaving out the first `offset`. */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

export interface SearchResult {
  /** Documents that match any word, that the reader may see and the filter lets through. */
  readonly total: number
  /** Score descending, then id. */
  readonly hits: readonly Hit[]
  /** For `snippet`, once the hits' texts are loaded. */
  readonly analysis: QueryAnalysis
}

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
  query(query: SearchQuery): SearchResult
  /** The best passage of a hit's plain text; see {@link makeSnippet}. */
  snippet(text: string, language: string, analysis: QueryAnalysis, options?: SnippetOptions): Snippet
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
  let scorer: Scorer

  function hold(newIndex: SparseIndex, newTable: DocumentTable): void {
    index = newIndex
    table = newTable
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
    table.renumber(index.compact(), GONE)
  }

  function compactWhenWorthwhile(): void {
    if (index.documents - index.live > toleratedRemovals + index.live / 2) compact()
  }

  hold(createSparseIndex(options.index), createDocumentTable())
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
      compactWhenWorthwhile()
    },
    remove(id) {
      const removed = remove(id)
      if (removed) compactWhenWorthwhile()
      return removed
    },
    frequency: (term) => index.runs(term).reduce((sum, { from, to }) => sum + to - from, 0),
    has: (id) => table.numberOf(id) !== undefined,
    query({ text, audience, language, prefix, filter = {}, limit = 10, offset = 0 }) {
      const analysis = analyse(text, language, prefix)
      const floor = openness(audience)
      const { scores, matched, count } = scorer.score(analysis.groups, {
        openness: floor,
        collection: table.sizeFor(floor),
      })
      const total = applyFilter(table, filter, matched, count)
      const top = createTopHits(offset + limit)
      let threshold = top.threshold()
      for (let i = 0; i < total; i++) {
        const doc = matched[i]!
        const score = scores[doc]!
        if (score < threshold) continue
        top.push({ id: table.idOf(doc), score })
        threshold = top.threshold()
      }
      scorer.clear()
      return { total, hits: top.sorted().slice(offset), analysis }
    },
    snippet: (text, language, analysis, snippetOptions) =>
      makeSnippet(read, { text, language }, analysis, snippetOptions),
    snapshot() {
      compact()
      return writeSnapshot({ parts: index.parts(), table: table.state() })
    },
    restore(bytes) {
      const { parts, table: state } = readSnapshot(bytes)
      hold(createSparseIndex({ ...options.index, parts }), createDocumentTable(state))
    },
  }
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
