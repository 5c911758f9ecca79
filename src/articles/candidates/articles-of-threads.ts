import type { Database } from '../../platform/database/database.ts'
import type { ArticleContent } from '../article.ts'
import type { NearArticle } from './typing/types.ts'

/** The article of each of these threads that became one, by the thread's id; archived ones are left out. */
export async function liveArticles(db: Database, threadIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; thread_id: string }[] = await db
    .sql('article_threads as h')
    .join('articles as x', 'x.id', 'h.article_id')
    .where(db.among('h.thread_id', threadIds))
    .whereNot('x.confidence', 'archived')
    .select('x.id', 'h.thread_id')
  return new Map(rows.map(({ id, thread_id }) => [thread_id, id]))
}

/** These articles as they are, whoever may see them; archived ones are left out. */
export async function articlesOf(db: Database, ids: readonly string[]): Promise<NearArticle[]> {
  const rows: (ArticleContent & { id: string })[] = await db
    .sql('articles')
    .where(db.among('id', ids))
    .whereNot({ confidence: 'archived' })
    .orderBy('id')
    .select('id', 'title', 'issue', 'environment', 'resolution', 'cause', 'language')
  return rows.map(({ id, ...content }) => ({ id, content }))
}
