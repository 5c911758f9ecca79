import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { addPageHandling } from '../help-centre/page-handling.ts'
import { createServing } from '../help-centre/serving.ts'
import { askRoutes } from './ask-routes.ts'
import type { AskingPageDeps } from './deps.ts'
import { followRoutes } from './follow-routes.ts'

/** The pages by which customers ask and follow what they asked. */
export function communityPages(deps: AskingPageDeps): FastifyPluginAsyncTypebox {
  const serving = createServing(deps)
  return async (app) => {
    addPageHandling(app, serving)
    await app.register(askRoutes({ ...deps, serving }))
    await app.register(followRoutes({ ...deps, serving }))
  }
}
