import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { HelpCentreDeps } from './deps.ts'
import { embedRoutes } from './embed-routes.ts'
import { findingRoutes } from './found/finding-routes.ts'
import { ownRoutes } from './own-routes.ts'
import { addPageHandling, sendInstead, wordsOfAddress } from './page-handling.ts'
import { messagePage } from './pages/message-page.ts'
import { readingRoutes } from './reading-routes.ts'
import { searchRoutes } from './search-routes.ts'
import { createServing } from './serving.ts'

/** All pages of the help centre, and what else is at the root of the site. */
export function helpCentreRoutes(deps: HelpCentreDeps): FastifyPluginAsyncTypebox {
  const serving = createServing(deps)

  return async (app) => {
    addPageHandling(app, serving)
    const context = { ...deps, serving }
    await app.register(ownRoutes(context))
    await app.register(embedRoutes(context))
    await app.register(findingRoutes(context))
    await app.register(searchRoutes(context))
    await app.register(readingRoutes(context))

    app.get('/help/*', { config: { allow: 'anyone' }, schema: { hide: true } }, async (request, reply) => {
      const path = request.url.split('?', 1)[0]!
      if (path.endsWith('/')) return reply.redirect(path.replace(/\/+$/, ''), 301)
      return sendInstead(serving, request, reply, 404, (site) =>
        messagePage(site, 'notFound', wordsOfAddress(request)),
      )
    })
  }
}
