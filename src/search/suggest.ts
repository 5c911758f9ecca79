import type { Audience } from '../access/audience.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { TermAnalyser } from '../text/terms/terms.ts'
import { visibleTo } from './answer-query.ts'
import type { DocumentStore } from './document-store.ts'
import type { SearchEngine } from './engine/create-search-engine.ts'
import type { DocumentKind } from './engine/document.ts'
import type { Synonyms } from './engine/synonyms/synonym-table.ts'
import type { FoundDocuments } from './found-documents.ts'
import { readableText } from './log/readable-text.ts'
import type { SearchIndex } from './search-index.ts'
import { completeWords } from './suggesting/complete-words.ts'
import type { LiveTitles } from './suggesting/live-titles.ts'
import type { PopularQuestion, PopularQuestions } from './suggesting/popular-questions.ts'
import type { TitledDocument, TitleReader, TitleView } from './suggesting/title-index.ts'
import { readTyped, type TypedText } from './suggesting/typed-text.ts'
import { sameWords } from './suggesting/written-words.ts'
import type { CurrentSynonyms } from './synonyms/synonym-lists.ts'

export const SUGGESTION_KINDS = ['completion', 'question', 'article', 'thread'] as const
type SuggestionKind = (typeof SUGGESTION_KINDS)[number]

export interface SuggestionRequest {
  /** What is typed so far: its last word may be unfinished. */
  readonly q: string
  readonly audience: Audience
  /** Only suggestions in this language, in which q is read too. */
  readonly language?: string
  /** Ten by default. */
  readonly limit?: number
}

/** What may be meant by what is typed: something to search for, or a document. */
export type Suggestion = SuggestedQuery | SuggestedDocument

interface SuggestedText {
  readonly text: string
  /** Where it agrees with what is typed, `[start, end)` in UTF-16 units. */
  readonly marks: [start: number, end: number][]
}

interface SuggestedQuery extends SuggestedText {
  readonly kind: 'completion' | 'question'
  readonly language?: string
}

interface SuggestedDocument extends SuggestedText {
  readonly kind: DocumentKind
  readonly language: string
  readonly id: string
}

interface SuggestDeps {
  readonly index: SearchIndex
  readonly store: DocumentStore
  readonly found: FoundDocuments
  readonly synonyms: CurrentSynonyms
  readonly titles: LiveTitles
  readonly analyser: TermAnalyser
  /** Absent where searches are not recorded. */
  readonly popular?: Pick<PopularQuestions, 'knownTo'>
}

const USUAL_LIMIT = 10
const MOST_OF: Readonly<Record<SuggestionKind, number>> = {
  completion: 3,
  question: 3,
  article: 5,
  thread: 5,
}
/** Of texts that are the same, the one that leads furthest stays; what is short is shared in this order. */
const PRECEDENCE: readonly SuggestionKind[] = ['article', 'completion', 'question', 'thread']
const DOCUMENTS: readonly DocumentKind[] = ['article', 'thread']

/**
 * Completions of what is typed, popular questions, and titles of articles and threads that fit it; none for nothing. Nothing
 * is recorded: what is typed is no search yet.
 *
 * @param counters read when the question had been asked
 */
export async function suggest(
  { index, store, found, synonyms, titles, analyser, popular }: SuggestDeps,
  request: SuggestionRequest,
  counters: Counters,
): Promise<readonly Suggestion[]> {
  const typed = readTyped(request.q)
  if (typed.text === '') return []
  const reader = await visibleTo(store, request.audience, counters)
  const { table } = await synonyms.current(counters)
  const { engine, behind } = await index.atHand(counters.search)
  const { audience, language, limit = USUAL_LIMIT } = request
  const asked = { engine, view: titles.view(reader), typed, reader, synonyms: table, language }
  const shared = { ...asked, analyser, limit }
  if (behind > 0) {
    // What the index knows may be for fewer readers by now: titles are read anew, and no word is told.
    const fitting = findTitles(asked, typed.text)
    const read = await store.visible(fitting.ids, audience)
    return gatherSuggestions({
      ...shared,
      ...fitting,
      completions: [],
      popular: [],
      documentOf: (id) => read.get(id),
    })
  }
  const suggested = findSuggested(asked)
  const missing = suggested.ids.filter((id) => !titles.has(id))
  // Only while titles are read after a start.
  const read = missing.length === 0 ? undefined : await found.visible(missing, audience)
  const view = titles.view(reader)
  return gatherSuggestions({
    ...shared,
    ...suggested,
    view,
    popular: popular?.knownTo(audience) ?? [],
    documentOf: (id) => view.find(id) ?? read?.get(id),
  })
}

interface Asked {
  readonly engine: SearchEngine
  readonly view: TitleView
  readonly typed: TypedText
  readonly reader: TitleReader
  readonly language?: string
  readonly synonyms?: Synonyms
}

/** What completes what is typed, and the articles and threads that fit it, best first; else those that fit what completes it. */
export function findSuggested(asked: Asked) {
  const completions = completeWords(asked.view.words(asked.language), asked.typed, MOST_OF.completion)
  const titles = findTitles(asked, asked.typed.text)
  const [first] = completions
  // A slip is forgiven in titles too.
  const isMistyped = titles.ids.length === 0 && first !== undefined
  return { completions, ...(isMistyped ? findTitles(asked, first.text) : titles) }
}

function findTitles({ engine, reader, language, synonyms }: Asked, text: string) {
  const { audience, visibleSources, without } = reader
  const languages = language === undefined ? undefined : [language]
  const results = engine.queryEach(
    { text, synonyms, audience, language, prefix: true, limit: MOST_OF.article },
    DOCUMENTS.map((kind) => ({
      kinds: [kind],
      languages,
      sources: kind === 'thread' ? visibleSources : undefined,
      without,
    })),
  )
  return {
    ids: results.flatMap(({ hits }) => hits.map(({ id }) => id)),
    analysis: results[0]?.analysis ?? { groups: [], readings: [] },
  }
}

/** What {@link suggest} answers, once all that it takes is at hand. */
export function gatherSuggestions({
  engine,
  view,
  analyser,
  popular,
  typed,
  completions,
  ids,
  analysis,
  reader: { audience },
  language,
  limit,
  documentOf,
}: Asked &
  ReturnType<typeof findSuggested> & {
    readonly analyser: TermAnalyser
    readonly popular: readonly PopularQuestion[]
    readonly limit: number
    /** A document of these ids that the reader may see now. */
    readonly documentOf: (id: string) => TitledDocument | undefined
  }): readonly Suggestion[] {
  const documents = ids.flatMap((id) => documentOf(id) ?? [])
  const seen = engine.seenBy(audience)
  const marksOf = (text: string, written: string) =>
    engine.marks(text, written, analysis).map(([start, end]): [number, number] => [start, end])
  const isKnown = (terms: readonly string[]) => terms.some(seen.knows)
  const mayBeKnown = (question: PopularQuestion) =>
    question.shown.some((id) => view.find(id) !== undefined) &&
    question.text === readableText(analyser, question.text, { ...question, isKnown })
  const questions = takeFirst(popular, MOST_OF.question, (question) => {
    const isInLanguage = language === undefined || [language, 'und'].includes(question.language)
    return isInLanguage && goesOn(question, typed) && mayBeKnown(question)
  })
  return shareOut(
    [
      ...completions.map(
        ({ text, typed: end }): Suggestion => ({
          kind: 'completion',
          text,
          marks: end === 0 ? [] : [[0, end]],
          language,
        }),
      ),
      ...questions.map(({ text, language: written }): Suggestion => {
        const known = written === 'und' ? undefined : written
        return { kind: 'question', text, marks: marksOf(text, written), language: known }
      }),
      ...documents.map(({ kind, title, language: written, id }): Suggestion => {
        return { kind, text: title, marks: marksOf(title, written), language: written, id }
      }),
    ],
    typed.text,
    limit,
  )
}

/**
 * At most so many suggestions in the order of their kinds, each text once; where there are more, each kind gets its share.
 *
 * @param typed what says no more than that is left out
 */
export function shareOut(
  suggestions: readonly Suggestion[],
  typed: string,
  limit: number,
): readonly Suggestion[] {
  const given = sameWords(typed)
  const told = new Set<string>()
  const waiting = new Map<SuggestionKind, Suggestion[]>()
  for (const kind of PRECEDENCE) {
    const isQuery = kind === 'completion' || kind === 'question'
    const some: Suggestion[] = []
    for (const each of suggestions) {
      if (each.kind !== kind) continue
      const same = sameWords(each.text)
      if (isQuery && same === given) continue
      // Two documents may share a title; a thread with an article's title is what that was made from.
      if (kind !== 'article' && told.has(same)) continue
      told.add(same)
      some.push(each)
    }
    waiting.set(kind, some)
  }
  const taken = new Set<Suggestion>()
  for (let round = 0; taken.size < limit && round < suggestions.length; round++)
    for (const kind of PRECEDENCE) {
      const next = waiting.get(kind)?.[round]
      if (next !== undefined && taken.size < limit) taken.add(next)
    }
  return SUGGESTION_KINDS.flatMap((kind) => (waiting.get(kind) ?? []).filter((each) => taken.has(each)))
}

/** Whether a question has all words that are typed, the last one at least in part. */
function goesOn({ words }: PopularQuestion, { words: typed, unfinished }: TypedText): boolean {
  return (
    typed.length > 0 &&
    typed.every((word, at) => {
      const isUnfinished = unfinished !== undefined && at === typed.length - 1
      return words.some((each) => (isUnfinished ? each.startsWith(word) : each === word))
    })
  )
}

function takeFirst<T>(all: readonly T[], limit: number, isWanted: (each: T) => boolean): T[] {
  const taken: T[] = []
  for (const each of all) {
    if (taken.length === limit) break
    if (isWanted(each)) taken.push(each)
  }
  return taken
}
