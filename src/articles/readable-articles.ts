import type { Knex } from 'knex'
import type { Actor } from '../access/actor.ts'
import { type Audience, visibleTo } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import type { Article } from './article.ts'

/** Who reads articles: their audience, and whether they also work on unpublished ones. */
export interface Reader {
  readonly audience: Audience
  readonly seesDrafts: boolean
}

const WORK_ON_ARTICLES: readonly string[] = ['agent', 'knowledge-manager', 'supervisor', 'admin']

/** The reader that an actor is. */
export function readerOf({ audience, roles }: Actor): Reader {
  return { audience, seesDrafts: roles.some((role) => WORK_ON_ARTICLES.includes(role)) }
}

/** The articles that a reader may see. This and {@link audienceOf} are the one place that decides it. */
export function readableArticles(db: Database, { audience, seesDrafts }: Reader): Knex.QueryBuilder {
  const query = db.sql('articles').whereIn('articles.audience', visibleTo(audience))
  return seesDrafts ? query : query.where('articles.confidence', 'validated')
}

/** Who may learn of an article outside the workbench: nobody but the company unless it is published. */
export function audienceOf({ audience, confidence }: Article): Audience {
  return confidence === 'validated' ? audience : 'internal'
}
