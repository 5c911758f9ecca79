import type { PostChangeKind } from '../ingest/rows/post-changes.ts'
import type { Database } from '../platform/database/database.ts'
import { decodeCursor, type Page, toPage } from '../platform/page.ts'

export interface PostChange {
  readonly id: string
  readonly postId: string
  readonly what: PostChangeKind
  /** Absent where the post did not exist before. */
  readonly before?: PostSide
  /** Absent where the post no longer exists. */
  readonly after?: PostSide
  /** When the change became known. */
  readonly at: string
  /** The import or delivery that made the change. */
  readonly importId?: string
  readonly delivery?: string
}

/** A post before or after a change. */
export interface PostSide {
  /** Markdown. */
  readonly body?: string
  readonly accepted?: boolean
}

interface ChangeRow {
  id: string
  post_id: string
  what: PostChangeKind
  before: string | null
  after: string | null
  at: string
  import_id: string | null
  delivery: string | null
}

/** The changes of the posts that a thread shows, newest first. */
export async function listPostChanges(
  db: Database,
  threadId: string,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<Page<PostChange>> {
  const shown = db.sql('posts').where({ thread_id: threadId }).select('id')
  const query = db
    .sql<ChangeRow>('post_changes')
    .whereIn('post_id', shown)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
  const rows: ChangeRow[] = await query
  return toPage(rows.map(present), limit, ({ at, id }) => ({ key: at, id }))
}

function present(row: ChangeRow): PostChange {
  const { before, after } = sidesOf(row)
  return {
    id: row.id,
    postId: row.post_id,
    what: row.what,
    before,
    after,
    at: row.at,
    importId: row.import_id ?? undefined,
    delivery: row.delivery ?? undefined,
  }
}

function sidesOf({ what, before, after }: ChangeRow): { before?: PostSide; after?: PostSide } {
  switch (what) {
    case 'edited':
      return { before: { body: before ?? '' }, after: { body: after ?? '' } }
    case 'deleted':
      return { before: { body: before ?? '' } }
    case 'restored':
      return { after: { body: after ?? '' } }
    case 'accepted':
      return { before: { accepted: false }, after: { accepted: true } }
    case 'unaccepted':
      return { before: { accepted: true }, after: { accepted: false } }
  }
}
