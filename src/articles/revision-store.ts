import { type Audience, visibleTo } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import { decodeNumberCursor, type Page, toPage } from '../platform/page.ts'
import type { Confidence, Revision } from './article.ts'
import { whereEvidenceReadable } from './readable-articles.ts'

interface RevisionRow {
  article_id: string
  number: number
  content: string
  confidence: Confidence
  audience: Audience
  actor_id: string
  actor_name: string
  created_at: string
}

/** Reads the revisions of articles. The article store writes them, as articles change. */
export function createRevisionStore(db: Database) {
  return {
    /**
     * Newest first, without those from when the article was not for the reader's audience, and without unpublished ones
     * once the reader may no longer see what they were made from.
     */
    async list(
      articleId: string,
      { reader, cursor, limit }: { reader: Audience; cursor?: string; limit: number },
    ): Promise<Page<Revision>> {
      const query = db
        .sql<RevisionRow>('article_revisions')
        .where({ article_id: articleId })
        .whereIn('audience', visibleTo(reader))
        .where((shown) =>
          shown
            .where('confidence', 'validated')
            .orWhereExists(
              whereEvidenceReadable(db, db.sql('articles as x').where('x.id', articleId), 'x', reader).select(
                'x.id',
              ),
            ),
        )
        .orderBy('number', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('number', '<', decodeNumberCursor(cursor))
      const rows: RevisionRow[] = await query
      return toPage(rows.map(present), limit, ({ number }) => ({ key: String(number), id: articleId }))
    },
  }
}

export type RevisionStore = ReturnType<typeof createRevisionStore>

function present(row: RevisionRow): Revision {
  return {
    number: row.number,
    content: JSON.parse(row.content),
    confidence: row.confidence,
    audience: row.audience,
    actor: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
  }
}
