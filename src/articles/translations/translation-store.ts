import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Confidence } from '../article.ts'
import { type Reader, readableArticles } from '../readable-articles.ts'
import type { PassageState, TranslatedPassage, TranslatedSection } from './translated-passage.ts'

/** An article of a group of translations, as a reader sees it. */
export interface LinkedArticle {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly confidence: Confidence
  readonly audience: Audience
  /** Whether the others are translations of it. */
  readonly original: boolean
  /** Since when it lacks a significant change of its original. */
  readonly staleSince?: string
}

interface LinkRow {
  article_id: string
  original_id: string
  actor_id: string
  actor_name: string
  linked_at: string
}

interface PassageRow {
  article_id: string
  id: string
  position: number
  section: TranslatedSection
  source_id: string | null
  translated_from: string
  text: string
  state: PassageState
  since: string | null
  proposal: string | null
  version: number
}

const ROWS_A_STATEMENT = 50

export type TranslationStore = ReturnType<typeof createTranslationStore>

/** Which article translates which, and its passages. A translation is of an article that is none itself. */
export function createTranslationStore(db: Database, clock: Clock) {
  const links = () => db.sql<LinkRow>('article_translations')
  const passages = () => db.sql<PassageRow>('article_translation_passages')

  async function replacePassages(articleId: string, all: readonly TranslatedPassage[]): Promise<void> {
    await passages().where({ article_id: articleId }).delete()
    const rows = all.map((passage, position) => toRow(articleId, passage, position))
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
      await passages().insert(rows.slice(from, from + ROWS_A_STATEMENT))
  }

  async function translationsOf(originalId: string): Promise<string[]> {
    return links().where({ original_id: originalId }).orderBy('article_id').pluck('article_id')
  }

  return {
    /** The article that one is a translation of, whoever may see it. */
    async originalOf(articleId: string): Promise<string | undefined> {
      return (await links().where({ article_id: articleId }).first('original_id'))?.original_id
    },

    /** The thread that the original of a translation was made from, whose category the translation has too. */
    async threadOfOriginal(articleId: string): Promise<string | undefined> {
      const row: { thread_id: string | null } | undefined = await db
        .sql('article_translations as l')
        .join('articles as o', 'o.id', 'l.original_id')
        .where('l.article_id', articleId)
        .first('o.thread_id')
      return row?.thread_id ?? undefined
    },

    /** The translations of an article, whoever may see them, by id. */
    translationsOf,

    /** The group of an article, itself among it, as a reader sees it: the original first, then by language. */
    async groupOf(articleId: string, reader: Reader): Promise<LinkedArticle[]> {
      const root = (await links().where({ article_id: articleId }).first('original_id'))?.original_id
      const rootId = root ?? articleId
      const rows: (Omit<LinkedArticle, 'original' | 'staleSince'> & { since: string | null })[] =
        await readableArticles(db, reader)
          .whereIn('articles.id', [rootId, ...(await translationsOf(rootId))])
          .orderBy(['articles.language', 'articles.id'])
          .select('id', 'title', 'language', 'confidence', 'audience', { since: staleSince(db) })
      const seesOriginal = rows.some(({ id }) => id === rootId)
      return rows
        .map(({ since, ...row }) => ({
          ...row,
          original: row.id === rootId,
          // Who may not see the original learns nothing of its changes.
          staleSince: seesOriginal && reader.seesDrafts ? (since ?? undefined) : undefined,
        }))
        .sort((a, b) => Number(b.original) - Number(a.original))
    },

    /** Links an article to its original; both must be locked. */
    async link(
      articleId: string,
      originalId: string,
      { id, name }: Actor,
      all: readonly TranslatedPassage[],
    ) {
      await links().insert({
        article_id: articleId,
        original_id: originalId,
        actor_id: id,
        actor_name: name,
        linked_at: isoNow(clock),
      })
      await replacePassages(articleId, all)
    },

    /** Unlinks an article, which must be locked, from its original. */
    async unlink(articleId: string): Promise<void> {
      await db.sql('translation_locks').where({ article_id: articleId }).delete()
      await passages().where({ article_id: articleId }).delete()
      await links().where({ article_id: articleId }).delete()
    },

    /** The passages of a translation, in the order of its original. */
    async passagesOf(articleId: string): Promise<TranslatedPassage[]> {
      return (await passages().where({ article_id: articleId }).orderBy(['position', 'id'])).map(toPassage)
    },

    /** Replaces the passages of a translation, which must be locked. */
    replacePassages,

    /** Keeps what was proposed for passages that nobody has saved meanwhile. */
    async propose(
      articleId: string,
      proposed: readonly Pick<TranslatedPassage, 'id' | 'version' | 'proposal'>[],
    ) {
      for (const { id, version, proposal } of proposed)
        await passages()
          .where({ article_id: articleId, id, version })
          .update({ proposal: proposal ?? null })
    },
  }
}

/** Since when the article of the outer query lacks a significant change of its original; null if it lacks none. */
export function staleSince(db: Database): Knex.QueryBuilder {
  return db
    .sql('article_translation_passages as tp')
    .where('tp.article_id', db.sql.ref('articles.id'))
    .min('tp.since')
}

function toPassage(row: PassageRow): TranslatedPassage {
  return {
    id: row.id,
    section: row.section,
    sourceId: row.source_id ?? undefined,
    translatedFrom: row.translated_from,
    text: row.text,
    state: row.state,
    since: row.since ?? undefined,
    proposal: row.proposal ?? undefined,
    version: row.version,
  }
}

function toRow(articleId: string, passage: TranslatedPassage, position: number): PassageRow {
  return {
    article_id: articleId,
    id: passage.id,
    position,
    section: passage.section,
    source_id: passage.sourceId ?? null,
    translated_from: passage.translatedFrom,
    text: passage.text,
    state: passage.state,
    since: passage.since ?? null,
    proposal: passage.proposal ?? null,
    version: passage.version,
  }
}
