import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createGroupCommit } from '../../platform/group-commit.ts'
import { ingestErrors } from '../errors.ts'
import { type Arrival, type Receipt, type ReceiveDeps, receiveDeliveries } from './receive-deliveries.ts'
import * as schemas from './schemas.ts'

export interface ReceiveRouteDeps extends ReceiveDeps {
  /** Deliveries per minute from one address, for all sources; far above what communities send. */
  readonly webhookRateLimit: number
}

/** How long a delivery waits for others, so that one flush to disk stores them all. */
const GATHER_MS = 5
const MOST_DELIVERIES = 100
/** Bytes in memory above which senders are asked to retry later. */
const MOST_WAITING = 64 * 1024 * 1024
/** Memory of a waiting delivery besides its body, so that many small ones count too. */
const OVERHEAD = 1024

/**
 * The endpoint for webhooks. The signature is the authentication. A request is answered once its delivery is committed; a
 * job applies it later.
 */
export function receiveRoutes(deps: ReceiveRouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    const group = createGroupCommit<Arrival, Receipt>((arrivals) => receiveDeliveries(deps, arrivals), {
      gatherMs: GATHER_MS,
      mostItems: MOST_DELIVERIES,
      mostWaiting: MOST_WAITING,
    })

    // The signature covers the bytes as received: nothing parses them before it is checked.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) =>
      done(ingestErrors.WEBHOOK_MEDIA_TYPE_UNSUPPORTED()),
    )

    app.post(
      '/sources/:name/webhooks/:kind',
      {
        config: {
          allow: 'anyone',
          idempotent: false,
          rateLimit: {
            max: deps.webhookRateLimit,
            // Not by URL: an unauthenticated sender could use a different one each time.
            keyGenerator: ({ ip }) => `webhook ${ip}`,
          },
        },
        schema: {
          operationId: 'receiveWebhook',
          summary: 'Receive a webhook delivery from a source',
          description:
            'Called by the source itself; docs/operate/sources/webhooks.md describes the set-up. The signature over the bytes of the body authenticates the request: a wrong signature, a missing one and an unknown source all get the same answer. 202: stored, and applied later. 200: received before, nothing changes.',
          tags: ['sources'],
          params: schemas.WebhookParams,
          response: { 200: schemas.Repeated, 202: schemas.Queued },
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const { name: source, kind } = request.params
        const arrival = { source, kind, headers: request.headers, body }
        const receipt = await group.add(arrival, body.length + OVERHEAD)
        if (receipt.outcome === 'refused') throw receipt.error
        if (receipt.outcome === 'repeated') return reply.code(200).send({ status: 'repeated' })
        return reply.code(202).send({ id: receipt.id, status: 'queued' })
      },
    )
  }
}
