import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { PageQuery } from '../platform/page-schema.ts'
import { accessErrors } from './errors.ts'
import { createKey, type KeyDeps, revokeKey } from './manage-keys.ts'

import { AuditPage, AuditQuerySchema, IssuedKeySchema, KeyPage, KeyParams, NewKeyBody } from './schemas.ts'

/** `/keys` for administrators, `/audit` for them and for supervisors. */
export function accessRoutes(deps: KeyDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/keys',
      {
        // The answer holds the secret, so it must not be remembered; the unique name keeps a retry from making two.
        config: { allow: ['admin'], idempotent: false },
        schema: {
          operationId: 'createKey',
          summary: 'Create an API key',
          description:
            'The token appears in this response only. Idempotency-Key is not accepted: repeating the request with the same name answers 409.',
          tags: ['access'],
          body: NewKeyBody,
          response: { 201: IssuedKeySchema },
        },
      },
      async (request, reply) => {
        const { key, token } = await createKey(deps, { ...request.body, actor: request.actor })
        return reply.code(201).send({ ...key, roles: [...key.roles], token })
      },
    )

    app.get(
      '/keys',
      {
        config: { allow: ['admin'] },
        schema: {
          operationId: 'listKeys',
          summary: 'List API keys, newest first, including revoked ones',
          tags: ['access'],
          querystring: PageQuery,
          response: { 200: KeyPage },
        },
      },
      async (request) => {
        const { items, ...rest } = await deps.keys.list(request.actor.audience, request.query)
        return { items: items.map((key) => ({ ...key, roles: [...key.roles] })), ...rest }
      },
    )

    app.delete(
      '/keys/:id',
      {
        config: { allow: ['admin'] },
        schema: {
          operationId: 'revokeKey',
          summary: 'Revoke an API key',
          description: 'The key is refused from the next request on. Revoking it again changes nothing.',
          tags: ['access'],
          params: KeyParams,
          response: { 204: Type.Null({ description: 'The key is revoked' }) },
        },
      },
      async (request, reply) => {
        await revokeKey(deps, { id: request.params.id, actor: request.actor })
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/audit',
      {
        config: { allow: ['supervisor'] },
        schema: {
          operationId: 'listAuditEntries',
          summary: 'List the audit log, newest first',
          tags: ['access'],
          querystring: AuditQuerySchema,
          response: { 200: AuditPage },
        },
      },
      async (request) => {
        if (request.actor.audience !== 'internal') throw accessErrors.AUDIT_INTERNAL_ONLY()
        const { limit = 20, ...filters } = request.query
        const { items, ...rest } = await deps.audit.list({ ...filters, limit })
        return { items: [...items], ...rest }
      },
    )
  }
}
