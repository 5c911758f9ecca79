import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CATEGORY } from '../labels/facet.ts'
import type { ReviewDeps } from './deps.ts'
import { reportMisroute } from './misroutes/report-misroute.ts'
import { reviewQueue } from './queue/review-queue.ts'
import * as schemas from './schemas.ts'

const REVIEWERS = ['agent', 'knowledge-manager', 'supervisor'] as const

/** The review queue and misroutes over HTTP. */
export function reviewRoutes(deps: ReviewDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/review/queue',
      {
        config: { allow: REVIEWERS },
        schema: {
          operationId: 'getReviewQueue',
          summary: 'Threads whose label would teach the model most',
          description:
            'Open misroutes first, then what teaches most by the strategy, mixed with the audit slice. What is answered is yours for 15 minutes: asking again within them answers the same, without what was labelled meanwhile. Give the verdicts at `/api/threads/{id}/annotations`.',
          tags: ['review'],
          querystring: schemas.QueueQuery,
          response: { 200: schemas.ReviewQueueSchema },
        },
      },
      ({ query: { facet = CATEGORY, limit = 10, strategy = 'default' }, actor }) =>
        reviewQueue(deps, { facet, limit, strategy, actor }),
    )

    app.post(
      '/threads/:id/misroutes',
      {
        config: { allow: ['router', ...REVIEWERS] },
        schema: {
          operationId: 'reportMisroute',
          summary: 'Report that a thread was routed to the wrong place',
          description: 'It comes first in the review queue until an agent has labelled the thread again.',
          tags: ['review'],
          params: schemas.ThreadParams,
          body: schemas.NewMisroute,
          response: { 201: schemas.MisrouteSchema },
        },
      },
      async (request, reply) =>
        reply.code(201).send(
          await reportMisroute(deps, {
            threadId: request.params.id,
            ...request.body,
            actor: request.actor,
          }),
        ),
    )

    app.get(
      '/review/misroutes',
      {
        config: { allow: REVIEWERS },
        schema: {
          operationId: 'listMisroutes',
          summary: 'Reported misroutes, the oldest first',
          tags: ['review'],
          querystring: schemas.MisrouteQuery,
          response: { 200: schemas.MisroutePage },
        },
      },
      async ({ query: { resolved = false, limit = 20, cursor }, actor }) => {
        const page = await deps.misroutes.list({
          reader: actor.audience,
          resolved,
          limit,
          cursor,
        })
        return { ...page, items: [...page.items] }
      },
    )
  }
}
