import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { defineErrors } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { findPersonalData, type IdentifierPattern } from '../../text/personal-data/find-personal-data.ts'

export const judgementErrors = defineErrors({
  JUDGED_SEARCH_EMPTY: [400, 'Enter what people search for: it has no word'],
  JUDGED_SEARCH_PERSONAL: [
    400,
    'What is searched for holds personal data ({kinds}). Judge a search without it.',
  ],
  JUDGED_SEARCHES_FULL: [409, 'There are {most} judged searches, which is the most. Remove some first.'],
  JUDGED_SEARCH_NOT_FOUND: [404, 'There is no judged search {id}'],
  JUDGED_DOCUMENT_NOT_FOUND: [404, 'There is no article or thread {id} that can be found'],
})

/** In which a search is asked; `und` where people chose none. */
export type JudgedLanguage = 'fr' | 'en' | 'und'

/** A search by which relevance is measured. */
export interface JudgedSearch {
  readonly id: string
  readonly text: string
  readonly language: JudgedLanguage
  readonly createdAt: string
  readonly by: string
}

/** What somebody said of a result. */
export interface Judgement {
  readonly documentId: string
  /** Whether the document answers the search. */
  readonly answers: boolean
  readonly by: string
  readonly at: string
}

interface SearchRow {
  id: string
  key: string
  text: string
  language: JudgedLanguage
  audience: Audience
  actor_id: string
  actor_name: string
  created_at: string
}

interface JudgementRow {
  search_id: string
  document_id: string
  answers: boolean | number
  actor_id: string
  actor_name: string
  judged_at: string
}

/** More would tell the mean no better than to a few hundredths, and each is asked anew. */
const MOST = 200

export type JudgementStore = ReturnType<typeof createJudgementStore>

/** Judged searches, each under the audience of whoever added it, and the judgements of their results. */
export function createJudgementStore(
  db: Database,
  clock: Clock,
  identifiers: readonly IdentifierPattern[] = [],
) {
  const searches = () => db.sql<SearchRow>('judged_searches')
  const judgements = () => db.sql<JudgementRow>('search_judgements')
  const seenBy = (reader: Audience) => searches().whereIn('audience', [...visibleTo(reader)])

  /** @throws CodedError JUDGED_SEARCH_NOT_FOUND */
  async function require(id: string, reader: Audience): Promise<JudgedSearch> {
    const row = await seenBy(reader).where({ id }).first()
    if (row === undefined) throw judgementErrors.JUDGED_SEARCH_NOT_FOUND({ id })
    return toSearch(row)
  }

  return {
    require,

    /** Those that the reader may see, the latest first. */
    async list(reader: Audience): Promise<JudgedSearch[]> {
      const rows = await seenBy(reader).orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      return rows.map(toSearch)
    },

    /**
     * Adds a search, or finds the one that asks the same in the same language.
     *
     * @throws CodedError JUDGED_SEARCH_EMPTY, JUDGED_SEARCH_PERSONAL, JUDGED_SEARCHES_FULL
     */
    async add(
      { text: given, language }: Pick<JudgedSearch, 'text' | 'language'>,
      actor: Actor,
    ): Promise<{ readonly search: JudgedSearch; readonly isNew: boolean }> {
      const text = given.normalize('NFC').replace(/\s+/gu, ' ').trim()
      if (!/[\p{L}\p{N}]/u.test(text)) throw judgementErrors.JUDGED_SEARCH_EMPTY()
      const kinds = new Set(findPersonalData(text, { identifiers }).map(({ kind }) => kind))
      if (kinds.size > 0) throw judgementErrors.JUDGED_SEARCH_PERSONAL({ kinds: [...kinds].join(', ') })
      const key = `${language} ${text.toLowerCase()}`
      return db.transaction(async () => {
        const { audience } = actor
        const known = await searches().where({ key, audience }).first()
        if (known !== undefined) return { search: toSearch(known), isNew: false }
        const row = {
          id: newId('jsr', clock.now()),
          key,
          text,
          language,
          audience,
          actor_id: actor.id,
          actor_name: actor.name,
          created_at: isoNow(clock),
        }
        const count = await searches().count({ count: '*' }).first()
        if (Number(count?.count) >= MOST) throw judgementErrors.JUDGED_SEARCHES_FULL({ most: MOST })
        await searches().insert(row).onConflict(['key', 'audience']).ignore()
        const stored = (await searches().where({ key, audience }).first())!
        return { search: toSearch(stored), isNew: stored.id === row.id }
      })
    },

    /** Removes a search with its judgements. @throws CodedError JUDGED_SEARCH_NOT_FOUND */
    async remove(id: string, reader: Audience): Promise<JudgedSearch> {
      const search = await require(id, reader)
      await judgements().where({ search_id: id }).delete()
      await searches().where({ id }).delete()
      return search
    },

    /** What was said of the results of these searches, by the searches' ids. */
    async of(ids: readonly string[]): Promise<Map<string, Judgement[]>> {
      const rows = await judgements().whereIn('search_id', ids).orderBy(['search_id', 'document_id'])
      const of = new Map<string, Judgement[]>(ids.map((id) => [id, []]))
      for (const row of rows) of.get(row.search_id)?.push(toJudgement(row))
      return of
    },

    /** Says whether a document answers a search, instead of what was said before. */
    async judge(searchId: string, documentId: string, answers: boolean, actor: Actor): Promise<void> {
      const row = {
        search_id: searchId,
        document_id: documentId,
        answers,
        actor_id: actor.id,
        actor_name: actor.name,
        judged_at: isoNow(clock),
      }
      await judgements().insert(row).onConflict(['search_id', 'document_id']).merge()
    },

    /** Takes a judgement back. @returns what it was */
    async takeBack(searchId: string, documentId: string): Promise<Judgement | undefined> {
      const given = judgements().where({ search_id: searchId, document_id: documentId })
      const row = await given.clone().first()
      await given.delete()
      return row === undefined ? undefined : toJudgement(row)
    },
  }
}

function toSearch({ id, text, language, created_at, actor_name }: SearchRow): JudgedSearch {
  return { id, text, language, createdAt: created_at, by: actor_name }
}

function toJudgement({ document_id, answers, actor_name, judged_at }: JudgementRow): Judgement {
  return { documentId: document_id, answers: Boolean(answers), by: actor_name, at: judged_at }
}
