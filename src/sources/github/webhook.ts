import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import {
  deliveryId,
  eventName,
  headerOf,
  hexDigest,
  isHmacSha256,
  latest,
  placeOf,
  recordsOf,
  requireObject,
  unexpected,
} from '../reading/webhook-payload.ts'
import type { SourceItem, SourceRecord } from '../record.ts'
import type { WebhookDelivery, WebhookKind, WebhookReading } from '../webhook.ts'
import { DiscussionConnections } from './completeness.ts'
import { readDiscussion } from './threads.ts'

/** GitHub signs only the body; the older `X-Hub-Signature` (SHA-1) is ignored. */
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

/** Events after which the discussion no longer exists; the payload of all others states its current content. */
const REMOVED = ['discussion.deleted', 'discussion.transferred']

/**
 * Reads an event of GitHub. The payload has the form of the REST API; it is converted to that of the export, so that the
 * same code reads both and the ids are the same.
 */
export function readGithubEvent({ event, payload, at }: WebhookDelivery): WebhookReading {
  if (!event.startsWith('discussion.') && !event.startsWith('discussion_comment.')) return { records: [] }
  const discussion = requireObject(payload, 'discussion', event)
  const updatedAt = timeOf(discussion, event)
  if (REMOVED.includes(event)) {
    const id = nodeId(discussion, event)
    return { records: [{ type: 'removal', of: 'thread', id, asOf: latest(updatedAt, at) }] }
  }
  if (event === 'discussion_comment.deleted') {
    const comment = requireObject(payload, 'comment', event)
    const asOf = latest(timeOf(comment, event), updatedAt, at)
    return { records: [{ type: 'removal', of: 'post', id: nodeId(comment, event), asOf }] }
  }
  const [field] = ['comment', 'answer', 'old_answer'].filter(
    (each) => isObject(payload) && isObject(payload[each]),
  )
  const comment = field === undefined ? undefined : requireObject(payload, field, event)
  const records = readState(event, discussion, comment, updatedAt)
  return { records: [...records, ...acceptanceUpdate(event, discussion, comment, updatedAt)] }
}

/** The discussion in the payload, with the comment that the event is about. */
function readState(
  event: string,
  discussion: JsonObject,
  comment: JsonObject | undefined,
  updatedAt: string,
): SourceRecord[] {
  const items: SourceItem[] = []
  const nodes = comment === undefined ? [] : [commentNode(comment)]
  readDiscussion(
    { ...discussionNode(discussion), comments: { nodes } },
    placeOf(event),
    items,
    new DiscussionConnections(),
  )
  const commentId = comment && nodeId(comment, event)
  const isReply = comment?.parent_id != null && !isChosen(discussion, comment)
  return recordsOf(items, event).map((record) => {
    if (record.type === 'thread') return { ...record, asOf: updatedAt }
    if (record.type !== 'post') return record
    if (record.id !== commentId || comment === undefined) return { ...record, asOf: updatedAt }
    // The payload names the parent by a number that the export lacks, so the reply belongs to the thread alone.
    const kind = isReply ? 'comment' : 'answer'
    return { ...record, kind, asOf: latest(timeOf(comment, event), updatedAt) }
  })
}

function acceptanceUpdate(
  event: string,
  discussion: JsonObject,
  comment: JsonObject | undefined,
  asOf: string,
): SourceRecord[] {
  if (event !== 'discussion.answered' && event !== 'discussion.unanswered') return []
  if (comment === undefined) throw unexpected(event, 'the answer is missing')
  const accepted = event === 'discussion.answered'
  return [
    {
      type: 'acceptance-update',
      threadId: nodeId(discussion, event),
      postId: nodeId(comment, event),
      accepted,
      asOf,
    },
  ]
}

function discussionNode(discussion: JsonObject): JsonObject {
  const { labels, category, title, body, state, locked } = discussion
  return {
    ...commonNode(discussion),
    title,
    body: body ?? '',
    closed: state === 'closed',
    locked,
    category: isObject(category) ? { name: category.name } : undefined,
    labels: { nodes: Array.isArray(labels) ? labels : [] },
  }
}

function commentNode(comment: JsonObject): JsonObject {
  return { ...commonNode(comment), body: comment.body ?? '' }
}

function commonNode(value: JsonObject): JsonObject {
  const { node_id, created_at, html_url, user, author_association } = value
  return {
    id: node_id,
    createdAt: created_at,
    url: html_url,
    author: isObject(user) ? { login: user.login } : undefined,
    authorAssociation: author_association,
  }
}

/** Whether a comment is the chosen answer, whose address ends in the number of the comment. */
function isChosen(discussion: JsonObject, comment: JsonObject): boolean {
  const url = discussion.answer_html_url
  return typeof url === 'string' && url.endsWith(`#discussioncomment-${String(comment.id)}`)
}

function nodeId(value: JsonObject, event: string): string {
  const fields = new JsonFields(value)
  const id = fields.id('node_id')
  if (fields.problem) throw unexpected(event, fields.problem.reason)
  return id
}

function timeOf(value: JsonObject, event: string): string {
  const fields = new JsonFields(value)
  const time = fields.optionalTime('updated_at') ?? fields.time('created_at')
  if (fields.problem) throw unexpected(event, fields.problem.reason)
  return time
}
