import { fold } from '../../../text/terms/fold.ts'
import { type StemLanguage, stem } from '../../../text/terms/stems.ts'

/** The stem of a word in each language in which it may be read. */
export type BothStems = Readonly<Record<StemLanguage, string>>

const MOST_REMEMBERED = 20_000
const known = new Map<string, BothStems>()

/** Stems a word in both languages; stemming takes microseconds, and the words of queries and entries repeat. */
export function stemsOf(word: string): BothStems {
  const folded = fold(word)
  const remembered = known.get(folded)
  if (remembered !== undefined) return remembered
  const stems = { fr: stem(folded, 'fr'), en: stem(folded, 'en') }
  if (known.size >= MOST_REMEMBERED) known.clear()
  // A copy of its own: a word that is cut out of a text keeps the text.
  known.set(` ${folded}`.slice(1), stems)
  return stems
}
