import { isObject } from '../json-fields.ts'
import { base64Digest, deliveryId, eventName, headerOf, isHmacSha256 } from './signature.ts'
import type { WebhookHeaders, WebhookKind } from './webhook.ts'
import { readZendeskEvent } from './zendesk-events.ts'

/** How far the signed time may be from now. */
const WINDOW_MS = 300_000
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/** Zendesk signs the time and the body together, so that an old request cannot be sent again. */
export const zendeskWebhook: WebhookKind = {
  name: 'zendesk',
  secretFromSource: true,

  verify({ headers, body }, secrets, now) {
    const time = headerOf(headers, 'x-zendesk-webhook-signature-timestamp') ?? ''
    const digest = base64Digest(headerOf(headers, 'x-zendesk-webhook-signature'))
    const signed = isHmacSha256(digest, [time, body], secrets)
    return signed && isNear(time, now)
  },

  identify(headers: WebhookHeaders, payload) {
    const id = deliveryId(headerOf(headers, 'x-zendesk-webhook-invocation-id'))
    if (id === undefined) return undefined
    const type = isObject(payload) && typeof payload.type === 'string' ? payload.type : ''
    return { id, event: eventName(type.replace(/^zen:event-type:/, '')) }
  },

  apiHeaders: ({ user, token }) => ({
    authorization: `Basic ${Buffer.from(`${user}/token:${token}`).toString('base64')}`,
  }),

  read: readZendeskEvent,
}

function isNear(time: string, now: Date): boolean {
  return TIME.test(time) && Math.abs(new Date(time).getTime() - now.getTime()) <= WINDOW_MS
}
