import type { TermAnalyser } from '../../text/terms/terms.ts'
import { addFrequency, LONGEST_FIELD } from './bm25f.ts'
import { FIELDS, type Field, type SearchDocument } from './document.ts'

interface AnalysedDocument {
  /** Term → packed frequencies. */
  readonly row: ReadonlyMap<string, number>
  /** Words a field, in the order of `FIELDS`. */
  readonly lengths: readonly number[]
}

export function analyseDocument(analyser: TermAnalyser, document: SearchDocument): AnalysedDocument {
  const row = new Map<string, number>()
  const textsOf: Record<Field, readonly string[]> = {
    body: [document.body],
    title: [document.title],
    issue: document.issue === undefined ? [] : [document.issue],
    tags: document.tags,
  }
  const lengths = FIELDS.map((field, f) => {
    let words = 0
    for (const text of textsOf[field]) {
      analyser.visit(text, document.language, (terms) => {
        words++
        for (const term of terms) row.set(term, addFrequency(row.get(term) ?? 0, f, 1))
      })
    }
    return Math.min(words, LONGEST_FIELD)
  })
  return { row, lengths }
}
