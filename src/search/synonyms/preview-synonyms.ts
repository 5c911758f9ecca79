import { setImmediate } from 'node:timers/promises'
import type { Audience } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { createTermAnalyser, type Terms } from '../../text/terms/terms.ts'
import { visibleTo } from '../answer-query.ts'
import { type KnownTitle, readableTitles } from '../document-titles.ts'
import type { SearchEngine } from '../engine/create-search-engine.ts'
import { sequencesOf, termSequence } from '../engine/synonyms/expand-query.ts'
import {
  createSynonymTable,
  type ReadEntry,
  readEntry,
  type Synonyms,
} from '../engine/synonyms/synonym-table.ts'
import type { FoundDocuments } from '../found-documents.ts'
import {
  type MeasureDeps,
  type MeasuredSearch,
  measureJudged,
  type Relevance,
  relevanceOf,
} from '../judgements/measure-judged.ts'
import type { SearchLogStore } from '../log/search-log-store.ts'
import { rankDocuments } from '../rank-documents.ts'
import { readChange, resolveChange, type SynonymChange } from './save-synonyms.ts'
import type { CurrentSynonyms } from './synonym-lists.ts'
import type { SynonymStore } from './synonym-store.ts'
import { parseLine } from './synonym-text.ts'

export interface PreviewDeps extends MeasureDeps {
  readonly db: Database
  readonly clock: Clock
  readonly found: FoundDocuments
  readonly synonyms: CurrentSynonyms
  readonly searches: Pick<SearchLogStore, 'mostFrequentFailed'>
  readonly store: Pick<SynonymStore, 'current' | 'linesOf'>
}

/** Something that people asked: words that were searched for in vain, or the title of what they wrote. */
interface Question {
  readonly kind: 'search' | KnownTitle['kind']
  readonly text: string
  /** Where it is kept as terms. */
  readonly terms?: readonly Terms[]
  readonly language: string
}

export interface ChangedQuestion {
  readonly kind: Question['kind']
  readonly text: string
  readonly language: string
  readonly before: FirstResults
  readonly after: FirstResults
}

export interface FirstResults {
  /** Whether nothing fits. */
  readonly nothing: boolean
  readonly items: readonly KnownTitle[]
}

export interface SynonymPreview {
  readonly added: number
  readonly removed: number
  /** Questions that were gone through, those with a word of the change, and those of them that were asked. */
  readonly questions: number
  readonly touched: number
  readonly asked: number
  /** Those whose first results change, and some of them. */
  readonly changed: number
  readonly items: readonly ChangedQuestion[]
  /** How well search answers judged searches, as it is and as it would be. */
  readonly relevance: JudgedChange
}

interface JudgedChange {
  readonly before: Relevance
  readonly after: Relevance
  /** Searches whose first answer would stand higher, or lower. */
  readonly better: number
  readonly worse: number
}

const MOST_SEARCHES = 2_000
const MOST_TITLES = 5_000
const KEPT_DAYS = 30
const DAY_MS = 86_400_000
/** Questions that are asked before and after. */
const MOST_ASKED = 200
const MOST_SHOWN = 50
/** Results that people see without scrolling. */
const FIRST = 5
/** Questions or entries gone through between two yields to the event loop: a few milliseconds. */
const A_TURN = 50

/**
 * What a change of the synonyms would change: asks, as the reader would, what was searched for in vain in the last 30
 * days and what the titles of articles and threads ask, with the synonyms as they are and as they would be. Stores
 * nothing.
 *
 * @throws CodedError SYNONYM_… as saving the change would
 */
export async function previewSynonyms(
  deps: PreviewDeps,
  {
    change,
    reader,
    signal,
  }: { readonly change: SynonymChange; readonly reader: Audience; readonly signal: AbortSignal },
): Promise<SynonymPreview> {
  const read = await readChange(change)
  const counters = await deps.db.counters()
  const { table, version } = await deps.synonyms.current(counters)
  const lines = await deps.store.linesOf(version)
  const { add, remove } = resolveChange(lines, read)
  const gone = new Set(remove)
  const entries = {
    added: await readInTurns(add, signal),
    removed: await readInTurns(
      lines.filter(({ id }) => gone.has(id)).map(({ line }) => parseLine(line)),
      signal,
    ),
  }
  const after = table.changed(gone, entries.added)
  const words = createSynonymTable()
  for (const [at, entry] of [...entries.added, ...entries.removed].entries()) words.put(at, entry)

  const questions = await questionsOf(deps, reader, counters)
  const touched: Question[] = []
  for (const [at, question] of questions.entries()) {
    if (holdsWord(words, question)) touched.push(question)
    if (at % A_TURN === A_TURN - 1) await breathe(signal)
  }
  const seen = await visibleTo(deps.documents, reader, counters)
  const engine = await deps.index.upToDate(counters.search)
  const asked = touched.slice(0, MOST_ASKED)
  const changed: { question: Question; before: Ranked; after: Ranked }[] = []
  for (const question of asked) {
    const rank = (synonyms: Synonyms) => rankWith(engine, question, { ...seen, synonyms })
    const results = { before: rank(table), after: rank(after) }
    if (!isSame(results.before, results.after)) changed.push({ question, ...results })
    await breathe(signal)
  }
  const shown = changed.slice(0, MOST_SHOWN)
  const ids = new Set(shown.flatMap((each) => [...each.before.ids, ...each.after.ids]))
  const documents = await deps.found.visible([...ids], reader)
  const judged = { reader, signal }
  const relevance = changeOf(
    await measureJudged(deps, { ...judged, synonyms: table }, counters),
    await measureJudged(deps, { ...judged, synonyms: after }, counters),
  )
  const present = ({ fits, ids: all }: Ranked): FirstResults => ({
    nothing: !fits,
    items: all.flatMap((id) => documents.get(id) ?? []),
  })
  return {
    added: add.length,
    removed: remove.length,
    questions: questions.length,
    touched: touched.length,
    asked: asked.length,
    changed: changed.length,
    relevance,
    items: shown.map(({ question: { kind, text, language }, ...each }) => ({
      kind,
      text,
      language,
      before: present(each.before),
      after: present(each.after),
    })),
  }
}

function changeOf(before: readonly MeasuredSearch[], after: readonly MeasuredSearch[]): JudgedChange {
  const placeOf = ({ place = Number.POSITIVE_INFINITY }: MeasuredSearch) => place
  const pairs = before.map((each, at) => placeOf(each) - placeOf(after[at] ?? each))
  return {
    before: relevanceOf(before),
    after: relevanceOf(after),
    better: pairs.filter((gain) => gain > 0).length,
    worse: pairs.filter((gain) => gain < 0).length,
  }
}

interface Ranked {
  readonly fits: boolean
  readonly ids: readonly string[]
}

/** Nothing that fits is shown as the nearest that there are, so it has results as well. */
function rankWith(
  engine: SearchEngine,
  { text, terms, language, kind }: Question,
  seen: Awaited<ReturnType<typeof visibleTo>> & { readonly synonyms: Synonyms },
): Ranked {
  // A title is asked of both languages, as people do who have not chosen one.
  const asked = kind === 'search' && language !== 'und' ? language : undefined
  const { fits, hits } = rankDocuments(engine, {
    ...seen,
    text: terms ?? text,
    language: asked,
    limit: FIRST,
    offset: 0,
  })
  return { fits, ids: hits.map(({ id }) => id) }
}

function isSame(before: Ranked, after: Ranked): boolean {
  return before.fits === after.fits && before.ids.join() === after.ids.join()
}

/** What people asked, as far as the reader may know. Words that were searched for in vain are for the company alone. */
async function questionsOf(
  { db, clock, documents, searches: log }: PreviewDeps,
  reader: Audience,
  counters: Awaited<ReturnType<Database['counters']>>,
): Promise<Question[]> {
  const since = new Date(clock.now().getTime() - KEPT_DAYS * DAY_MS).toISOString().slice(0, 10)
  const searches = reader === 'internal' ? await log.mostFrequentFailed(since, MOST_SEARCHES) : []
  const titles = await readableTitles({ db, documents }, reader, MOST_TITLES, counters)
  return [
    ...searches.map(
      ({ language, text, words }): Question => ({
        kind: 'search',
        text,
        terms: words,
        language,
      }),
    ),
    ...titles.map(({ kind, title, language }): Question => ({ kind, text: title, language })),
  ]
}

function holdsWord(words: Synonyms, { text, terms, language }: Question): boolean {
  const sequences = terms === undefined ? sequencesOf(text) : [termSequence(terms, language)]
  return sequences.some(
    (each) =>
      words.find(
        each.map(({ stems }) => stems),
        ['fr', 'en'],
      ).length > 0,
  )
}

async function readInTurns(
  entries: readonly Parameters<typeof readEntry>[1][],
  signal: AbortSignal,
): Promise<ReadEntry[]> {
  const analyser = createTermAnalyser({ cachedWords: 10_000 })
  const read: ReadEntry[] = []
  for (const [at, entry] of entries.entries()) {
    read.push(readEntry(analyser, entry))
    if (at % A_TURN === A_TURN - 1) await breathe(signal)
  }
  return read
}

async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}
