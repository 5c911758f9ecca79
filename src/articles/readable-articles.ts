import type { Knex } from 'knex'
import type { Actor } from '../access/actor.ts'
import { type Audience, visibleTo } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import { lockedThreads } from '../threads/protections/protection-queries.ts'
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
 * unless one of its threads is locked because it is sensitive: then nobody outside the company sees it. A translation says
 * what its original says: it is locked with it, and closes with it while it is not published.
 */
export function readableArticles(db: Database, reader: Reader): Knex.QueryBuilder {
  return readable(db, reader, (query) => whereEvidenceReadable(db, query, 'articles', reader.audience))
}

/** @param whereOpen keeps those of which the reader may see all that they were made from */
function readable(
  db: Database,
  { audience, seesDrafts }: Reader,
  whereOpen: (query: Knex.QueryBuilder) => void,
): Knex.QueryBuilder {
  const query = db.sql('articles').whereIn('articles.audience', visibleTo(audience))
  if (audience !== 'internal')
    for (const threads of [threadsOf(db, 'articles'), threadsOfOriginal(db)])
      query.whereNotExists(threads.whereIn('h.thread_id', lockedThreads(db)).select(db.sql.raw('1')))
  const published = (only: Knex.QueryBuilder) => only.where('articles.confidence', 'validated')
  if (!seesDrafts) return published(query)
  if (audience === 'internal') return query
  return query.where((either) => {
    published(either)
    either.orWhere(whereOpen)
  })
}

/**
 * Keeps articles of which the reader may see all that they were made from: the threads, every cited post, and the
 * original of a translation.
 *
 * @param articles what the query calls the table of articles
 */
export function whereEvidenceReadable(
  db: Database,
  query: Knex.QueryBuilder,
  articles: string,
  reader: Audience,
): Knex.QueryBuilder {
  // Colleagues may see every thread; an imported article may name one that this store never had.
  if (reader === 'internal') return query
  const originals = readable(db, { audience: reader, seesDrafts: true }, (of) =>
    whereOwnEvidenceReadable(db, of, 'articles', reader),
  )
  whereOwnEvidenceReadable(db, query, articles, reader)
  return query.whereNotExists(
    db
      .sql('article_translations as l')
      .where('l.article_id', db.sql.ref(`${articles}.id`))
      .whereNotExists(originals.where('articles.id', db.sql.ref('l.original_id')).select(db.sql.raw('1')))
      .select(db.sql.raw('1')),
  )
}

function whereOwnEvidenceReadable(
  db: Database,
  query: Knex.QueryBuilder,
  articles: string,
  reader: Audience,
): Knex.QueryBuilder {
  const cited = db.sql('passage_citations as e').where('e.article_id', db.sql.ref(`${articles}.id`))
  const unreadable = threadsOf(db, articles).whereNotExists(
    isReadableThread(db, 'h.thread_id', reader, { which: 'stored' }),
  )
  return query
    .whereNotExists(unreadable.select(db.sql.raw('1')))
    .whereNotExists(joinUnreadablePosts(cited, 'e.post_id', reader).select(db.sql.raw('1')))
}

/** The threads, as `h`, of an article of the outer query. */
function threadsOf(db: Database, articles: string): Knex.QueryBuilder {
  return db.sql('article_threads as h').where('h.article_id', db.sql.ref(`${articles}.id`))
}

/** The threads, as `h`, of the original of a translation of the outer query. */
function threadsOfOriginal(db: Database): Knex.QueryBuilder {
  return db
    .sql('article_translations as k')
    .join('article_threads as h', 'h.article_id', 'k.original_id')
    .where('k.article_id', db.sql.ref('articles.id'))
}

/** Who may learn of an article outside the workbench: nobody but the company unless it is published. */
export function audienceOf({ audience, confidence }: Article): Audience {
  return confidence === 'validated' ? audience : 'internal'
}
