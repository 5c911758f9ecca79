import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { IntakeDeps } from '../deps.ts'
import * as schemas from './intake-schemas.ts'
import { storePost } from './store-post.ts'
import { storeThread } from './store-thread.ts'

const WRITERS = ['router', 'supervisor'] as const

/** Storing and routing the posts of a company's own platform, over HTTP. */
export function intakeRoutes(deps: IntakeDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/threads',
      {
        config: { allow: WRITERS },
        schema: {
          operationId: 'storeThread',
          summary: 'Store and route a question of your own platform',
          description:
            'State the whole thread each time; the same id again changes it, or nothing. Answers 201 where the thread is new, 200 otherwise.',
          tags: ['threads'],
          body: schemas.NewThread,
          response: { 200: schemas.StoredThreadSchema, 201: schemas.StoredThreadSchema },
        },
      },
      async (request, reply) => {
        const stored = await storeThread(deps, { ...request.body, actor: request.actor })
        return reply.code(stored.outcome === 'new' ? 201 : 200).send(stored)
      },
    )

    app.post(
      '/threads/:id/posts',
      {
        config: { allow: WRITERS },
        schema: {
          operationId: 'storePost',
          summary: 'Store an answer or comment of your own platform, and route its thread again',
          description:
            'The same id again changes the post, or nothing; so an answer is accepted by sending it again with `accepted`. Answers 201 where the post is new, 200 otherwise.',
          tags: ['threads'],
          params: schemas.IntakeParams,
          body: schemas.NewPost,
          response: { 200: schemas.StoredPostSchema, 201: schemas.StoredPostSchema },
        },
      },
      async (request, reply) => {
        const stored = await storePost(deps, {
          ...request.body,
          threadId: request.params.id,
          actor: request.actor,
        })
        return reply.code(stored.outcome === 'new' ? 201 : 200).send(stored)
      },
    )
  }
}
