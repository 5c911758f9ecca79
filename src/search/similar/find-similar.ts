import type { Audience } from '../../access/audience.ts'
import type { Counters } from '../../platform/database/change-counters.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import type { TermAnalyser } from '../../text/terms/terms.ts'
import { searchErrors, visibleTo } from '../answer-query.ts'
import type { DocumentStore, StoredDocument } from '../document-store.ts'
import type { DocumentKind } from '../engine/document.ts'
import { areTitlesApart, likenessOf, onceEach, rarity, readQuestion } from '../find-near-duplicates.ts'
import { fitOf } from '../fit.ts'
import type { FoundDocuments } from '../found-documents.ts'
import type { SearchIndex } from '../search-index.ts'
import type { CurrentSynonyms } from '../synonyms/synonym-lists.ts'

/** A post that is being written. */
export interface SimilarRequest {
  readonly title: string
  /** Markdown, as far as it is written. */
  readonly text?: string
  /** Documents of any language where it is `und`. */
  readonly language: string
  /** The reader's audience. What it may not see is neither found, nor part of any measure. */
  readonly audience: Audience
  /** Of each kind; five by default. */
  readonly limit?: number
  /** The thread that the post is of: it is not like itself. */
  readonly except?: string
}

/**
 * How sure it is that a document answers the post: it asks the same question, it answers the title in more than one of
 * two cases, or it is about the same matter.
 */
export const SURENESS = ['same', 'likely', 'related'] as const
export type Sureness = (typeof SURENESS)[number]

export interface SimilarDocument {
  readonly kind: DocumentKind
  readonly id: string
  readonly title: string
  readonly language: string
  readonly sureness: Sureness
  readonly updatedAt: string
  readonly category?: string
  readonly source?: string
}

interface SimilarDeps {
  readonly index: SearchIndex
  readonly store: DocumentStore
  readonly found: FoundDocuments
  readonly synonyms: CurrentSynonyms
  readonly analyser: TermAnalyser
}

const USUAL_LIMIT = 5
/** Documents that are compared, of each kind; the same question is among the first, or is worded differently. */
const COMPARED = 20
/** Characters of the text that find documents: a query reads some sixty words. */
const QUERY_TEXT = 400
/**
 * From this fit on, every second document or more answers the question: on stackfaq-en and piaf-fr alike, some 55 % of
 * those from 1.3 to 1.5 and 90 % of those above 1.7; below 1, one in ten.
 */
const LIKELY = 1.3
/** Of the best hit's score: below, a document shares some words with the post and no more. */
const RELATED_FROM = 0.4
const KINDS: readonly DocumentKind[] = ['article', 'thread']

/**
 * Articles and threads that may answer a post which is being written, in its language: the surest first, then as search
 * orders them. Nothing is recorded.
 *
 * @param counters read when the question had been asked
 * @throws CodedError SEARCH_QUERY_EMPTY
 */
export async function findSimilar(
  { index, store, found, synonyms, analyser }: SimilarDeps,
  { title, text = '', language, audience, limit = USUAL_LIMIT, except }: SimilarRequest,
  counters: Counters,
): Promise<SimilarDocument[]> {
  if (title.trim() === '') throw searchErrors.SEARCH_QUERY_EMPTY()
  const { visibleSources, without } = await visibleTo(store, audience, counters)
  const { engine } = await index.atHand(counters.search)
  const { table } = await synonyms.current(counters)
  const plain = plainText(text)
  const query = { text: `${title} ${plain.slice(0, QUERY_TEXT)}`, synonyms: table, audience, language }
  const results = engine.queryEach(
    { ...query, limit: COMPARED + 1 },
    KINDS.map((kind) => ({
      kinds: [kind],
      languages: language === 'und' ? undefined : [language],
      sources: kind === 'thread' ? visibleSources : undefined,
      without,
    })),
  )
  const others = results.map(({ hits }) => hits.filter(({ id }) => id !== except))
  const best = Math.max(0, ...others.map(([first]) => first?.score ?? 0))
  const documents = await found.visible(
    others.flat().map(({ id }) => id),
    audience,
  )
  const own = readQuestion(analyser, { title, text: plain, language })
  const weightOf = onceEach((term) => rarity(engine.seenBy(audience), term))
  const asTitle = engine.query({ text: title, synonyms: table, audience, language, correct: true, limit: 1 })
  const isSame = ({ title, issue, language }: StoredDocument) =>
    !areTitlesApart(own, readQuestion(analyser, { title, text: '', language })) &&
    likenessOf(own, readQuestion(analyser, { title, text: issue, language }), weightOf) !== undefined
  const surenessOf = (document: StoredDocument): Sureness => {
    if (isSame(document)) return 'same'
    return fitOf(engine, document.id, title, asTitle) >= LIKELY ? 'likely' : 'related'
  }
  return others.flatMap((hits) => {
    const near = hits.filter(({ score }) => score >= RELATED_FROM * best)
    const judged = near.flatMap(({ id }) => {
      const document = documents.get(id)
      return document === undefined ? [] : [{ document, sureness: surenessOf(document) }]
    })
    return SURENESS.flatMap((sureness) => judged.filter((each) => each.sureness === sureness))
      .slice(0, limit)
      .map(({ document, sureness }): SimilarDocument => {
        const { kind, id, updatedAt, category, source } = document
        return {
          kind,
          id,
          title: document.title,
          language: document.language,
          sureness,
          updatedAt,
          category,
          source,
        }
      })
  })
}
