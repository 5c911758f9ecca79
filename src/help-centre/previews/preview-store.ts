import { type TokenKind, tokenKind } from '../../access/tokens.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'

/** A link by which anyone may read an unpublished article for a time. */
export interface Preview {
  readonly id: string
  readonly articleId: string
  readonly createdBy: { readonly id: string; readonly name: string }
  readonly createdAt: string
  readonly expiresAt: string
}

interface PreviewRow {
  id: string
  secret_hash: string
  article_id: string
  actor_id: string
  actor_name: string
  created_at: string
  expires_at: string
  revoked_at: string | null
}

export const previewTokens: TokenKind = tokenKind('preview', 'prv')

export type PreviewStore = ReturnType<typeof createPreviewStore>

/** Links to previews. Of a link's secret the database has the hash only. */
export function createPreviewStore(db: Database, clock: Clock) {
  const previews = () => db.sql<PreviewRow>('help_centre_previews')
  const valid = () => previews().whereNull('revoked_at').where('expires_at', '>', isoNow(clock))

  return {
    async add(preview: Preview, secretHash: string): Promise<void> {
      await previews().insert({
        id: preview.id,
        secret_hash: secretHash,
        article_id: preview.articleId,
        actor_id: preview.createdBy.id,
        actor_name: preview.createdBy.name,
        created_at: preview.createdAt,
        expires_at: preview.expiresAt,
      })
    },

    /** A preview that has not ended, with the hash of its secret. */
    async find(id: string): Promise<{ readonly preview: Preview; readonly secretHash: string } | undefined> {
      const row = await valid().where({ id }).first()
      return row && { preview: toPreview(row), secretHash: row.secret_hash }
    },

    /** The previews of an article that have not ended, the newest first. */
    async ofArticle(articleId: string): Promise<Preview[]> {
      return (await valid().where({ article_id: articleId }).orderBy('id', 'desc').limit(100)).map(toPreview)
    },

    /** Ends a preview. @returns false where there is none that has not ended */
    async revoke(articleId: string, id: string): Promise<boolean> {
      const ended = await valid()
        .where({ id, article_id: articleId })
        .update({ revoked_at: isoNow(clock) })
      return ended > 0
    },
  }
}

function toPreview(row: PreviewRow): Preview {
  return {
    id: row.id,
    articleId: row.article_id,
    createdBy: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
