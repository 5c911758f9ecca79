import { fold } from '../text/terms/fold.ts'
import { visitTokens } from '../text/terms/tokens.ts'
import type { StoredDocument } from './document-store.ts'
import type { QueryAnalysis } from './engine/analyse-query.ts'
import type { SearchEngine } from './engine/create-search-engine.ts'

type Text = Pick<StoredDocument, 'title' | 'issue' | 'body' | 'language'>

/** Hits that may show how a word is written. */
const MOST_HITS = 3

/**
 * A query with its misspelt words as the first hits write them; undefined when it has none, or they hold none of what
 * those were taken for. The words come from texts that the reader may see.
 */
export function correctedQuery(
  engine: Pick<SearchEngine, 'marks'>,
  query: string,
  { groups, readings }: QueryAnalysis,
  hits: readonly Text[],
): string | undefined {
  const written = new Map<string, string>()
  for (const group of groups) {
    if (group.word === undefined || group.corrections === undefined) continue
    const found = writtenAs(engine, { groups: [{ ...group, terms: [], synonyms: [] }], readings }, hits)
    if (found !== undefined) written.set(group.word, found)
  }
  if (written.size === 0) return undefined
  let corrected = ''
  let done = 0
  visitTokens(query, (word, start, end) => {
    const found = written.get(fold(word))
    if (found === undefined || start < done) return
    corrected += query.slice(done, start) + found
    done = end
  })
  return corrected + query.slice(done)
}

/** The first word of the hits that one of the corrections stands for. */
function writtenAs(
  engine: Pick<SearchEngine, 'marks'>,
  analysis: QueryAnalysis,
  hits: readonly Text[],
): string | undefined {
  for (const { title, issue, body, language } of hits.slice(0, MOST_HITS))
    for (const text of [title, issue, body]) {
      const [mark] = engine.marks(text, language, analysis)
      if (mark !== undefined) return text.slice(...mark).toLowerCase()
    }
  return undefined
}
