import { setImmediate } from 'node:timers/promises'
import type { Audience } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import { type JobHandler, singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { detectLanguage } from '../../text/language/detect-language.ts'
import { findPersonalData, type IdentifierPattern } from '../../text/personal-data/find-personal-data.ts'
import { createTermAnalyser, stemLanguage, type TermAnalyser } from '../../text/terms/terms.ts'
import type { PageReads } from '../abandonment/sign-store.ts'
import type { DocumentStore } from '../document-store.ts'
import type { SearchEngine } from '../engine/create-search-engine.ts'
import { readQuery } from '../engine/operators/read-query.ts'
import type { SearchLog as ProcessLog } from '../search-index.ts'
import { isKnown, knownWords } from './asked-words.ts'
import { readableText } from './readable-text.ts'
import type { Asked, AskedSearch, Opening, SearchLogStore } from './search-log-store.ts'

/** What recording searches needs beside search itself. */
export interface Recording {
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly outbox: Outbox
  readonly identifiers: readonly IdentifierPattern[]
  /** Days that searches are kept. */
  readonly keptDays: number
}

interface RecorderDeps extends Recording {
  readonly store: SearchLogStore
  readonly documents: Pick<DocumentStore, 'visible'>
  readonly engine: () => Promise<SearchEngine>
  readonly log: ProcessLog
}

/** A search as it was asked, until its words are stored. */
export interface NotedSearch {
  readonly q: string
  readonly language?: string
  /** Of whoever asked. */
  readonly audience: Audience
  /** A random id that searches of one visit share, and that says nothing else of who asks; absent where nobody keeps one. */
  readonly visit?: string
  /** Documents that fit; 0 where none does. */
  readonly found: number
  /** Whether no article was found. */
  readonly failed: boolean
  /** Ids of the first results that were shown, best first. */
  readonly shown: readonly string[]
}

/** What became of a document that a search had shown. */
export interface NotedOpening {
  readonly visit: string
  /** Of the visitor. */
  readonly audience: Audience
  readonly documentId: string
  /** Whether the visitor said that it solved their problem; absent where it was merely opened. */
  readonly solved?: boolean
}

/** That a visitor sent a question. */
export interface NotedQuestion {
  readonly visit: string
  /** Of the visitor. */
  readonly audience: Audience
  /** What they had read before; left out where it is no document that they may see. */
  readonly documentId?: string
}

export interface SearchRecorder {
  /** Records a search, a moment later. */
  note(search: NotedSearch): void
  /** Records that what a search of the same visit had shown was opened, or whether it helped, a moment later. */
  noteOpening(opening: NotedOpening): void
  /** Records that a visitor asked a question, a moment later. */
  noteQuestion(question: NotedQuestion): void
  /** Counts that somebody of an audience read a page, a moment later. */
  noteReading(reading: Omit<PageReads, 'reads'>): void
  /** Stores what was noted. */
  close(): Promise<void>
}

type Noted = { readonly at: string } & (
  | { readonly search: NotedSearch; count: number }
  | { readonly opening: NotedOpening }
  | { readonly question: NotedQuestion }
)

const FORGET_JOB = 'search.forget-searches'
const GATHER_MS = 1_000
/** What gathers: in a flood, what comes beyond is left out. */
const MOST_WAITING = 1_000
/** Pages whose readings gather. */
const MOST_READ = 10_000
/** Results of a search that are kept: as many as the help centre shows on a page. */
const MOST_SHOWN = 20
/** Whatever else is asked for as a language may be anything. */
const LANGUAGE = /^[a-z]{2,3}$/
const DAY_MS = 86_400_000

/** Stores what was searched for, apart from the answers, which neither wait for it nor fail with it. */
export function createSearchRecorder(deps: RecorderDeps): SearchRecorder {
  const { store, documents, engine, clock, jobs, outbox, log } = deps
  const analyser = createTermAnalyser({ cachedWords: 5_000 })
  let waiting: Noted[] = []
  let readings = new Map<
    string,
    { readonly documentId: string; readonly audience: Audience; reads: number }
  >()
  /** Searches that wait, by what was asked: the same one, asked again, is one row. */
  let known = new Map<string, { count: number }>()
  let timer: NodeJS.Timeout | undefined
  let storing = Promise.resolve()

  async function record(noted: readonly Noted[], reads: readonly PageReads[]): Promise<void> {
    try {
      if (reads.length > 0) await store.addReads(clock.now().toISOString().slice(0, 10), reads)
      const searches = await toSearches(await engine(), analyser, noted, deps.identifiers)
      const openings = noted.flatMap((each): Opening[] =>
        'opening' in each ? [{ ...each.opening, at: each.at }] : [],
      )
      const asked = await toAsked(documents, noted)
      if (searches.length + openings.length + asked.length > 0)
        await store.add({ searches, openings, asked }, async (documentIds) =>
          outbox.append({ type: 'searches.solved', documentIds }),
        )
      else if (reads.length === 0) return
      await jobs.enqueue(singleJob(FORGET_JOB, {}, new Date(clock.now().getTime() + DAY_MS)))
    } catch (error) {
      log.warn({ err: error }, 'searches were not recorded')
    }
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const noted = waiting
    const reads = [...readings.values()]
    waiting = []
    readings = new Map()
    known = new Map()
    if (noted.length + reads.length > 0) storing = storing.then(() => record(noted, reads))
  }

  function gather(each: Noted): void {
    if (waiting.length < MOST_WAITING) waiting.push(each)
    timer ??= setTimeout(flush, GATHER_MS).unref()
  }

  return {
    note(search) {
      const { q, language, visit, audience, failed } = search
      const key = JSON.stringify([q, language, visit, audience, failed])
      const before = known.get(key)
      if (before !== undefined) {
        before.count++
        return
      }
      const each = { search, count: 1, at: clock.now().toISOString() }
      known.set(key, each)
      gather(each)
    },
    noteOpening(opening) {
      gather({ opening, at: clock.now().toISOString() })
    },
    noteQuestion(question) {
      gather({ question, at: clock.now().toISOString() })
    },
    noteReading({ documentId, audience }) {
      const key = `${documentId} ${audience}`
      const before = readings.get(key)
      if (before !== undefined) before.reads++
      else if (readings.size < MOST_READ) readings.set(key, { documentId, audience, reads: 1 })
      timer ??= setTimeout(flush, GATHER_MS).unref()
    },
    async close() {
      flush()
      await storing
    },
  }
}

/** Deletes searches that were kept long enough, each day while there are any. */
export function forgetJob({
  store,
  clock,
  jobs,
  keptDays,
}: Pick<RecorderDeps, 'store' | 'clock' | 'jobs' | 'keptDays'>): JobHandler {
  return {
    type: FORGET_JOB,
    bulk: true,
    async perform(_, signal) {
      const now = clock.now().getTime()
      const before = new Date(now - keptDays * DAY_MS).toISOString().slice(0, 10)
      if (await store.forgetBefore(before, signal))
        await jobs.enqueue(singleJob(FORGET_JOB, {}, new Date(now + DAY_MS)))
    },
  }
}

/** The searches as they are kept, without those that hold personal data or no known word. */
async function toSearches(
  engine: SearchEngine,
  analyser: TermAnalyser,
  noted: readonly Noted[],
  identifiers: readonly IdentifierPattern[],
): Promise<AskedSearch[]> {
  const searches: AskedSearch[] = []
  for (const each of noted) {
    if (!('search' in each)) continue
    await setImmediate()
    const { q, language: stated, visit, audience, found, failed, shown } = each.search
    if (findPersonalData(q, { identifiers }).length > 0) continue
    // What somebody excludes or filters by is not what they look for.
    const { text: asked } = readQuery(q)
    const language = stated ?? languageOf(asked)
    if (!LANGUAGE.test(language)) continue
    const words = knownWords(engine, asked, language)
    if (words.length === 0) continue
    const text = readableText(analyser, asked, { language, isKnown: (terms) => isKnown(engine, terms) })
    searches.push({
      language,
      words,
      text,
      visit,
      audience,
      found,
      failed,
      shown: shown.slice(0, MOST_SHOWN),
      at: each.at,
      count: each.count,
    })
  }
  return searches
}

/** The questions as they are kept: what was read before only if the visitor could read it. */
async function toAsked(documents: Pick<DocumentStore, 'visible'>, noted: readonly Noted[]): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const each of noted) {
    if (!('question' in each)) continue
    const { visit, audience, documentId } = each.question
    const seen = documentId === undefined ? undefined : await documents.visible([documentId], audience)
    asked.push({ visit, audience, at: each.at, documentId: seen?.has(documentId!) ? documentId : undefined })
  }
  return asked
}

/** Of so few words, only French and English are told reliably. */
function languageOf(q: string): string {
  const detected = detectLanguage(q)
  return stemLanguage(detected) === undefined ? 'und' : detected
}
