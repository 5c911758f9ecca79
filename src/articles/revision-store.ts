import { type Audience, visibleTo } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import { decodeNumberCursor, type Page, toPage } from '../platform/page.ts'
import type { ArticleContent, Confidence, Revision } from './article.ts'
import { articleErrors } from './errors.ts'
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

type RevisionChange = keyof ArticleContent | 'confidence' | 'audience'

/** A revision with what differs from the one before it. */
export interface ListedRevision extends Revision {
  readonly changed: RevisionChange[]
}

/** Reads the revisions of articles. The article store writes them, as articles change. */
export function createRevisionStore(db: Database) {
  /** Revisions of an article that a reader may see. */
  function readable(articleId: string, reader: Audience) {
    return db
      .sql<RevisionRow>('article_revisions')
      .where({ article_id: articleId })
      .whereIn('audience', visibleTo(reader))
      .where((either) =>
        either
          .where('confidence', 'validated')
          .orWhereExists(
            whereEvidenceReadable(db, db.sql('articles as x').where('x.id', articleId), 'x', reader).select(
              'x.id',
            ),
          ),
      )
  }

  return {
    /** One revision, if the reader may see it. @throws CodedError ARTICLE_REVISION_NOT_FOUND */
    async require(articleId: string, number: number, reader: Audience): Promise<Revision> {
      const row = await readable(articleId, reader).where({ number }).first()
      if (row === undefined) throw articleErrors.ARTICLE_REVISION_NOT_FOUND({ id: articleId, number })
      return present(row)
    },

    /** Id of who wrote the latest text; later revisions that changed only its state do not count. */
    async writerOf(articleId: string): Promise<string | undefined> {
      const revisions = () => db.sql<RevisionRow>('article_revisions').where({ article_id: articleId })
      const latest = await revisions().orderBy('number', 'desc').first('content')
      if (latest === undefined) return undefined
      const earlier = await revisions()
        .whereNot({ content: latest.content })
        .orderBy('number', 'desc')
        .first('number')
      const written = await revisions()
        .where({ number: (earlier?.number ?? 0) + 1 })
        .first('actor_id')
      return written?.actor_id
    },

    /**
     * Newest first, without those from when the article was not for the reader's audience, and without unpublished ones
     * once the reader may no longer see what they were made from.
     */
    async list(
      articleId: string,
      { reader, cursor, limit }: { reader: Audience; cursor?: string; limit: number },
    ): Promise<Page<ListedRevision>> {
      const shown = readable(articleId, reader)
      const query = shown
        .clone()
        .orderBy('number', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('number', '<', decodeNumberCursor(cursor))
      const rows = (await query).map(present)
      const last = rows.at(-1)
      // What the reader may not see of an earlier revision must not be told by what differs from it.
      const before =
        last && last.number > 1 ? (await shown.clone().where({ number: last.number - 1 }))[0] : undefined
      const earlier = new Map(
        [...rows, ...(before ? [present(before)] : [])].map((each) => [each.number, each]),
      )
      const listed = rows.map((revision) => ({
        ...revision,
        changed: changesBetween(earlier.get(revision.number - 1), revision),
      }))
      return toPage(listed, limit, ({ number }) => ({ key: String(number), id: articleId }))
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

/** What a revision changed; everything where there is none before it that the reader may see. */
function changesBetween(before: Revision | undefined, after: Revision): RevisionChange[] {
  const state = ['confidence', 'audience'] as const
  const sections = Object.keys(after.content) as (keyof ArticleContent)[]
  return [
    ...sections.filter((section) => before?.content[section] !== after.content[section]),
    ...state.filter((field) => before?.[field] !== after[field]),
  ]
}
