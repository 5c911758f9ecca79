import type { Knex } from 'knex'
import type { Actor } from '../access/actor.ts'
import { type Audience, visibleTo } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import { withoutLocked } from '../threads/protections/protection-queries.ts'
import { joinUnreadablePosts } from '../threads/readable-posts.ts'
import { isReadableThread } from '../threads/readable-threads.ts'
import type { Article } from './article.ts'

/** Who reads articles: their audience, and whether they also work on unpublished ones. */
export interface Reader {
  readonly audience: Audience
  readonly seesDrafts: boolean
}

const WORK_ON_ARTICLES: readonly string[] = ['agent', 'knowledge-manager', 'supervisor', 'admin']

/** The reader that an actor is. */
export function readerOf({ audience, roles }: Pick<Actor, 'audience' | 'roles'>): Reader {
  return { audience, seesDrafts: roles.some((role) => WORK_ON_ARTICLES.includes(role)) }
}

/**
 * The articles that a reader may see. This and {@link audienceOf} are the one place that decides it. What is not
 * published quotes its thread and posts, so it closes with their sources; what is published was meant for its readers,
 * unless its thread is locked because it is sensitive: then nobody outside the company sees it.
 */
export function readableArticles(db: Database, { audience, seesDrafts }: Reader): Knex.QueryBuilder {
  const ofAudience = db.sql('articles').whereIn('articles.audience', visibleTo(audience))
  const query = withoutLocked(ofAudience, 'articles.thread_id', audience)
  const published = (only: Knex.QueryBuilder) => only.where('articles.confidence', 'validated')
  if (!seesDrafts) return published(query)
  return query.where((either) => {
    published(either)
    either.orWhere((draft) => whereEvidenceReadable(db, draft, 'articles', audience))
  })
}

/**
 * Keeps articles of which the reader may see all that they were made from: the thread, and every cited post.
 *
 * @param articles what the query calls the table of articles
 */
export function whereEvidenceReadable(
  db: Database,
  query: Knex.QueryBuilder,
  articles: string,
  reader: Audience,
): Knex.QueryBuilder {
  const cited = db.sql('article_citations as e').where('e.article_id', db.sql.ref(`${articles}.id`))
  return query
    .where((made) =>
      made
        .whereNull(`${articles}.thread_id`)
        .orWhereExists(isReadableThread(db, `${articles}.thread_id`, reader, { which: 'stored' })),
    )
    .whereNotExists(joinUnreadablePosts(cited, 'e.post_id', reader).select(db.sql.raw('1')))
}

/** Who may learn of an article outside the workbench: nobody but the company unless it is published. */
export function audienceOf({ audience, confidence }: Article): Audience {
  return confidence === 'validated' ? audience : 'internal'
}
