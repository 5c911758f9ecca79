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
          summary: 'How posts differ from those before the model in force, day by day',
          description:
            'The latest report first. New vocabulary, shifted label shares, fallen confidence and coverage, for all posts and for each language that has enough; `alarms` are what stands out from chance. Figures are of all posts, examples and words those that the caller may see.',
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
          summary: 'Measure drift and look for rising topics now, not tonight',
          description: 'By the next free worker; it is done each night anyway.',
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
