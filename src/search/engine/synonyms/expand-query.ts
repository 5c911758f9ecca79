import { fold } from '../../../text/terms/fold.ts'
import type { StemLanguage } from '../../../text/terms/stems.ts'
import type { Terms } from '../../../text/terms/terms.ts'
import type { QueryAnalysis, QueryGroup } from '../analyse-query.ts'
import { stemsOf } from './stems-of.ts'
import type { Stems, Synonym, Synonyms } from './synonym-table.ts'
import { outerWords, partsOf } from './word-sequences.ts'

/** A word of a query, in its order. */
export interface SequenceWord {
  readonly stems: Stems
  /** Folded, as groups have it; absent where the query is given as terms. */
  readonly word?: string
  /** Where the query is given as terms: the group that it is. */
  readonly group?: number
}

/** Words that stand for one: more would be a search for something else. */
const MOST_SYNONYMS = 32
const MOST_WORDS = 64
const LONGEST_QUERY = 4_000

/**
 * A query with what stands for its words, one step far. A word of the table is known, whether or not any document holds
 * it, so that it is not corrected.
 *
 * @param text as the query gives it: as written, or as terms
 */
export function expandQuery(
  analysis: QueryAnalysis,
  text: string | readonly Terms[],
  language: string | undefined,
  synonyms: Synonyms,
): QueryAnalysis {
  if (synonyms.size === 0) return analysis
  const sequences = typeof text === 'string' ? sequencesOf(text) : [termSequence(text, language)]
  const readings: readonly StemLanguage[] = analysis.readings.length > 0 ? analysis.readings : ['fr', 'en']
  const added = new Map<number, Synonym[]>()
  const apart: QueryGroup[] = []
  for (const sequence of sequences) {
    const stems = sequence.map((each) => each.stems)
    for (const { from, to, synonyms: found } of synonyms.find(stems, readings)) {
      const groups = sequence.slice(from, to).flatMap((each) => groupOf(analysis, each) ?? [])
      for (const group of new Set(groups)) added.set(group, [...(added.get(group) ?? []), ...found])
      // A phrase of nothing but stop words, of which no group is left.
      if (groups.length === 0 && to - from > 1 && found.length > 0)
        apart.push({ terms: [], synonyms: distinct(found, []) })
    }
  }
  if (added.size === 0 && apart.length === 0) return analysis
  const groups = analysis.groups.map((group, at): QueryGroup => {
    const found = added.get(at)
    return found === undefined ? group : { ...group, synonyms: distinct(found, group.terms) }
  })
  return { ...analysis, groups: [...groups, ...apart.slice(0, 1)] }
}

/** The words of a query as they are looked up: compounds as one, and as their parts where it has any. */
export function sequencesOf(text: string): SequenceWord[][] {
  const asked = text.slice(0, LONGEST_QUERY)
  const outer = outerWords(asked)
  const parts = partsOf(asked)
  const isSame = outer.length === parts.length && outer.every((word, at) => word === parts[at])
  return (isSame ? [outer] : [outer, parts]).map((words) =>
    words.slice(0, MOST_WORDS).map((each) => ({ word: fold(each), stems: stemsOf(each) })),
  )
}

/** The words of a query that is given as terms: of an unknown language, those in French and in English. */
export function termSequence(words: readonly Terms[], language: string | undefined): SequenceWord[] {
  return words.map(([first, second = first], group) => {
    if (language === 'fr' || language === 'en') return { group, stems: { [language]: first } }
    return { group, stems: first === undefined || second === undefined ? {} : { fr: first, en: second } }
  })
}

function groupOf({ groups }: QueryAnalysis, { word, group }: SequenceWord): number | undefined {
  if (word === undefined) return group
  const at = groups.findIndex((each) => (each.word ?? each.unfinished?.prefix) === word)
  return at < 0 ? undefined : at
}

/** Each once, without those that are the word itself. */
function distinct(synonyms: readonly Synonym[], own: Terms): Synonym[] {
  const byKey = new Map(synonyms.map((each) => [each.map((terms) => terms.join('/')).join(' '), each]))
  return [...byKey.values()]
    .filter((words) => words.length > 1 || !words[0]!.every((term) => own.includes(term)))
    .slice(0, MOST_SYNONYMS)
}
