import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as schemas from './schemas.ts'
import type { Thread } from './thread.ts'
import type { ThreadStore } from './thread-store.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor', 'router'] as const

export interface ThreadRouteDeps {
  readonly threads: ThreadStore
}

/** Threads over HTTP, as far as the caller's audience reaches. */
export function threadRoutes({ threads }: ThreadRouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/threads',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listThreads',
          summary: 'Threads, newest first',
          tags: ['threads'],
          querystring: schemas.ThreadListQuery,
          response: { 200: schemas.ThreadList },
        },
      },
      async ({ query, actor }) => {
        const { limit = 20, ...filters } = query
        const page = await threads.list({ ...filters, limit, reader: actor.audience })
        return { ...page, items: page.items.map(present) }
      },
    )

    app.get(
      '/threads/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getThread',
          summary: 'A thread with its posts and links',
          tags: ['threads'],
          params: schemas.ThreadParams,
          response: { 200: schemas.ThreadView },
        },
      },
      async ({ params, actor }) => {
        const thread = await threads.require(params.id, actor.audience)
        const posts = await threads.postsOf(thread.id, actor.audience)
        return { ...present(thread), posts, links: await threads.linksOf(thread.id, actor.audience) }
      },
    )
  }
}

function present({ tags, ...thread }: Thread) {
  return { ...thread, tags: [...tags] }
}
