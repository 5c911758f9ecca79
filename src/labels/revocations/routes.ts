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
          summary: 'Revoke one annotation, or all of an agent since a given time, and retrain without them',
          description:
            'Runs as a job; get the revocation to follow its progress. Rulings are revoked only for those who may rule.',
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
          summary: 'List revocations, newest first',
          tags: ['labels'],
          querystring: PageQuery,
          response: { 200: schemas.RevocationPage },
        },
      },
      async ({ query, actor }) => {
        const page = await deps.revocations.list(actor.audience, query)
        return { ...page, items: [...page.items] }
      },
    )

    app.get(
      '/revocations/:id',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'getRevocation',
          summary: 'Get a revocation',
          tags: ['labels'],
          params: schemas.RevocationParams,
          response: { 200: schemas.RevocationSchema },
        },
      },
      async ({ params, actor }) => deps.revocations.requireReadable(params.id, actor.audience),
    )

    app.post(
      '/revocations/:id/restore',
      {
        config: { allow: EDITORS },
        schema: {
          operationId: 'restoreRevocation',
          summary: 'Restore the annotations of a revocation, and retrain with them',
          description: 'Restoring again changes nothing.',
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
