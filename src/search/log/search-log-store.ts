import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableId } from '../../platform/ids.ts'
import { SAME_MATTER_MS } from '../abandonment/giving-up.ts'
import { createSignStore, type PageReads, type VisitorAct } from '../abandonment/sign-store.ts'
import { type AskedWords, readWords, writeWords } from './asked-words.ts'

/** A search as it is kept. */
export interface AskedSearch extends AskedWords {
  /** Its known words as they were written. */
  readonly text: string
  readonly audience: Audience
  readonly visit?: string
  readonly found: number
  readonly failed: boolean
  readonly shown: readonly string[]
  /** ISO 8601, UTC. */
  readonly at: string
  readonly count: number
}

/** That a visit opened a document which its search had shown, or what it said of it. */
export interface Opening extends VisitorAct {
  readonly documentId: string
  readonly solved?: boolean
}

/** That a visit asked a question, after a page where that is known. */
export interface Asked extends VisitorAct {
  readonly documentId?: string
}

/** How often the same words were asked for. */
export interface FailedSearch extends AskedWords {
  /** As somebody asked it, as far as documents have its words. */
  readonly text: string
  readonly count: number
}

/** Searches after which visits opened a document that solved their problem. */
export interface SolvingSearch {
  readonly language: string
  readonly text: string
  /** Visits: one counts once a day. */
  readonly visitors: number
  /** The last day. */
  readonly day: string
}

interface SearchRow {
  id: string
  day: string
  visit: string
  audience: Audience
  language: string
  terms: string
  text: string
  asked_at: string
  count: number
  failed: number
  found: number
  shown: string
  followed_by: string | null
}

/** Rows of a day: more would be a flood, or a community that twenty thousand rows already tell enough of. */
const MOST_A_DAY = 20_000
const CHUNK = 100
/** Deleted at once: some milliseconds' work. */
const FORGOTTEN_AT_ONCE = 500

export type SearchLogStore = ReturnType<typeof createSearchLogStore>

/** What was searched for, a row for each day, visit and words, and what was opened of it. */
export function createSearchLogStore(db: Database, { mostADay = MOST_A_DAY } = {}) {
  const rows = () => db.sql<SearchRow>('searches')
  const signs = createSignStore(db)

  async function addSearches(searches: readonly AskedSearch[]): Promise<void> {
    const given = new Map<string, Omit<SearchRow, 'followed_by'>>()
    for (const search of searches) {
      const row = toRow(search)
      const before = given.get(row.id)
      given.set(
        row.id,
        before === undefined
          ? row
          : {
              ...row,
              text: before.text,
              count: before.count + row.count,
              failed: before.failed + row.failed,
            },
      )
    }
    const ids = [...given.keys()]
    const known = new Set<string>(await rows().where(db.among('id', ids)).pluck('id'))
    const room = new Map<string, number>()
    for (const day of new Set([...given.values()].map((row) => row.day))) {
      const [held] = await rows().where({ day }).count<{ n: number | string }[]>({ n: '*' })
      room.set(day, mostADay - Number(held?.n))
    }
    const counted = [...given.values()].filter(({ id, day }) => {
      if (known.has(id)) return true
      const left = room.get(day) ?? 0
      room.set(day, left - 1)
      return left > 0
    })
    for (let from = 0; from < counted.length; from += CHUNK)
      await rows()
        .insert(counted.slice(from, from + CHUNK))
        .onConflict('id')
        .merge({
          count: db.sql.raw('searches.count + excluded.count'),
          failed: db.sql.raw('searches.failed + excluded.failed'),
          found: db.sql.raw('excluded.found'),
          shown: db.sql.raw('excluded.shown'),
          asked_at: db.sql.raw('excluded.asked_at'),
        })
    const added = counted.filter(({ id, visit }) => visit !== '' && !known.has(id))
    for (const row of added) await follow(row)
  }

  /** A search after which nothing was opened, and another one was asked, was put in other words. */
  async function follow({
    id,
    visit,
    asked_at,
  }: Pick<SearchRow, 'id' | 'visit' | 'asked_at'>): Promise<void> {
    const since = new Date(Date.parse(asked_at) - SAME_MATTER_MS).toISOString()
    const previous: { id: string } | undefined = await rows()
      .where({ visit })
      .whereNot({ id })
      .where('asked_at', '<', asked_at)
      .where('asked_at', '>=', since)
      .orderBy([{ column: 'asked_at', order: 'desc' }, 'id'])
      .first('id')
    if (previous === undefined) return
    const opened = db.sql('search_openings as o').where('o.search_id', previous.id).select(db.sql.raw('1'))
    await rows().where({ id: previous.id }).whereNotExists(opened).update({ followed_by: id })
  }

  /** @returns the documents of which it is now said otherwise whether they help */
  async function addOpening(opening: Opening): Promise<string | undefined> {
    const { visit, documentId, solved, at } = opening
    const recent = await signs.searchesOf(visit, at)
    const search = recent.find(({ shown }) => shown.includes(documentId))
    if (solved !== undefined) await signs.noteVote(opening, { documentId, solved, search })
    if (search === undefined) return undefined
    await signs.takeBackInVain(visit, recent, at)
    const row = { search_id: search.id, document_id: documentId, opened_at: at, solved: solved ?? null }
    const put = db.sql('search_openings').insert(row).onConflict(['search_id', 'document_id'])
    await put.merge(solved === undefined ? ['opened_at'] : ['opened_at', 'solved'])
    await rows().where({ id: search.id }).update({ followed_by: null })
    return solved === undefined ? undefined : documentId
  }

  return {
    /** Signs of giving up among them. */
    signs,

    /**
     * Counts searches, what was opened of them, and what looks like giving up. Once a day has its most rows, only searches
     * that it has are counted.
     *
     * @param onSolved called in the same transaction with the documents of which visitors said whether they helped
     */
    async add(
      {
        searches,
        openings = [],
        asked = [],
      }: {
        readonly searches: readonly AskedSearch[]
        readonly openings?: readonly Opening[]
        readonly asked?: readonly Asked[]
      },
      onSolved: (documentIds: readonly string[]) => Promise<void>,
    ): Promise<void> {
      await db.transaction(async () => {
        // Its writers, one after the other, count how many rows the day has.
        await db.sql('sequences').where({ name: 'searches' }).increment('value', 1)
        if (searches.length > 0) await addSearches(searches)
        const solved = new Set<string>()
        for (const opening of openings) {
          const documentId = await addOpening(opening)
          if (documentId !== undefined) solved.add(documentId)
        }
        for (const [visit, at] of new Map(searches.map((each) => [each.visit, each.at])))
          if (visit !== undefined) await signs.noteInVain(visit, at)
        for (const { documentId, ...act } of asked) await signs.noteAsked(act, documentId)
        if (solved.size > 0) await onSolved([...solved].sort())
      })
    },

    /** Counts how often pages were read on a day. */
    async addReads(day: string, reads: readonly PageReads[]): Promise<void> {
      await db.transaction(() => signs.addReads(day, reads))
    },

    /** What was asked for since a day and found no article, the most frequent first; single words are left out. */
    async mostFrequentFailed(since: string, limit: number): Promise<FailedSearch[]> {
      const found = await db.longRead<{
        language: string
        terms: string
        text: string
        count: number | string
      }>(
        db
          .sql('searches')
          .where('day', '>=', since)
          .where('failed', '>', 0)
          // A single word names a subject, not a question.
          .whereLike('terms', '% %')
          .groupBy('language', 'terms')
          .select('language', 'terms')
          .sum({ count: 'failed' })
          .max({ text: 'text' })
          .orderBy([{ column: 'count', order: 'desc' }, 'language', 'terms'])
          .limit(limit),
      )
      return found.map(({ language, terms, text, count }) => ({
        language,
        text,
        words: readWords(terms),
        count: Number(count),
      }))
    },

    /** The searches of readers of these audiences after which a document solved their problem, most visitors first. */
    async solvedBy(
      documentId: string,
      audiences: readonly Audience[],
      limit: number,
    ): Promise<SolvingSearch[]> {
      const found: { language: string; text: string; visitors: number | string; day: string }[] = await db
        .sql('search_openings as o')
        .join('searches as s', 's.id', 'o.search_id')
        .where('o.document_id', documentId)
        .where('o.solved', true)
        .whereNot('s.visit', '')
        .whereIn('s.audience', audiences)
        .groupBy('s.language', 's.terms')
        .select('s.language', {
          text: db.sql.raw('min(s.text)'),
          day: db.sql.raw('max(s.day)'),
          visitors: db.sql.raw('count(distinct s.visit)'),
        })
        .orderBy([{ column: 'visitors', order: 'desc' }, 'text'])
        .limit(limit)
      return found.map((row) => ({ ...row, visitors: Number(row.visitors) }))
    },

    /** Deletes what was asked for, read and given up before a day, a part at a time. @returns whether any is left */
    async forgetBefore(day: string, signal?: AbortSignal): Promise<boolean> {
      for (;;) {
        signal?.throwIfAborted()
        const ids: string[] = await rows().where('day', '<', day).limit(FORGOTTEN_AT_ONCE).pluck('id')
        if (ids.length === 0) break
        await db.transaction(async () => {
          await db.sql('search_openings').where(db.among('search_id', ids)).delete()
          await rows().where(db.among('id', ids)).delete()
        })
      }
      const hasSigns = await signs.forgetBefore(day, signal)
      return hasSigns || (await rows().first('day')) !== undefined
    },
  }
}

/** The searches since a day that a reader may know of, as `s`: those that readers of their own audience or a wider one asked. */
export function readableSearches(db: Database, reader: Audience, since: string): Knex.QueryBuilder {
  return db.sql('searches as s').whereIn('s.audience', visibleTo(reader)).where('s.day', '>=', since)
}

function toRow({
  words,
  language,
  audience,
  visit = '',
  ...search
}: AskedSearch): Omit<SearchRow, 'followed_by'> {
  const day = search.at.slice(0, 10)
  const terms = writeWords(words)
  return {
    id: stableId('srch', day, visit, audience, language, terms),
    day,
    visit,
    audience,
    language,
    terms,
    text: search.text,
    asked_at: search.at,
    count: search.count,
    failed: search.failed ? search.count : 0,
    found: search.found,
    shown: JSON.stringify(search.shown),
  }
}
