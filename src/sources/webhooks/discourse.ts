import { isObject } from '../json-fields.ts'
import { readDiscourseEvent } from './discourse-events.ts'
import { deliveryId, eventName, headerOf, hexDigest, isHmacSha256 } from './signature.ts'
import type { WebhookKind } from './webhook.ts'

/**
 * Discourse signs the body alone, so that a repetition is known by the event's id only. A retried delivery comes
 * under a new id, with the body of the first try.
 */
export const discourseWebhook: WebhookKind = {
  name: 'discourse',
  secretFromSource: false,

  verify: ({ headers, body }, secrets) =>
    isHmacSha256(hexDigest(headerOf(headers, 'x-discourse-event-signature')), [body], secrets),

  identify(headers, payload) {
    const id = deliveryId(headerOf(headers, 'x-discourse-event-id'))
    if (id === undefined) return undefined
    const type =
      headerOf(headers, 'x-discourse-event-type') ?? (isObject(payload) ? Object.keys(payload)[0] : '')
    const event = eventName(headerOf(headers, 'x-discourse-event') ?? type)
    return { id, event, ...(/^\d{1,15}$/.test(id) && { sequence: Number(id) }) }
  },

  read: async (delivery) => readDiscourseEvent(delivery),
}
