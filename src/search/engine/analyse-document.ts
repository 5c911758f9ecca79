import type { TermAnalyser } from '../../text/terms/terms.ts'
import { visitTokens } from '../../text/terms/tokens.ts'
import { addFrequency, LONGEST_FIELD } from './bm25f.ts'
import { FIELDS, type Field, type SearchDocument } from './document.ts'
import { createWordRow } from './operators/word-codes.ts'

interface AnalysedDocument {
  /** Term → packed frequencies. */
  readonly row: ReadonlyMap<string, number>
  /** Words a field, in the order of `FIELDS`. */
  readonly lengths: readonly number[]
  /** Its words in their order, those of the title first. */
  readonly words: readonly number[]
}

/** The title comes first: it is looked at apart. */
const IN_ORDER: readonly Field[] = ['title', 'issue', 'body', 'tags']

export function analyseDocument(analyser: TermAnalyser, document: SearchDocument): AnalysedDocument {
  const row = new Map<string, number>()
  const textsOf: Record<Field, readonly string[]> = {
    body: [document.body],
    title: [document.title],
    issue: document.issue === undefined ? [] : [document.issue],
    tags: document.tags,
  }
  const words = createWordRow()
  const lengths = FIELDS.map(() => 0)
  for (const field of IN_ORDER) {
    const f = FIELDS.indexOf(field)
    for (const text of textsOf[field]) {
      visitTokens(text, (word, start, end) => {
        const terms = analyser.terms(word, document.language)
        words.add(word, terms, start, end)
        if (terms.length > 0) lengths[f]!++
        for (const term of terms) row.set(term, addFrequency(row.get(term) ?? 0, f, 1))
      })
      words.end()
    }
  }
  return { row, lengths: lengths.map((length) => Math.min(length, LONGEST_FIELD)), words: words.codes }
}
