import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import {
  deliveryId,
  eventName,
  headerOf,
  hexDigest,
  isHmacSha256,
  placeOf,
  recordsOf,
  requireObject,
  unexpected,
} from '../reading/webhook-payload.ts'
import type { SourceRecord } from '../record.ts'
import { type WebhookDelivery, type WebhookKind, type WebhookReading, withSequence } from '../webhook.ts'
import { type ReadPost, readDiscoursePost } from './post.ts'
import { readDiscourseThread } from './thread.ts'
import { DiscourseTopic } from './topic.ts'

/**
 * Discourse signs only the body, so a repetition is recognised by the event's id. A retried delivery has a new id and the
 * body of the first attempt.
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
    return { id, event, sequence: /^\d{1,15}$/.test(id) ? Number(id) : undefined }
  },

  read: async (delivery) => readDiscourseEvent(delivery),
}

/** Posts of other kinds of topics (private messages) are not public to the community. */
const SHOWN_TOPICS = ['regular', 'banner', '']

/**
 * Reads an event of Discourse. Edits and deletions of posts have their time in the payload. A topic has none, and neither
 * acceptance nor recovery changes that of a post: for these the time and number of the delivery count.
 */
export function readDiscourseEvent(delivery: WebhookDelivery): WebhookReading {
  const { event, payload } = delivery
  if (event.startsWith('topic_'))
    return { records: readTopic(delivery, requireObject(payload, 'topic', event)) }
  if (event.startsWith('post_')) return readPost(delivery, requireObject(payload, 'post', event))
  if (event === 'accepted_solution' || event === 'unaccepted_solution')
    return { records: readSolution(delivery, requireObject(payload, 'solved', event)) }
  return { records: [] }
}

function readTopic({ event, at, address }: WebhookDelivery, topic: JsonObject): SourceRecord[] {
  const context = { asOf: at, baseUrl: address }
  if (event === 'topic_destroyed')
    return [{ type: 'removal', of: 'thread', id: idOf(new JsonFields(topic), event), asOf: at }]
  const read = readDiscourseThread(topic, context, placeOf(event))
  if ('rejected' in read) return recordsOf([read.rejected], event)
  return ['removal' in read ? read.removal : read.thread]
}

function readPost(delivery: WebhookDelivery, post: JsonObject): WebhookReading {
  const { event, at, sequence } = delivery
  const fields = new JsonFields(post)
  const deletedAt = fields.optionalTime('deleted_at')
  if (event === 'post_destroyed' || deletedAt !== undefined) {
    const asOf = deletedAt === undefined ? at : withSequence(deletedAt, sequence)
    return { records: [{ type: 'removal', of: 'post', id: idOf(fields, event), asOf }] }
  }
  if (event !== 'post_recovered') return { records: postRecords(delivery, post, textTime(delivery, fields)) }
  return { records: postRecords(delivery, post, at), restored: [idOf(fields, event)] }
}

function readSolution(delivery: WebhookDelivery, post: JsonObject): SourceRecord[] {
  const { event, at } = delivery
  const fields = new JsonFields(post)
  const accepted = event === 'accepted_solution'
  const postId = idOf(fields, event)
  const threadId = fields.id('topic_id')
  if (fields.problem) throw unexpected(event, fields.problem.reason)
  const records = postRecords(delivery, { ...post, accepted_answer: accepted }, textTime(delivery, fields))
  return [...records, { type: 'acceptance-update', threadId, postId, accepted, asOf: at }]
}

/** When a post got its current text; the number distinguishes other events since. */
function textTime({ at, sequence }: WebhookDelivery, fields: JsonFields): string {
  const updatedAt = fields.optionalTime('updated_at')
  return updatedAt === undefined ? at : withSequence(updatedAt, sequence)
}

/** A post and its author; its removal if the community may not see it; nothing if nobody wrote it. */
function postRecords({ event }: WebhookDelivery, post: JsonObject, asOf: string): SourceRecord[] {
  const place = placeOf(event)
  if (!SHOWN_TOPICS.includes(new JsonFields(post).optionalText('topic_archetype') ?? '')) return []
  const read = withoutScore(readDiscoursePost(post, place))
  if ('post' in read && read.post.topicId === undefined) throw unexpected(event, 'topic_id is missing')
  const id = 'post' in read ? read.post.topicId! : ''
  return recordsOf(new DiscourseTopic({ id, title: '' }, {}, { asOf }, place).add([read]), event)
}

/** Drops the score: a webhook does not state likes, which does not mean that there are none. */
function withoutScore(read: ReadPost): ReadPost {
  if (!('post' in read)) return read
  const { score: _unstated, ...content } = read.post.content
  return { post: { ...read.post, content } }
}

function idOf(fields: JsonFields, event: string): string {
  const id = fields.id('id')
  if (fields.problem) throw unexpected(event, fields.problem.reason)
  return id
}
