import type { Audience } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableId } from '../../platform/ids.ts'
import {
  ASKED_AFTER_MS,
  MOST_A_DAY,
  MOST_A_VISIT,
  SEARCHES_IN_VAIN,
  type Sign,
  searchesInVain,
  type VisitSearch,
} from './giving-up.ts'

/** A search of a visit, as the log has it. */
export interface RecentSearch extends VisitSearch {
  readonly id: string
  readonly audience: Audience
  readonly language: string
  readonly terms: string
  readonly text: string
  /** Ids of what it showed. */
  readonly shown: readonly string[]
}

/** What a visitor did, without who they are. */
export interface VisitorAct {
  /** A random id that acts of one visit share. */
  readonly visit: string
  readonly audience: Audience
  /** ISO 8601, UTC. */
  readonly at: string
}

/** How often readers of an audience read a page. */
export interface PageReads {
  readonly documentId: string
  readonly audience: Audience
  readonly reads: number
}

interface SearchRow extends Pick<RecentSearch, 'id' | 'audience' | 'language' | 'terms' | 'text'> {
  readonly asked_at: string
  readonly opened_at: string | null
  readonly shown: string
}

interface SignRow {
  id: string
  day: string
  sign: Sign
  visit: string
  audience: Audience
  document_id: string
  language: string
  terms: string
  text: string
}

/** Searches of a visit that are looked back at. */
const RECENT = 20
/** Deleted at once: some milliseconds' work. */
const FORGOTTEN_AT_ONCE = 500

export type SignStore = ReturnType<typeof createSignStore>

/** Signs of giving up, by page and search, and how often pages are read. Call what writes from one writer at a time. */
export function createSignStore(db: Database, { mostADay = MOST_A_DAY } = {}) {
  const signs = () => db.sql<SignRow>('abandonment_signs')

  /** The latest searches of a visit up to a moment, the latest first. */
  async function searchesOf(visit: string, at: string): Promise<RecentSearch[]> {
    const opened = db.sql('search_openings as o').where('o.search_id', db.sql.ref('s.id')).max('o.opened_at')
    const rows: SearchRow[] = await db
      .sql('searches as s')
      .where('s.visit', visit)
      .where('s.asked_at', '<=', at)
      .orderBy([{ column: 's.asked_at', order: 'desc' }, 's.id'])
      .limit(RECENT)
      .select('s.id', 's.audience', 's.language', 's.terms', 's.text', 's.asked_at', 's.shown', {
        opened_at: opened,
      })
    return rows.map(({ asked_at, opened_at, shown, ...search }) => ({
      ...search,
      askedAt: asked_at,
      openedAt: opened_at ?? undefined,
      shown: JSON.parse(shown),
    }))
  }

  async function add(rows: readonly SignRow[]): Promise<void> {
    for (const row of rows) {
      const { id, day, visit } = row
      if ((await signs().where({ id }).first('id')) !== undefined) continue
      const [ofVisit] = await signs().where({ visit, day }).count<{ n: number | string }[]>({ n: '*' })
      const [ofDay] = await signs().where({ day }).count<{ n: number | string }[]>({ n: '*' })
      if (Number(ofVisit?.n) < MOST_A_VISIT && Number(ofDay?.n) < mostADay) await signs().insert(row)
    }
  }

  return {
    searchesOf,

    /** Notes the searches that a visit has asked in vain, once they are so many that it seems to give up. */
    async noteInVain(visit: string, at: string): Promise<void> {
      const inVain = searchesInVain(await searchesOf(visit, at), at)
      if (inVain.length < SEARCHES_IN_VAIN) return
      await add(
        inVain.map((search) =>
          toRow('searches', { visit, audience: search.audience, at: search.askedAt }, { search }),
        ),
      )
    },

    /** The visit opened something: what it had asked in vain until then was not in vain. */
    async takeBackInVain(visit: string, recent: readonly RecentSearch[], at: string): Promise<void> {
      const ids = searchesInVain(recent, at).map(
        (search) =>
          toRow('searches', { visit, audience: search.audience, at: search.askedAt }, { search }).id,
      )
      if (ids.length > 0) await signs().whereIn('id', ids).delete()
    },

    /** Notes a *no*, with the search that had shown the page; a *yes* takes it back. */
    async noteVote(
      act: VisitorAct,
      { documentId, solved, search }: Found & { readonly documentId: string; readonly solved: boolean },
    ): Promise<void> {
      const row = toRow('no', act, { documentId, search })
      if (solved) await signs().where({ id: row.id }).delete()
      else await add([row])
    },

    /** Notes a question that was sent after a page, or else after what the visit read or asked last. */
    async noteAsked(act: VisitorAct, documentId: string | undefined): Promise<void> {
      const recent = await searchesOf(act.visit, act.at)
      const since = new Date(Date.parse(act.at) - ASKED_AFTER_MS).toISOString()
      const read = documentId ?? (await lastOpened(act, since))
      const search =
        read === undefined
          ? recent.find(({ askedAt }) => askedAt >= since)
          : recent.find(({ shown }) => shown.includes(read))
      if (read !== undefined || search !== undefined)
        await add([toRow('asked', act, { documentId: read, search })])
    },

    async addReads(day: string, all: readonly PageReads[]): Promise<void> {
      // In one order, so that two processes never wait for each other.
      for (const { documentId, audience, reads } of [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)))
        await db
          .sql('page_reads')
          .insert({ document_id: documentId, day, audience, reads })
          .onConflict(['document_id', 'day', 'audience'])
          .merge({ reads: db.sql.raw('page_reads.reads + excluded.reads') })
    },

    /** Deletes what is of before a day, a part at a time. @returns whether any is left */
    async forgetBefore(day: string, signal?: AbortSignal): Promise<boolean> {
      for (;;) {
        signal?.throwIfAborted()
        const ids: string[] = await signs().where('day', '<', day).limit(FORGOTTEN_AT_ONCE).pluck('id')
        if (ids.length === 0) break
        await signs().where(db.among('id', ids)).delete()
      }
      // A day of pages at a time.
      for (;;) {
        signal?.throwIfAborted()
        const oldest: { day: string } | undefined = await db
          .sql('page_reads')
          .where('day', '<', day)
          .orderBy('day')
          .first('day')
        if (oldest === undefined) break
        await db.sql('page_reads').where({ day: oldest.day }).delete()
      }
      return (
        (await signs().first('day')) !== undefined || (await db.sql('page_reads').first('day')) !== undefined
      )
    },
  }

  async function lastOpened({ visit, at }: VisitorAct, since: string): Promise<string | undefined> {
    const last: { document_id: string } | undefined = await db
      .sql('search_openings as o')
      .join('searches as s', 's.id', 'o.search_id')
      .where('s.visit', visit)
      .whereBetween('o.opened_at', [since, at])
      .orderBy([{ column: 'o.opened_at', order: 'desc' }, 'o.document_id'])
      .first('o.document_id')
    return last?.document_id
  }
}

interface Found {
  readonly documentId?: string
  readonly search?: RecentSearch
}

/** One of a page is one a day, whatever led to the page; one of no page is one for each search. */
function toRow(sign: Sign, { visit, audience, at }: VisitorAct, { documentId = '', search }: Found): SignRow {
  const day = at.slice(0, 10)
  const { language = '', terms = '', text = '' } = search ?? {}
  const about = documentId === '' ? [language, terms] : [documentId]
  return {
    id: stableId('sign', day, visit, sign, ...about),
    day,
    sign,
    visit,
    audience,
    document_id: documentId,
    language,
    terms,
    text,
  }
}

function keyOf({ documentId, audience }: PageReads): string {
  return `${documentId} ${audience}`
}
