import type { TermCounts } from '../../../search/find-near-duplicates.ts'
import { plainText } from '../../../text/markdown/plain-text.ts'
import type { TermAnalyser } from '../../../text/terms/terms.ts'
import type { TermWeight } from './types.ts'

export type { TermCounts }

/** Characters of a Markdown text whose terms are read. */
const MOST_READ = 8000

/** The terms of Markdown texts, each counted as often as its text weighs. */
export function termsOf(
  analyser: TermAnalyser,
  language: string,
  ...texts: readonly (readonly [markdown: string, weight: number])[]
): TermCounts {
  const counts = new Map<string, number>()
  for (const [markdown, weight] of texts)
    analyser.visit(plainText(markdown.slice(0, MOST_READ)), language, (terms) => {
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight)
    })
  return counts
}

/** What a term of one text in some 90 weighs by `ln(1 + n / (1 + df))`. */
const MOST_WEIGHT = 4.5

/** Term weights that are the same in a small community and a large one, where words of a single text weigh too much. */
export function bounded(termWeight: TermWeight): TermWeight {
  return (term) => Math.min(MOST_WEIGHT, termWeight(term))
}
