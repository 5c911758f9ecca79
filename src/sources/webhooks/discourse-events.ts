import { readDiscourseFrame } from '../discourse-frame.ts'
import { type ReadPost, readDiscoursePost } from '../discourse-post.ts'
import { DiscourseTopic } from '../discourse-topic.ts'
import { JsonFields, type JsonObject } from '../json-fields.ts'
import type { SourceRecord } from '../record.ts'
import { latest, placeOf, recordsOf, requireObject, unexpected } from './payload.ts'
import type { WebhookDelivery, WebhookReading } from './webhook.ts'

/** Posts of topics of other kinds (private messages) are not for the community. */
const SHOWN_TOPICS = ['regular', 'banner', '']

/**
 * What an event of Discourse says. A topic's payload has no time of its own, and neither acceptance nor recovery
 * changes a post's: for these the delivery's time and number count, for texts and deletions the time in the payload.
 */
export function readDiscourseEvent({ event, payload, at, address }: WebhookDelivery): WebhookReading {
  if (event.startsWith('topic_'))
    return { records: readTopic(event, requireObject(payload, 'topic', event), at, address) }
  if (event.startsWith('post_'))
    return { records: readPost(event, requireObject(payload, 'post', event), at) }
  if (event === 'accepted_solution' || event === 'unaccepted_solution')
    return { records: readSolution(event, requireObject(payload, 'solved', event), at) }
  return { records: [] }
}

function readTopic(
  event: string,
  topic: JsonObject,
  at: string,
  address: string | undefined,
): SourceRecord[] {
  const fields = new JsonFields(topic)
  const deletedAt = fields.optionalTime('deleted_at')
  const context = { asOf: deletedAt ?? at, ...(address !== undefined && { baseUrl: address }) }
  if (event === 'topic_destroyed')
    return [{ type: 'removal', of: 'thread', id: idOf(fields, event), ...context }]
  const read = readDiscourseFrame(topic, context, placeOf(event))
  if ('rejected' in read) return recordsOf([read.rejected], event)
  return ['removal' in read ? read.removal : read.thread]
}

function readPost(event: string, post: JsonObject, at: string): SourceRecord[] {
  const fields = new JsonFields(post)
  const deletedAt = fields.optionalTime('deleted_at')
  const updatedAt = fields.optionalTime('updated_at') ?? at
  const asOf = event === 'post_recovered' ? latest(updatedAt, at) : (deletedAt ?? updatedAt)
  if (event === 'post_destroyed')
    return [
      { type: 'removal', of: 'post', id: idOf(fields, event), asOf: deletedAt ?? latest(updatedAt, at) },
    ]
  return postRecords(event, post, asOf)
}

function readSolution(event: string, post: JsonObject, at: string): SourceRecord[] {
  const fields = new JsonFields(post)
  const accepted = event === 'accepted_solution'
  const postId = idOf(fields, event)
  const threadId = fields.id('topic_id')
  if (fields.problem) throw unexpected(event, fields.problem.reason)
  const asOf = latest(fields.optionalTime('updated_at'), at)
  const records = postRecords(event, { ...post, accepted_answer: accepted }, asOf)
  return [...records, { type: 'verdict', threadId, postId, accepted, asOf: at }]
}

/** A post with who wrote it; its removal when people may not see it; nothing when it is no contribution. */
function postRecords(event: string, post: JsonObject, asOf: string): SourceRecord[] {
  const place = placeOf(event)
  if (!SHOWN_TOPICS.includes(new JsonFields(post).optionalText('topic_archetype') ?? '')) return []
  const read = withoutScore(readDiscoursePost(post, place))
  if ('post' in read && read.post.topicId === undefined) throw unexpected(event, 'topic_id is missing')
  const id = 'post' in read ? read.post.topicId! : ''
  return recordsOf(new DiscourseTopic({ id, title: '' }, {}, { asOf }, place).take([read]), event)
}

/** A webhook does not tell likes: none told is not the same as none given. */
function withoutScore(read: ReadPost): ReadPost {
  if (!('post' in read)) return read
  const { score: _untold, ...content } = read.post.content
  return { post: { ...read.post, content } }
}

function idOf(fields: JsonFields, event: string): string {
  const id = fields.id('id')
  if (fields.problem) throw unexpected(event, fields.problem.reason)
  return id
}
