import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ThreadStore } from '../threads/thread-store.ts'
import { pathOf } from './answer-query.ts'
import { QueriesQuery, QueryList } from './log/log-schemas.ts'
import {
  SearchAnswer,
  SearchQuerystring,
  SimilarAnswer,
  SimilarBody,
  Suggestions,
  SuggestQuerystring,
} from './schemas.ts'
import type { Search } from './search.ts'
import { presentSimilar } from './similar/present-similar.ts'

/** The search box, and what may answer a post that is being written. */
export function searchRoutes({
  search,
  threads,
}: {
  readonly search: Search
  readonly threads: Pick<ThreadStore, 'facts'>
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/search',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'search',
          summary: 'Find articles and threads in French and English',
          description:
            'Words match by stem; more words and rarer ones rank higher, and so does a title that asks the same. A word that nothing visible to the caller holds is taken for its nearest neighbours. What has less than two fifths of the best match is left out. A published article is found by the next search.',
          tags: ['search'],
          querystring: SearchQuerystring,
          response: { 200: SearchAnswer },
        },
      },
      async (request) =>
        search.query({ ...request.query, audience: request.actor.audience }, await request.counters()),
    )
    app.get(
      '/search/suggest',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'suggestSearches',
          summary: 'Suggest what may be meant by what is typed so far',
          description:
            'Completions by words of titles, questions that many visits asked, and titles, all of what the caller may see. Nothing of it is kept.',
          tags: ['search'],
          querystring: SuggestQuerystring,
          response: { 200: Suggestions },
        },
      },
      async (request) => {
        const asked = { ...request.query, audience: request.actor.audience }
        const found = await search.suggest(asked, await request.counters())
        return {
          items: found.map((each) =>
            each.kind === 'article' || each.kind === 'thread'
              ? { ...each, path: pathOf(each.kind, each.id) }
              : each,
          ),
        }
      },
    )
    app.post(
      '/search/similar',
      {
        config: { allow: 'anyone' },
        schema: {
          operationId: 'findSimilar',
          summary: 'Articles and threads that may answer a post',
          description:
            'For a post that is being written, or one that waits for an answer. Send what there is of it; nothing of it is kept.',
          tags: ['search'],
          body: SimilarBody,
          response: { 200: SimilarAnswer },
        },
      },
      async (request) =>
        presentSimilar(
          { search, threads },
          { ...request.body, audience: request.actor.audience },
          await request.counters(),
        ),
    )

    app.get(
      '/search/queries',
      {
        config: { allow: ['knowledge-manager', 'supervisor'] },
        schema: {
          operationId: 'listSearchQueries',
          summary: 'List what people asked, what they saw, and what they took',
          description:
            'What was asked most first. Searches of audiences that the caller may not see, and what these were shown, have no part in it.',
          tags: ['search'],
          querystring: QueriesQuery,
          response: { 200: QueryList },
        },
      },
      async ({ query: { days = 30, limit = 25, ...query }, actor }) =>
        search.queries({ ...query, days, limit, reader: actor.audience }),
    )
  }
}
