import type { SparseIndex } from '../../text/sparse-index/sparse-index.ts'
import type { TermAnalyser, Terms } from '../../text/terms/terms.ts'
import { analyseQuery, type QueryAnalysis } from './analyse-query.ts'
import { correctWords } from './corrections/correct-words.ts'
import type { Counting, SearchEngine } from './create-search-engine.ts'
import { type Audience, openness } from './document.ts'
import type { DocumentTable } from './document-table.ts'
import { applyFilter, type SearchFilter } from './filter.ts'
import { keepHolding, keepWithout } from './operators/apply-conditions.ts'
import type { Conditions, Literal } from './operators/read-query.ts'
import type { WordStore } from './operators/word-store.ts'
import type { Scorer } from './score-query.ts'
import { bestHits, countFrom, highest } from './select-hits.ts'
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
  /** What the operators of the query ask for; `text` is then without them. */
  readonly literal?: readonly Literal[] | undefined
  readonly conditions?: Conditions | undefined
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

/** What an engine holds. */
interface Holdings {
  readonly analyser: TermAnalyser
  readonly index: SparseIndex
  readonly table: DocumentTable
  readonly words: WordStore
  readonly scorer: Scorer
}

type Unfiltered = Omit<SearchQuery, 'filter'>

/** Answers queries from what an engine holds at the time. */
export function createQueryRunner(holdings: () => Holdings): Pick<SearchEngine, 'queryEach' | 'countEach'> & {
  analyse(asked: Asked): QueryAnalysis
} {
  const analyse = rememberLast(({ text, language, prefix, literal }) =>
    analyseQuery(holdings().analyser, text, { language, prefix, literal }),
  )

  function analysisOf({
    text,
    language,
    prefix,
    synonyms,
    correct,
    audience,
    literal,
  }: Unfiltered): QueryAnalysis {
    const { scorer, index } = holdings()
    const asked =
      typeof text === 'string'
        ? analyse({ text, language, prefix, literal })
        : { groups: text.map((terms) => ({ terms })), readings: [] }
    const replaceable = typeof text === 'string' ? withoutLiteral(text, literal) : text
    const analysis = synonyms === undefined ? asked : expandQuery(asked, replaceable, language, synonyms)
    if (correct !== true || typeof text !== 'string') return analysis
    const floor = openness(audience)
    return correctWords(analysis, {
      near: index.termsNear,
      frequency: (term) => scorer.frequency(term, floor),
      isKnown: (term) => scorer.isKnown(term, floor),
    })
  }

  /**
   * Scores what the reader may see, and hands on those documents that the conditions let through, with the score from
   * which on one fits. What the query excludes takes no part in what fits, but was compared with.
   */
  function withScored<T>(
    query: Unfiltered,
    among: readonly SearchFilter[],
    use: (scored: {
      readonly analysis: QueryAnalysis
      readonly weights: readonly number[]
      readonly scores: Float64Array
      readonly docs: Uint32Array
      readonly count: number
      readonly fittingFrom: number
    }) => T,
  ): T {
    const held = holdings()
    const { table, scorer } = held
    const analysis = analysisOf(query)
    const floor = openness(query.audience)
    const collection = table.sizeFor(floor)
    const {
      scores,
      matched,
      count: all,
      weights,
    } = scorer.score(analysis.groups, { openness: floor, collection })
    try {
      const { conditions } = query
      const holding = conditions === undefined ? all : keepHolding(held, conditions, matched, all)
      const best = among.map((filter) =>
        highest(scores, matched, applyFilter(table, filter, matched, holding)),
      )
      const count = conditions === undefined ? holding : keepWithout(held, conditions, matched, holding)
      const fittingFrom = FITTING_SHARE * Math.max(0, ...best)
      return use({ analysis, weights, scores, docs: matched, count, fittingFrom })
    } finally {
      scorer.clear()
    }
  }

  return {
    analyse,
    queryEach(query, filters, among = filters) {
      const { table } = holdings()
      const { limit = 10, offset = 0 } = query
      return withScored(query, among, ({ analysis, weights, scores, docs, count, fittingFrom }) =>
        filters.map((filter) => {
          const total = applyFilter(table, filter, docs, count)
          const least = query.fitting === true ? fittingFrom : 0
          const hits = bestHits(scores, docs, total, { limit: offset + limit, least, idOf: table.idOf })
          const fitting = countFrom(scores, docs, total, fittingFrom)
          return { total, fitting, hits: hits.slice(offset), analysis, weights }
        }),
      )
    },
    countEach(query, wanted, among) {
      const { table } = holdings()
      return withScored(query, among, ({ scores, docs, count, fittingFrom }) =>
        wanted.map(({ column, filters }) =>
          countNames(table, column, filters, { scores, docs, count, fittingFrom }),
        ),
      )
    },
  }
}

function countNames(
  table: DocumentTable,
  column: Counting['column'],
  filters: readonly SearchFilter[],
  {
    scores,
    docs,
    count,
    fittingFrom,
  }: {
    readonly scores: Float64Array
    readonly docs: Uint32Array
    readonly count: number
    readonly fittingFrom: number
  },
): ReadonlyMap<string, number> {
  const names = table.names[column].all()
  const codes = table.columns[column]
  const counts = new Uint32Array(names.length)
  for (const filter of filters) {
    const total = applyFilter(table, filter, docs, count)
    for (let i = 0; i < total; i++) {
      const doc = docs[i]!
      if (scores[doc]! >= fittingFrom) counts[codes[doc]!]!++
    }
  }
  return new Map(
    names.flatMap((name, code) => (name === '' || counts[code] === 0 ? [] : [[name, counts[code]!]])),
  )
}

/** A text with blanks where it is meant as it is written. */
function withoutLiteral(text: string, literal: readonly Literal[] = []): string {
  let rest = text
  for (const { start, end } of literal)
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end)
  return rest
}

interface Asked extends Pick<SearchQuery, 'language' | 'prefix' | 'literal'> {
  readonly text: string
}

/** One search asks the engine for articles and for threads by the same words. */
function rememberLast(analyse: (asked: Asked) => QueryAnalysis): (asked: Asked) => QueryAnalysis {
  let last: { readonly asked: Asked; readonly analysis: QueryAnalysis } | undefined
  return (asked) => {
    const isSame = (['text', 'language', 'prefix', 'literal'] as const).every(
      (each) => last?.asked[each] === asked[each],
    )
    if (last === undefined || !isSame) last = { asked, analysis: analyse(asked) }
    return last.analysis
  }
}
