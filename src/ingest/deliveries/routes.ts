import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { listSources, requireReadableSource } from '../readable-sources.ts'
import { type AccessDeps, setApiAccess, withoutToken } from './api-access.ts'
import { retryDelivery } from './failed-deliveries.ts'
import { revokeSecret, rotateSecret, type SecretDeps } from './rotate-secret.ts'
import * as schemas from './schemas.ts'

export type SourceRouteDeps = SecretDeps & AccessDeps

const READERS = ['agent', 'knowledge-manager', 'supervisor', 'router'] as const
const ADMIN = { allow: [] } as const

/** Sources and, for administrators, their webhooks: secrets, access to the source's API, and deliveries. */
export function sourceRoutes(deps: SourceRouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/sources',
      {
        config: { allow: READERS },
        schema: {
          operationId: 'listSources',
          summary: 'List sources, with their last import and delivery, and their webhooks',
          tags: ['sources'],
          response: { 200: schemas.SourceList },
        },
      },
      async ({ actor }) => ({ items: await listSources(deps, actor.audience) }),
    )

    app.get(
      '/sources/:name/webhooks',
      {
        config: ADMIN,
        schema: {
          operationId: 'getWebhooks',
          summary: 'List the webhooks of a source, without their secrets',
          tags: ['sources'],
          params: schemas.SourceParams,
          response: { 200: schemas.Webhooks },
        },
      },
      async ({ params, actor }) => {
        const source = await requireReadableSource(deps.sources, params.name, actor)
        const access = await deps.apiAccess.find(source.id)
        const secrets = await deps.secrets.list(source.id)
        return { secrets, access: access && withoutToken(access) }
      },
    )

    app.post(
      '/sources/:name/webhooks/:kind/secrets',
      {
        // The answer holds the secret, so it must not be stored for idempotent replay.
        config: { ...ADMIN, idempotent: false },
        schema: {
          operationId: 'rotateSourceWebhookSecret',
          summary: 'Create or replace the secret of a webhook',
          description:
            'The first secret sets up the webhook, and creates the source if it does not exist. The secret appears in this response only; the previous one is accepted until the overlap ends. Idempotency-Key is not accepted.',
          tags: ['sources'],
          params: schemas.WebhookParams,
          body: schemas.NewSecret,
          response: { 201: schemas.IssuedSecret },
        },
      },
      async ({ params, body, actor }, reply) => {
        const { name: source, kind } = params
        return reply.code(201).send(await rotateSecret(deps, { source, kind, ...body, actor }))
      },
    )

    app.delete(
      '/sources/:name/webhooks/:kind/secrets/:id',
      {
        config: ADMIN,
        schema: {
          operationId: 'revokeWebhookSecret',
          summary: 'Revoke a secret of a webhook',
          tags: ['sources'],
          params: schemas.SecretParams,
          response: { 204: Type.Null({ description: 'The secret is revoked' }) },
        },
      },
      async ({ params, actor }, reply) => {
        const { name: source, kind, id } = params
        await revokeSecret(deps, { source, kind, id, actor })
        return reply.code(204).send(null)
      },
    )

    app.put(
      '/sources/:name/access',
      {
        config: ADMIN,
        schema: {
          operationId: 'setSourceAccess',
          summary: 'Set the address and token of a source’s API',
          description: 'Deliveries that failed without API access are retried. The token is never shown.',
          tags: ['sources'],
          params: schemas.SourceParams,
          body: schemas.ApiAccess,
          response: { 204: Type.Null({ description: 'The API access is stored' }) },
        },
      },
      async ({ params, body, actor }, reply) => {
        await setApiAccess(deps, { source: params.name, access: body, actor })
        return reply.code(204).send(null)
      },
    )

    app.delete(
      '/sources/:name/access',
      {
        config: ADMIN,
        schema: {
          operationId: 'removeSourceAccess',
          summary: 'Delete the address and token of a source’s API',
          tags: ['sources'],
          params: schemas.SourceParams,
          response: { 204: Type.Null({ description: 'The API access is deleted' }) },
        },
      },
      async ({ params, actor }, reply) => {
        await setApiAccess(deps, { source: params.name, access: undefined, actor })
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/sources/:name/deliveries',
      {
        config: ADMIN,
        schema: {
          operationId: 'listDeliveries',
          summary: 'List the deliveries of a source, newest first',
          tags: ['sources'],
          params: schemas.SourceParams,
          querystring: schemas.DeliveryQuery,
          response: { 200: schemas.DeliveryPage },
        },
      },
      async ({ params, query, actor }) => {
        const { limit = 20, ...filters } = query
        const source = await requireReadableSource(deps.sources, params.name, actor)
        const { items, ...rest } = await deps.deliveries.list(source.id, { ...filters, limit })
        return { items: [...items], ...rest }
      },
    )

    app.post(
      '/sources/:name/deliveries/:id/retry',
      {
        config: ADMIN,
        schema: {
          operationId: 'retryDelivery',
          summary: 'Retry a failed delivery',
          tags: ['sources'],
          params: schemas.DeliveryParams,
          response: {
            202: Type.Object({ jobQueued: Type.Literal(true) }, { examples: [{ jobQueued: true }] }),
          },
        },
      },
      async ({ params, actor }, reply) => {
        await retryDelivery(deps, { source: params.name, id: params.id, actor })
        return reply.code(202).send({ jobQueued: true })
      },
    )
  }
}
