import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { TriageDeps } from './deps.ts'
import { measurementRoutes } from './measurements/measurement-routes.ts'
import { classifyBatchRoutes, classifyRoutes } from './predictions/classify-routes.ts'
import { routingRoutes } from './routing/routing-routes.ts'
import { versionRoutes } from './routing/version-routes.ts'

/** Triage over HTTP. */
export function triageRoutes(deps: TriageDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(classifyRoutes(deps))
    await app.register(classifyBatchRoutes(deps))
    await app.register(routingRoutes(deps))
    await app.register(measurementRoutes(deps))
    await app.register(versionRoutes(deps))
  }
}
