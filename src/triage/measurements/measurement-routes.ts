import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { TriageDeps } from '../deps.ts'
import { listMeasurements } from './list-measurements.ts'
import { MeasurementListSchema } from './measurement-schemas.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor'] as const

/** Where labels that act only where they were measured were measured, over HTTP. */
export function measurementRoutes(deps: TriageDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/facets/:facet/measurements',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listMeasurements',
          summary: 'List on which sources the labels of a facet were measured',
          description:
            'Facets that come with starter examples act on a source only once an audit has shown that they keep their risk budget there; the labels of other facets act everywhere.',
          tags: ['triage'],
          params: Type.Object({ facet: Type.String({ maxLength: 100 }) }),
          response: { 200: MeasurementListSchema },
        },
      },
      ({ params, actor }) => listMeasurements(deps, { facet: params.facet, reader: actor.audience }),
    )
  }
}
