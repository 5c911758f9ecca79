import type { Audience } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { DocumentStore } from './document-store.ts'
import type { DocumentKind } from './engine/document.ts'
import type { FoundDocuments } from './found-documents.ts'
import type { SearchIndex } from './search-index.ts'
import type { CurrentSynonyms } from './synonyms/synonym-lists.ts'

export interface SuggestionRequest {
  /** What is typed so far: its last word may be unfinished. */
  readonly q: string
  readonly audience: Audience
  readonly language: string
  /** Of each kind; five by default. */
  readonly limit?: number
}

/** The title of a document that may be what is being typed. */
export interface Suggestion {
  readonly kind: DocumentKind
  readonly id: string
  readonly title: string
  readonly language: string
}

interface SuggestDeps {
  readonly index: SearchIndex
  readonly store: DocumentStore
  readonly found: FoundDocuments
  readonly synonyms: CurrentSynonyms
}

const USUAL_LIMIT = 5
/** Nobody types more before they choose. */
const LONGEST = 200
const NONE: ReadonlySet<string> = new Set()
const KINDS: readonly DocumentKind[] = ['article', 'thread']

/**
 * Titles of articles, then of threads, in one language that fit what is typed so far, best first; none for nothing. Nothing is
 * recorded: what is typed is no search yet.
 *
 * @param counters read when the question had been asked
 */
export async function suggestTitles(
  { index, store, found, synonyms }: SuggestDeps,
  { q, audience, language, limit = USUAL_LIMIT }: SuggestionRequest,
  counters: Counters,
): Promise<readonly Suggestion[]> {
  const text = q.slice(0, LONGEST)
  if (text.trim() === '') return []
  const sources = await store.sourcesVisibleTo(audience, counters)
  const without = audience === 'internal' ? NONE : await store.locked(counters)
  const { table } = await synonyms.current(counters)
  const { engine } = await index.atHand(counters.search)
  const ids = KINDS.flatMap((kind) => {
    const filter = {
      kinds: [kind],
      languages: [language],
      sources: kind === 'thread' ? sources : undefined,
      without,
    }
    return engine
      .query({ text, synonyms: table, audience, language, prefix: true, filter, limit })
      .hits.map(({ id }) => id)
  })
  const documents = await found.visible(ids, audience)
  return ids.flatMap((id) => {
    const document = documents.get(id)
    return document === undefined
      ? []
      : [{ id, kind: document.kind, title: document.title, language: document.language }]
  })
}
