import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SearchAnswer, SearchQuerystring } from './schemas.ts'
import type { Search } from './search.ts'

/** The search box. */
export function searchRoutes({ search }: { readonly search: Search }): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/search',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'search',
          summary: 'Find articles and threads in French and English',
          description:
            'Words match by stem. A document with any of the words is found; more words and rarer ones rank higher. A published article is found by the next search.',
          tags: ['search'],
          querystring: SearchQuerystring,
          response: { 200: SearchAnswer },
        },
      },
      async (request) =>
        search.query({ ...request.query, audience: request.actor.audience }, await request.counters()),
    )
  }
}
