import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type CurateDeps, mergeThread, unmergeThread } from './merge-thread.ts'
import { presentThread } from './routes.ts'
import * as schemas from './schemas.ts'
import { splitThread, unsplitThread } from './split-thread.ts'

const CURATORS = ['agent', 'knowledge-manager'] as const

/** Merging and splitting threads over HTTP, limited to the caller's audience. */
export function curateRoutes(deps: CurateDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/threads/:id/merge',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'mergeThread',
          summary: 'Show the posts of a thread within another',
          description:
            'Both come from one source. The thread leaves lists, queues and search and says what it was merged into; ' +
            'its question is a remark there, its answers and their acceptances count there. Imports keep it so.',
          tags: ['threads'],
          params: schemas.ThreadParams,
          body: schemas.Merge,
          response: { 200: schemas.Thread },
        },
      },
      async ({ params, body, actor }) =>
        presentThread(await mergeThread(deps, { threadId: params.id, into: body.into, actor })),
    )

    app.delete(
      '/threads/:id/merge',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'unmergeThread',
          summary: 'Take a merge back',
          tags: ['threads'],
          params: schemas.ThreadParams,
          response: { 200: schemas.Thread },
        },
      },
      async ({ params, actor }) => presentThread(await unmergeThread(deps, { threadId: params.id, actor })),
    )

    app.post(
      '/threads/:id/split',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'splitThread',
          summary: 'Show some posts of a thread as a thread of their own',
          description:
            'They take their comments along; the first of them becomes the question. The question of the thread ' +
            'itself stays. Imports keep it so.',
          tags: ['threads'],
          params: schemas.ThreadParams,
          body: schemas.Split,
          response: { 201: schemas.Thread },
        },
      },
      async ({ params, body, actor }, reply) =>
        reply.code(201).send(presentThread(await splitThread(deps, { threadId: params.id, ...body, actor }))),
    )

    app.delete(
      '/threads/:id/split',
      {
        config: { allow: CURATORS },
        schema: {
          operationId: 'unsplitThread',
          summary: 'Take back the split that made this thread',
          tags: ['threads'],
          description: 'Its posts are shown again where they were, and it is gone.',
          params: schemas.ThreadParams,
          response: { 204: Type.Null() },
        },
      },
      async ({ params, actor }, reply) => {
        await unsplitThread(deps, { threadId: params.id, actor })
        return reply.code(204).send(null)
      },
    )
  }
}
