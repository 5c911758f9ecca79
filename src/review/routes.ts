import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CATEGORY } from '../labels/facet.ts'
import { MESSAGE_KIND } from '../labels/message-kind.ts'
import { preferredLanguage } from '../text/language/preferred-language.ts'
import { AUDITED_NEEDED } from '../triage/measurements/measurement.ts'
import { drawOfSource } from './audit/draw-of-source.ts'
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
          summary: 'Get the threads whose label would teach the model most',
          description:
            'Open misroutes come first, then the threads chosen by the strategy, mixed with the audit slice. The threads are reserved for you for 15 minutes: within that time, the same request returns those not yet labelled. Annotate at `/api/threads/{id}/annotations`, or skip at `/api/review/skips`.',
          tags: ['review'],
          querystring: schemas.QueueQuery,
          response: { 200: schemas.ReviewQueueSchema },
        },
      },
      (
        { query: { facet = CATEGORY, limit = 10, strategy = 'default', posts = 'none' }, actor, headers },
        reply,
      ) => {
        const language = preferredLanguage(headers['accept-language'])
        reply.header('content-language', language).header('vary', 'accept-language')
        return reviewQueue(deps, { facet, limit, strategy, actor, language, posts })
      },
    )

    app.post(
      '/review/audit-draws',
      {
        config: { allow: ['supervisor'] },
        schema: {
          operationId: 'drawAuditSlice',
          summary: 'Add threads of a source to the audit slice',
          description:
            'At random, until the slice holds so many of the source; agents then label them blind. No training uses them from then on.',
          tags: ['review'],
          body: schemas.AuditDraw,
          response: { 200: schemas.AuditDrawn },
        },
      },
      ({ body: { facet = MESSAGE_KIND, source, threads = AUDITED_NEEDED }, actor }) =>
        drawOfSource(deps, { facet, source, threads, actor }),
    )

    app.post(
      '/threads/:id/misroutes',
      {
        config: { allow: ['router', ...REVIEWERS] },
        schema: {
          operationId: 'reportMisroute',
          summary: 'Report a thread as misrouted',
          description:
            'The thread comes first in the review queue of the facet that the report concerns, until an agent labels it again on that facet.',
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
          summary: 'List reported misroutes, oldest first',
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
