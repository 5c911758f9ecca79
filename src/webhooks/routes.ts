import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { entityTag, requireVersionIn } from '../platform/entity-tag.ts'
import type { WebhookDeps } from './deps.ts'
import { type Endpoint, type EndpointView, presentEndpoints } from './endpoints/endpoint.ts'
import { changeEndpoint, createEndpoint, removeEndpoint, rotateSecret } from './endpoints/manage-endpoints.ts'
import * as schemas from './schemas.ts'
import { retryDeliveries } from './sending/manage-deliveries.ts'
import { testEndpoint } from './sending/test-endpoint.ts'

const config = { allow: ['admin'] } as const
/** The answer holds a secret, or nothing is stored, so no answer is kept for a retry. */
const notIdempotent = { ...config, idempotent: false } as const
const tags = ['webhooks']

/** Webhook endpoints and their deliveries, for administrators. */
export function webhookRoutes(deps: WebhookDeps): FastifyPluginAsyncTypebox {
  /** The endpoint with its ETag. */
  async function show(endpoint: Endpoint, reply: FastifyReply): Promise<EndpointView> {
    reply.header('etag', entityTag(endpoint.version))
    const [view] = await presentEndpoints(deps, [endpoint])
    return view as EndpointView // One in, one out.
  }

  async function showSecret(endpoint: Endpoint, reply: FastifyReply) {
    return { ...(await show(endpoint, reply)), secret: endpoint.secrets[0]!.value }
  }

  return async (app) => {
    app.post(
      '/webhooks',
      {
        config: notIdempotent,
        schema: {
          operationId: 'createWebhook',
          summary: 'Add a webhook endpoint',
          description:
            'The secret appears in this response only. Idempotency-Key is not accepted: repeating the request with the same URL answers 409.',
          tags,
          body: schemas.NewEndpointBody,
          response: { 201: schemas.EndpointWithSecret },
        },
      },
      async (request, reply) => {
        const endpoint = await createEndpoint(deps, { ...request.body, actor: request.actor })
        return reply.code(201).send(await showSecret(endpoint, reply))
      },
    )

    app.get(
      '/webhooks',
      {
        config,
        schema: {
          operationId: 'listWebhooks',
          summary: 'List webhook endpoints, newest first',
          tags,
          querystring: schemas.EndpointQuery,
          response: { 200: schemas.EndpointPage },
        },
      },
      async (request) => {
        const { items, ...page } = await deps.endpoints.list(request.actor.audience, request.query)
        return { ...page, items: await presentEndpoints(deps, items) }
      },
    )

    app.get(
      '/webhooks/:id',
      {
        config,
        schema: {
          operationId: 'getWebhook',
          summary: 'Get a webhook endpoint',
          tags,
          params: schemas.EndpointParams,
          response: { 200: schemas.EndpointSchema },
        },
      },
      async (request, reply) =>
        show(await deps.endpoints.require(request.params.id, request.actor.audience), reply),
    )

    app.patch(
      '/webhooks/:id',
      {
        config,
        schema: {
          operationId: 'changeWebhook',
          summary: 'Change, disable or enable a webhook endpoint',
          description: 'The waiting deliveries of a disabled endpoint become dead; `retry` sends them again.',
          tags,
          params: schemas.EndpointParams,
          headers: schemas.IfMatch,
          body: schemas.EndpointChangeBody,
          response: { 200: schemas.EndpointSchema },
        },
      },
      async (request, reply) => {
        const version = requireVersionIn(request.headers['if-match'])
        const { params, body: change, actor } = request
        return show(await changeEndpoint(deps, { id: params.id, version, change, actor }), reply)
      },
    )

    app.delete(
      '/webhooks/:id',
      {
        config,
        schema: {
          operationId: 'removeWebhook',
          summary: 'Remove a webhook endpoint and its waiting deliveries',
          tags,
          params: schemas.EndpointParams,
          response: { 204: Type.Null({ description: 'The endpoint is removed' }) },
        },
      },
      async (request, reply) => {
        await removeEndpoint(deps, { id: request.params.id, actor: request.actor })
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/webhooks/:id/rotate-secret',
      {
        config: notIdempotent,
        schema: {
          operationId: 'rotateWebhookSecret',
          summary: 'Replace the secret of a webhook endpoint',
          description:
            'The old secret also signs for `overlapHours`, so that the receiver can switch without losing deliveries.',
          tags,
          params: schemas.EndpointParams,
          body: schemas.RotationBody,
          response: { 200: schemas.EndpointWithSecret },
        },
      },
      async (request, reply) => {
        const { params, body, actor } = request
        return showSecret(await rotateSecret(deps, { id: params.id, ...body, actor }), reply)
      },
    )

    app.post(
      '/webhooks/:id/test',
      {
        config: notIdempotent,
        schema: {
          operationId: 'testWebhook',
          summary: 'Send one signed `webhook.test` and report the result',
          tags,
          params: schemas.EndpointParams,
          response: { 200: schemas.TestReportSchema },
        },
      },
      async (request) =>
        testEndpoint(deps, await deps.endpoints.require(request.params.id, request.actor.audience)),
    )

    app.get(
      '/webhooks/:id/deliveries',
      {
        config,
        schema: {
          operationId: 'listWebhookDeliveries',
          summary: 'List the deliveries of an endpoint, newest first',
          description: 'Delivered ones are kept for 7 days, dead ones for 30.',
          tags,
          params: schemas.EndpointParams,
          querystring: schemas.DeliveryQuerystring,
          response: { 200: schemas.DeliveryPage },
        },
      },
      async (request) => {
        const { id } = await deps.endpoints.require(request.params.id, request.actor.audience)
        const { items, ...page } = await deps.deliveries.list({
          limit: 20,
          ...request.query,
          endpointIds: [id],
        })
        return { ...page, items: [...items] }
      },
    )

    app.post(
      '/webhooks/:id/retry',
      {
        config,
        schema: {
          operationId: 'retryWebhookDeliveries',
          summary: 'Send dead deliveries again',
          tags,
          params: schemas.EndpointParams,
          body: schemas.RetryBody,
          response: { 200: schemas.Retried },
        },
      },
      async (request) => {
        const { params, body, actor } = request
        return { retried: await retryDeliveries(deps, { endpointId: params.id, ...body, actor }) }
      },
    )
  }
}
