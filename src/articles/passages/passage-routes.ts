import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { presentArticle } from '../present-article.ts'
import * as schemas from '../schemas.ts'
import { KeepBody, PassageParams, Passages, TakeBody } from './passage-schemas.ts'
import { showPassages } from './show-passages.ts'
import { keepPassage, takeChange } from './take-or-keep.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']

/** The passages of articles with what they rest on, and the two ways on when that changed. */
export function passageRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  const versioned = (article: Article) => entityTag(article.revision)

  return async (app) => {
    app.get(
      '/articles/:id/passages',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listPassages',
          summary: 'List the passages of an article with the posts that they rest on',
          description:
            'Where a post has changed: what it said, what it says now, and what taking the change would do.',
          tags,
          params: schemas.ArticleParams,
          response: { 200: Passages },
        },
      },
      async ({ params, actor }) => ({ items: await showPassages(deps, { ...params, actor }) }),
    )

    app.post(
      '/articles/:id/passages/:passage/take',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'takeChange',
          summary: 'Take the change of a cited post over into a passage',
          description:
            'Adds a revision; where the article has a draft, the change goes there, and the flag goes when the draft is applied. An edited post: the passage says what the post says now. A deleted or un-accepted one: the passage goes unless it rests on another. Another accepted answer: it takes the place of the first, or stands behind it where both are accepted. A passage without a flag stays as it is.',
          tags,
          params: PassageParams,
          headers: schemas.RequiredIfMatch,
          body: TakeBody,
          response: { 200: schemas.Article },
        },
      },
      async ({ params: { id, passage: passageId }, body, actor, headers }, reply) => {
        const revision = requireVersionIn(headers['if-match'])
        const article = await takeChange(deps, { ...body, id, passageId, revision, actor })
        reply.header('etag', versioned(article))
        return presentArticle(deps, article, actor)
      },
    )

    app.post(
      '/articles/:id/passages/:passage/keep',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'keepPassage',
          summary: 'Keep a passage although a post that it cites has changed',
          description:
            'The flag goes until the post changes again, and the reason is in the audit log. A post that was deleted is no longer cited; if it was deleted, un-accepted or superseded, this holds for all passages that rest on it. A passage without a flag stays as it is.',
          tags,
          params: PassageParams,
          headers: schemas.RequiredIfMatch,
          body: KeepBody,
          response: { 200: schemas.Article },
        },
      },
      async ({ params: { id, passage: passageId }, body, actor, headers }, reply) => {
        const revision = requireVersionIn(headers['if-match'])
        const article = await keepPassage(deps, { ...body, id, passageId, revision, actor })
        reply.header('etag', versioned(article))
        return presentArticle(deps, article, actor)
      },
    )
  }
}
