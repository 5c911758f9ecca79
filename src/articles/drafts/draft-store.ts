import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { ArticleContent } from '../article.ts'
import { whereEvidenceReadable } from '../readable-articles.ts'

/** Edits of an article that are no revision yet. */
export interface Draft {
  readonly content: ArticleContent
  /** The revision that was edited. */
  readonly basedOn: number
  readonly savedBy: { readonly id: string; readonly name: string }
  readonly savedAt: string
}

interface DraftRow {
  article_id: string
  version: number
  content: string | null
  based_on: number
  actor_id: string
  actor_name: string
  saved_at: string
}

export type DraftStore = ReturnType<typeof createDraftStore>

/**
 * The draft of each article, at most one. A discarded draft leaves its version behind, so that no later one is taken for
 * it.
 */
export function createDraftStore(db: Database, clock: Clock) {
  const drafts = () => db.sql<DraftRow>('article_drafts')

  return {
    /** An article's draft, and its version; 0 where there never was one. */
    async find(articleId: string): Promise<{ readonly version: number; readonly draft?: Draft }> {
      const row = await drafts().where({ article_id: articleId }).first()
      return { version: row?.version ?? 0, draft: row && present(row) }
    },

    /** Who saved or discarded an article's draft last, and when; undefined where there never was one. */
    async lastChange(articleId: string): Promise<{ readonly by: string; readonly at: string } | undefined> {
      const row = await drafts().where({ article_id: articleId }).first()
      return row && { by: row.actor_name, at: row.saved_at }
    },

    /** Whether a reader may see all that an article was made from, which a draft may quote. */
    async isOpenTo(articleId: string, reader: Audience): Promise<boolean> {
      const query = db.sql('articles as x').where('x.id', articleId)
      return (await whereEvidenceReadable(db, query, 'x', reader).first('x.id')) !== undefined
    },

    /** Stores the next version of a draft, or that there is none any more; the article must be locked. */
    async put(
      articleId: string,
      version: number,
      draft: Pick<Draft, 'content' | 'basedOn'> | undefined,
      actor: Pick<Actor, 'id' | 'name'>,
    ): Promise<void> {
      await drafts()
        .insert({
          article_id: articleId,
          version,
          content: draft === undefined ? null : JSON.stringify(draft.content),
          based_on: draft?.basedOn ?? 0,
          actor_id: actor.id,
          actor_name: actor.name,
          saved_at: isoNow(clock),
        })
        .onConflict('article_id')
        .merge()
    },
  }
}

function present(row: DraftRow): Draft | undefined {
  if (row.content === null) return undefined
  return {
    content: JSON.parse(row.content),
    basedOn: row.based_on,
    savedBy: { id: row.actor_id, name: row.actor_name },
    savedAt: row.saved_at,
  }
}
