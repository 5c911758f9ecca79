import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CATEGORY } from '../../labels/facet.ts'
import type { DriftDeps } from './deps.ts'
import * as schemas from './drift-schemas.ts'
import { presentReports } from './present-report.ts'
import { requestMeasuring } from './request-measuring.ts'

const READERS = ['knowledge-manager', 'supervisor'] as const

/** Drift over HTTP: reports, and measuring on request. */
export function driftRoutes(deps: DriftDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/insight/drift',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listDriftReports',
          summary: 'List daily drift reports: how posts differ from those before the active model version',
          description:
            'Latest report first. Covers new vocabulary, shifts in label shares, and lower confidence and coverage, for all posts and for each language with enough posts; `alarms` are the significant changes. Figures cover all posts; examples and words come only from posts that the caller may see.',
          tags: ['insight'],
          querystring: schemas.ReportQuery,
          response: { 200: schemas.ReportPage },
        },
      },
      async ({ query: { facet: name = CATEGORY, limit = 7, cursor }, actor }) => {
        const facet = await deps.facets.require(name)
        const page = await deps.reports.list(facet.id, { limit, cursor })
        return { ...page, items: await presentReports(deps, page.items, actor.audience) }
      },
    )

    app.post(
      '/insight/drift/measure',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'measureDrift',
          summary: 'Measure drift and detect rising topics now',
          description: 'Adds a job. Without this call, it is done every night.',
          tags: ['insight'],
          body: schemas.MeasuringRequest,
          response: { 202: schemas.MeasuringRequested },
        },
      },
      async (request, reply) => {
        await requestMeasuring(deps, { facet: request.body.facet ?? CATEGORY, actor: request.actor })
        return reply.code(202).send({ jobQueued: true })
      },
    )
  }
}
