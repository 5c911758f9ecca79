import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { threadErrors } from '../errors.ts'
import { ThreadParams } from '../schemas.ts'
import * as schemas from './protection-schemas.ts'
import { confirmRelease, type ProtectionDeps, requestRelease, withdrawRelease } from './release-thread.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const CONFIRMING = ['knowledge-manager', 'supervisor'] as const
const tags = ['threads']

/** Protected threads and their release by two people, over HTTP. */
export function protectionRoutes(deps: ProtectionDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/protections',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listProtections',
          summary: 'List protected threads, latest first',
          tags,
          querystring: schemas.ProtectionQuery,
          response: { 200: schemas.ProtectionList },
        },
      },
      async ({ query: { limit = 20, ...query }, actor }) => {
        if (actor.audience !== 'internal') throw threadErrors.PROTECTIONS_FORBIDDEN()
        const page = await deps.protections.list({ ...query, limit })
        return { ...page, items: [...page.items] }
      },
    )

    app.post(
      '/threads/:id/release/request',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'requestRelease',
          summary: 'Ask to release a protected thread',
          description: 'A second person confirms. Of several requests the first counts.',
          tags,
          params: ThreadParams,
          body: schemas.NewReleaseRequest,
          response: { 200: schemas.ProtectionSchema },
        },
      },
      ({ params, body, actor }) => requestRelease(deps, { threadId: params.id, reason: body.reason, actor }),
    )

    app.post(
      '/threads/:id/release/confirm',
      {
        config: { allow: CONFIRMING },
        schema: {
          operationId: 'confirmRelease',
          summary: 'Release a protected thread that someone else asked to release',
          description: 'It is then shown to the audience of its source, and can be promoted.',
          tags,
          params: ThreadParams,
          response: { 200: schemas.ProtectionSchema },
        },
      },
      ({ params, actor }) => confirmRelease(deps, { threadId: params.id, actor }),
    )

    app.post(
      '/threads/:id/release/withdraw',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'withdrawRelease',
          summary: 'Lock a protected thread again',
          description: 'Takes back its release, or the request for it.',
          tags,
          params: ThreadParams,
          response: { 200: schemas.ProtectionSchema },
        },
      },
      ({ params, actor }) => withdrawRelease(deps, { threadId: params.id, actor }),
    )
  }
}
