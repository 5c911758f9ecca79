import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { driftRoutes } from './drift/drift-routes.ts'
import { figureRoutes } from './figure-routes.ts'
import { topicRoutes } from './topics/topic-routes.ts'
import { versionFigureRoutes } from './versions/version-routes.ts'

export { driftRoutes, figureRoutes, topicRoutes, versionFigureRoutes }

/** Figures, drift, rising topics and figures of model versions over HTTP. */
export function insightRoutes(
  deps: Parameters<typeof figureRoutes>[0] &
    Parameters<typeof driftRoutes>[0] &
    Parameters<typeof topicRoutes>[0] &
    Parameters<typeof versionFigureRoutes>[0],
): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(figureRoutes(deps))
    await app.register(driftRoutes(deps))
    await app.register(topicRoutes(deps))
    await app.register(versionFigureRoutes(deps))
  }
}
