import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { PageQuery } from '../../platform/page-schema.ts'
import { type RevocationDeps, restoreRevocation, revokeTogether } from './revoke-together.ts'
import * as schemas from './schemas.ts'

const EDITORS = ['supervisor'] as const
const READERS = ['knowledge-manager', 'supervisor'] as const

/** Revoking annotations together and restoring them, over HTTP. */
export function revocationRoutes(deps: RevocationDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/revocations',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'revokeTogether',
          summary: 'Take back one verdict, or all of an agent since a moment, and train anew without them',
          description: 'Done by the next free worker; ask for the revocation to see how far it is.',
          tags: ['labels'],
          body: schemas.NewRevocation,
          response: { 202: schemas.RevocationSchema },
        },
      },
      async (request, reply) =>
        reply.code(202).send(await revokeTogether(deps, { ...request.body, actor: request.actor })),
    )

    app.get(
      '/revocations',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listRevocations',
          summary: 'Verdicts that were taken back together, newest first',
          tags: ['labels'],
          querystring: PageQuery,
          response: { 200: schemas.RevocationPage },
        },
      },
      async ({ query }) => {
        const page = await deps.revocations.list(query)
        return { ...page, items: [...page.items] }
      },
    )

    app.get(
      '/revocations/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getRevocation',
          summary: 'One of them',
          tags: ['labels'],
          params: schemas.RevocationParams,
          response: { 200: schemas.RevocationSchema },
        },
      },
      async ({ params }) => deps.revocations.require(params.id),
    )

    app.post(
      '/revocations/:id/restore',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'restoreRevocation',
          summary: 'Give back what was taken back, and train anew with it',
          description: 'Asking again changes nothing.',
          tags: ['labels'],
          params: schemas.RevocationParams,
          response: { 202: schemas.RevocationSchema },
        },
      },
      async (request, reply) =>
        reply.code(202).send(await restoreRevocation(deps, { id: request.params.id, actor: request.actor })),
    )
  }
}
