import { setImmediate } from 'node:timers/promises'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { findPersonalData, type IdentifierPattern } from '../../text/personal-data/find-personal-data.ts'
import type { SearchLog } from '../search-index.ts'
import { sameWords } from './written-words.ts'

/** What many visits asked in the same words. */
export interface PopularQuestion {
  /** In lower case. */
  readonly text: string
  /** `und` where it is unknown. */
  readonly language: string
  /** Its words, folded. */
  readonly words: readonly string[]
  /** Ids of what it showed the last time. */
  readonly shown: readonly string[]
}

export interface PopularQuestions {
  /** Those that readers of an audience may know of, as of some minutes ago; what is asked most now first. */
  knownTo(reader: Audience): readonly PopularQuestion[]
  /** Waits for what is being read. */
  close(): Promise<void>
}

interface PopularDeps {
  readonly db: Database
  readonly clock: Clock
  readonly log: SearchLog
  readonly identifiers: readonly IdentifierPattern[]
  /** Days that searches are kept. */
  readonly keptDays: number
}

/** Fewer visits may be one person, or a few who know each other. */
const FEWEST_VISITS = 5
const MOST_QUESTIONS = 500
const READ_AGAIN_MS = 5 * 60_000
const DAY_MS = 86_400_000
/** Visits of these days count in full. */
const RECENT_DAYS = 14
/** Visits before them, beside one of them. */
const OLDER_WEIGHT = 0.25
/** Questions looked at between two yields to the event loop. */
const A_TURN = 20
/** Characters of a time in ISO 8601, which stands before what was shown. */
const TIME_LENGTH = 24

interface PopularRow {
  readonly language: string
  readonly text: string
  readonly last: string
}

/**
 * What was asked in the same words by at least five visits within the days that searches are kept, that found something, and
 * holds no personal data: of each reader those that readers of their own audience or a wider one asked. Read in the
 * background, so that nobody waits.
 */
export function createPopularQuestions(deps: PopularDeps): PopularQuestions {
  const { clock, log } = deps
  const kept = new Map<Audience, { readonly readAt: number; questions: readonly PopularQuestion[] }>()
  let reading = Promise.resolve()

  async function read(reader: Audience, into: { questions: readonly PopularQuestion[] }): Promise<void> {
    try {
      into.questions = await readPopular(deps, reader)
    } catch (error) {
      log.warn({ err: error }, 'popular questions were not read')
    }
  }

  return {
    knownTo(reader) {
      const now = clock.now().getTime()
      const last = kept.get(reader)
      if (last !== undefined && now - last.readAt < READ_AGAIN_MS) return last.questions
      const next = { readAt: now, questions: last?.questions ?? [] }
      kept.set(reader, next)
      reading = reading.then(() => read(reader, next))
      return next.questions
    },
    async close() {
      await reading
    },
  }
}

async function readPopular(
  { db, clock, identifiers, keptDays }: PopularDeps,
  reader: Audience,
): Promise<PopularQuestion[]> {
  const now = clock.now().getTime()
  const day = (ago: number) => new Date(now - ago * DAY_MS).toISOString().slice(0, 10)
  const recent = day(RECENT_DAYS)
  const weight = db.sql.raw(
    `count(distinct case when day >= ? then visit end) * ${1 - OLDER_WEIGHT} + count(distinct visit) * ${OLDER_WEIGHT}`,
    [recent],
  )
  const rows = await db.longRead<PopularRow>(
    db
      .sql('searches')
      .whereIn('audience', visibleTo(reader))
      .where('day', '>=', day(keptDays))
      .where('found', '>', 0)
      // Who says nothing of their visit may be one and the same.
      .whereNot('visit', '')
      .whereNot('text', 'like', '%…%')
      .groupBy('language', 'terms', db.sql.raw('lower(text)'))
      .havingRaw('count(distinct visit) >= ?', [FEWEST_VISITS])
      .select('language', {
        text: db.sql.raw('lower(text)'),
        last: db.sql.raw('max(asked_at || shown)'),
        weight,
      })
      .orderBy([{ column: 'weight', order: 'desc' }, 'language', 'text'])
      .limit(MOST_QUESTIONS),
  )
  const questions = new Map<string, PopularQuestion>()
  for (const [at, { language, text: found, last }] of rows.entries()) {
    if (at % A_TURN === A_TURN - 1) await setImmediate()
    // The database may know of no capitals but those without accents.
    const text = found.toLowerCase()
    const same = sameWords(text)
    if (same === '' || questions.has(same) || findPersonalData(text, { identifiers }).length > 0) continue
    const shown: string[] = JSON.parse(last.slice(TIME_LENGTH))
    questions.set(same, { text, language, words: same.split(' '), shown })
  }
  return [...questions.values()]
}
