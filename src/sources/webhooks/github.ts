import { isObject } from '../json-fields.ts'
import { readGithubEvent } from './github-events.ts'
import { deliveryId, eventName, headerOf, hexDigest, isHmacSha256 } from './signature.ts'
import type { WebhookKind } from './webhook.ts'

/** GitHub signs the body alone; the older `X-Hub-Signature` (SHA-1) is not looked at. */
export const githubWebhook: WebhookKind = {
  name: 'github',
  secretFromSource: false,

  verify: ({ headers, body }, secrets) =>
    isHmacSha256(hexDigest(headerOf(headers, 'x-hub-signature-256')), [body], secrets),

  identify(headers, payload) {
    const id = deliveryId(headerOf(headers, 'x-github-delivery'))
    if (id === undefined) return undefined
    const event = eventName(headerOf(headers, 'x-github-event'))
    const action = isObject(payload) && typeof payload.action === 'string' ? `.${payload.action}` : ''
    return { id, event: eventName(`${event}${action}`) }
  },

  read: async (delivery) => readGithubEvent(delivery),
}
