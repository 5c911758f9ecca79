import { setImmediate } from 'node:timers/promises'
import { createTermAnalyser, type TermAnalyser } from '../text/tokens-to-terms.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import type { SearchEngine } from './engine/index.ts'
import { likenessOf, readQuestion } from './question-likeness.ts'
import type { SearchIndex } from './search-index.ts'

export interface NearDuplicate {
  readonly threadId: string
  /** In [0, 1]. */
  readonly likeness: number
}

/** Candidates that the index proposes; the same question is among the first, or is not worded alike. */
const CANDIDATES = 20
/** Letters of a question's text that help to find candidates; a query reads some sixty words. */
const QUERY_TEXT = 400

/** What is looked up, and where. */
interface NearDuplicateDeps {
  readonly index: SearchIndex
  readonly store: Pick<DocumentStore, 'visible'>
}

/**
 * Threads that ask the same question, in the same language, as each of these: proposed by the search index, judged by
 * the cosine of their questions with the index's own document frequencies. Threads that search does not hold have none.
 */
export async function* findNearDuplicates(
  { index, store }: NearDuplicateDeps,
  threadIds: readonly string[],
): AsyncGenerator<{ readonly threadId: string; readonly found: readonly NearDuplicate[] }> {
  const analyser = createTermAnalyser()
  for (const threadId of threadIds) {
    await setImmediate()
    const engine = await index.upToDate()
    const own = (await store.visible([threadId], 'internal')).get(threadId)
    const found = own === undefined ? [] : await duplicatesOf(engine, store, analyser, own)
    yield { threadId, found }
  }
}

async function duplicatesOf(
  engine: SearchEngine,
  store: Pick<DocumentStore, 'visible'>,
  analyser: TermAnalyser,
  own: StoredDocument,
): Promise<NearDuplicate[]> {
  const { hits } = engine.query({
    text: `${own.title} ${own.issue.slice(0, QUERY_TEXT)}`,
    audience: 'internal',
    language: own.language,
    filter: { kinds: ['thread'], languages: [own.language] },
    limit: CANDIDATES + 1,
  })
  const ids = hits.map(({ id }) => id).filter((id) => id !== own.id)
  const candidates = await store.visible(ids, 'internal')
  const weightOf = (term: string) => Math.log(1 + engine.size / (1 + engine.frequency(term)))
  const terms = termsOf(analyser, own)
  const found: NearDuplicate[] = []
  for (const [threadId, candidate] of candidates) {
    const likeness = likenessOf(terms, termsOf(analyser, candidate), weightOf)
    if (likeness !== undefined) found.push({ threadId, likeness })
  }
  return found.sort((a, b) => b.likeness - a.likeness || (a.threadId < b.threadId ? -1 : 1))
}

function termsOf(analyser: TermAnalyser, { title, issue, language }: StoredDocument) {
  return readQuestion(analyser, { title, text: issue, language })
}
