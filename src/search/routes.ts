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
            'Words are matched by their stem; a document that holds any of them is found, and the more and the ' +
            'rarer they are, the higher it stands. A published article is found by the very next search.',
          tags: ['search'],
          querystring: SearchQuerystring,
          response: { 200: SearchAnswer },
        },
      },
      async (request) => search.query({ ...request.query, audience: request.actor.audience }),
    )
  }
}
