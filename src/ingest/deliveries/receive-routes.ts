import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { createGroupCommit } from '../../platform/group-commit.ts'
import { deliveryErrors } from '../errors.ts'
import { type Arrival, type Receipt, type ReceiveDeps, receiveDeliveries } from './receive-deliveries.ts'
import * as schemas from './schemas.ts'

export interface ReceiveRouteDeps extends ReceiveDeps {
  /** Deliveries a minute from one address, whatever they name: far above what communities send. */
  readonly webhookRateLimit: number
}

/** A delivery waits this long for others, so that one flush to disk stores them all. */
const GATHER_MS = 5
const MOST_DELIVERIES = 100
/** Bytes in memory, above which senders are asked to come back. */
const MOST_WAITING = 64 * 1024 * 1024
/** What a waiting delivery takes beside its body, so that many small ones count too. */
const OVERHEAD = 1024

/**
 * Where sources deliver. The signature is the authentication; a request is answered when what it brought is
 * committed, and the work is done later.
 */
export function receiveRoutes(deps: ReceiveRouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    const group = createGroupCommit<Arrival, Receipt>((arrivals) => receiveDeliveries(deps, arrivals), {
      gatherMs: GATHER_MS,
      mostItems: MOST_DELIVERIES,
      mostWaiting: MOST_WAITING,
    })

    // The signature covers the bytes as they came: nothing reads them before it is checked.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) =>
      done(deliveryErrors.WEBHOOK_FORM_REFUSED()),
    )

    app.post(
      '/sources/:name/webhooks/:kind',
      {
        config: {
          allow: 'anyone',
          idempotent: false,
          rateLimit: {
            max: deps.webhookRateLimit,
            // Nothing of the URL: whoever is not known yet could write another one each time.
            keyGenerator: ({ ip }) => `webhook ${ip}`,
          },
        },
        schema: {
          operationId: 'receiveWebhook',
          summary: 'Deliver what happened in a source',
          description:
            'For the source itself, set up as docs/operate/sources/webhooks.md says. The signature over the bytes of the ' +
            'body is the authentication: a wrong one, a missing one and an unknown source are answered alike. 202: ' +
            'stored and to be applied; 200: it had come before and changes nothing.',
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
