import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { IdentifierPattern } from '../platform/index.ts'
import { findInThread } from './find-in-thread.ts'
import * as schemas from './schemas.ts'
import type { Thread } from './thread.ts'
import type { ThreadStore } from './thread-store.ts'

const READERS = ['agent', 'knowledge-manager', 'supervisor', 'router'] as const

export interface ThreadRouteDeps {
  readonly threads: ThreadStore
  /** How the company writes its customer and order numbers. */
  readonly identifiers?: readonly IdentifierPattern[]
}

/** Threads over HTTP, as far as the caller's audience reaches. */
export function threadRoutes({ threads, identifiers = [] }: ThreadRouteDeps): FastifyPluginAsyncTypebox {
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

    app.get(
      '/threads/:id/personal-data',
      {
        config: { allow: ['knowledge-manager'] },
        schema: {
          operationId: 'findPersonalDataInThread',
          summary: 'Where a thread holds personal data',
          description:
            'Kinds and places only, so that an answer can be logged; the texts are those of the thread.',
          tags: ['threads'],
          params: schemas.ThreadParams,
          response: { 200: schemas.ThreadFindings },
        },
      },
      async ({ params, actor }) => {
        const { title, posts } = await findInThread(threads, params.id, actor.audience, { identifiers })
        return {
          title: [...title],
          posts: posts.map(({ id, findings }) => ({ id, findings: [...findings] })),
        }
      },
    )
  }
}

function present({ tags, ...thread }: Thread) {
  return { ...thread, tags: [...tags] }
}
