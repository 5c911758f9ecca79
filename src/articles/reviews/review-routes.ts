import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { RequiredIfMatch } from '../schemas.ts'
import { decideReviews } from './decide-reviews.ts'
import type { ReviewDeps } from './find-reviews.ts'
import { countReviews, listReviews } from './list-reviews.ts'
import * as schemas from './review-schemas.ts'
import { changeReviewSettings } from './review-settings.ts'
import { undoReviews } from './undo-reviews.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const MANAGERS = ['knowledge-manager'] as const
const tags = ['articles']

/** Articles that are due for a review. */
export function reviewRoutes(deps: ReviewDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/articles/reviews',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listArticleReviews',
          summary: 'List articles that are due for a review, the most used first',
          description:
            'A job finds them each day, and asks the owner of the category for some of them; the others wait. Who is no knowledge manager or supervisor sees what they were asked for.',
          tags,
          querystring: schemas.ReviewQuery,
          response: { 200: schemas.ReviewPage },
        },
      },
      async ({ query, actor }) => {
        const { items, ...page } = await listReviews(deps, query, actor)
        return { ...page, items: items.map((each) => ({ ...each, reasons: [...each.reasons] })) }
      },
    )

    app.get(
      '/articles/reviews/counts',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'countArticleReviews',
          summary: 'Count articles that are due for a review, by what is asked',
          tags,
          querystring: schemas.ReviewCountsQuery,
          response: { 200: schemas.ReviewCounts },
        },
      },
      async ({ query, actor }) => countReviews(deps, query, actor),
    )

    app.post(
      '/articles/reviews/decisions',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'decideArticleReviews',
          summary: 'Find articles right, archive them, or put their reviews off',
          description:
            'Up to 100, each on its own: for every article, the answer has its decision or the code of its problem. `right` also declines to archive; who found so and when stands on the article.',
          tags,
          body: schemas.ReviewDecisionBody,
          response: { 200: schemas.DecidedReviews },
        },
      },
      async ({ body, actor }) => ({ items: await decideReviews(deps, { ...body, actor }) }),
    )

    app.post(
      '/articles/reviews/decisions/undo',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'undoArticleReviews',
          summary: 'Undo decisions on reviews',
          description: 'Up to 100, each on its own. An archived article comes back as it was.',
          tags,
          body: schemas.UndoReviewsBody,
          response: { 200: schemas.UndoneReviews },
        },
      },
      async ({ body: { decisionIds }, actor }) => ({
        items: await undoReviews(deps, { decisionIds, actor }),
      }),
    )

    app.get(
      '/articles/reviews/settings',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getReviewSettings',
          summary: 'Get when articles are due for a review',
          tags,
          response: { 200: schemas.ReviewSettingsSchema },
        },
      },
      async (_request, reply) => {
        const { version, settings } = await deps.reviewSettings.current()
        return reply
          .header('etag', entityTag(version))
          .send({ ...settings, categories: { ...settings.categories } })
      },
    )

    app.put(
      '/articles/reviews/settings',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'changeReviewSettings',
          summary: 'Change when articles are due for a review',
          description: 'A job finds those that are.',
          tags,
          headers: RequiredIfMatch,
          body: schemas.ReviewSettingsSchema,
          response: { 200: schemas.ReviewSettingsSchema },
        },
      },
      async ({ body, headers, actor }, reply) => {
        const basedOn = requireVersionIn(headers['if-match'])
        const { version, settings } = await changeReviewSettings(deps, { settings: body, basedOn, actor })
        return reply
          .header('etag', entityTag(version))
          .send({ ...settings, categories: { ...settings.categories } })
      },
    )
  }
}
