import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type CurateDeps, mergeThread, unmergeThread } from './merge-thread.ts'
import { presentThread } from './present-thread.ts'
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
          summary: 'Merge a thread into another',
          description:
            'Both must come from one source. The merged thread no longer appears in lists, queues and search, and refers to the other thread. There, its question becomes a comment and its answers and acceptances count as usual. Imports keep the merge.',
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
          summary: 'Undo a merge',
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
          summary: 'Split posts of a thread into a new thread',
          description:
            'The posts keep their comments; the first post becomes the question. The question of the thread itself cannot be split off. Imports keep the split.',
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
          summary: 'Undo the split that created this thread',
          tags: ['threads'],
          description: 'Its posts return to their former thread, and this thread is removed.',
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
