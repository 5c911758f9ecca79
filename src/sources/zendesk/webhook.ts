import { sourceErrors } from '../errors.ts'
import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import {
  base64Digest,
  deliveryId,
  eventName,
  headerOf,
  isHmacSha256,
  placeOf,
  recordsOf,
  requireObject,
  unexpected,
} from '../reading/webhook-payload.ts'
import type { SourceItem, SourceRecord } from '../record.ts'
import type {
  SourceAnswer,
  SourceApi,
  WebhookDelivery,
  WebhookHeaders,
  WebhookKind,
  WebhookReading,
} from '../webhook.ts'
import { ZendeskCommunity } from './community.ts'

/** How far the signed time may be from now. */
const WINDOW_MS = 300_000
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/** Zendesk signs the time together with the body, so that an old request cannot be replayed. */
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

const PAGE = 100
/** Of a post with more pages of comments than this, only these are read. */
const MOST_PAGES = 50

/** A post with its comments, as the API returns them. */
interface Community {
  readonly post: JsonObject
  readonly comments: readonly JsonObject[]
  readonly users: readonly JsonObject[]
  readonly topics: readonly JsonObject[]
  readonly tags: ReadonlyMap<string, string>
  /** When the comments were requested; absent if there are too many to read all. */
  readonly completeAsOf?: string
}

/**
 * Reads an event of a Zendesk community, which only names the post that changed. The post is fetched with all its comments;
 * the result is at least as new as the event, so events may come in any order.
 */
export async function readZendeskEvent(
  { event, payload, at }: WebhookDelivery,
  api: SourceApi | undefined,
): Promise<WebhookReading> {
  if (!event.startsWith('community_post.') || event.includes('subscription')) return { records: [] }
  const id = postId(event, payload)
  const asOf = new JsonFields(payload as JsonObject).optionalTime('time') || at
  if (event === 'community_post.unpublished')
    return { records: [{ type: 'removal', of: 'thread', id, asOf }] }
  if (api === undefined) throw sourceErrors.SOURCE_API_REQUIRED({ kind: 'zendesk' })
  const answer = await api.get(`/api/v2/community/posts/${id}.json?include=users,topics`)
  if (answer.json === undefined) {
    await requireReadAccess(api, id)
    return { records: [{ type: 'removal', of: 'thread', id, asOf: answer.asOf }] }
  }
  const community = await fetchComments(api, id, answer, event)
  const { comments, completeAsOf } = community
  const records = toRecords(community, event, asOf)
  if (completeAsOf === undefined) return { records }
  const postIds = records.flatMap((record) => (record.type === 'post' ? [record.id] : []))
  return {
    records,
    completeThreads: [{ id, asOf, postsReadAt: completeAsOf, postIds, acceptedIds: officialIds(comments) }],
  }
}

/**
 * Checks that the access can see posts at all. Zendesk answers 404 both for a deleted post and for one that the access may
 * not see; without this check, an agent's lost role would empty the community.
 *
 * @throws CodedError SOURCE_API_FAILED
 */
async function requireReadAccess(api: SourceApi, id: string): Promise<void> {
  const { json } = await api.get('/api/v2/community/posts.json?page[size]=1')
  if (new JsonFields(isObject(json) ? json : {}).array('posts').length > 0) return
  const reason = `this API access shows neither post ${id} nor any other`
  throw sourceErrors.SOURCE_API_FAILED({ host: 'the source', reason })
}

function postId(event: string, payload: unknown): string {
  const fields = new JsonFields(requireObject(payload, 'detail', event))
  const id = fields.optionalId('id') ?? fields.optionalId('post_id') ?? ''
  if (!/^\d{1,20}$/.test(id)) throw unexpected(event, 'detail names no post')
  return id
}

async function fetchComments(
  api: SourceApi,
  id: string,
  found: SourceAnswer,
  event: string,
): Promise<Community> {
  const post = requireObject(found.json, 'post', event)
  const first = new JsonFields(found.json as JsonObject)
  const comments: JsonObject[] = []
  const users = first.array('users').filter(isObject)
  const topics = first.array('topics').filter(isObject)
  const tags = await fetchTags(api, post)
  const path = `/api/v2/community/posts/${id}/comments.json?include=users&page[size]=${PAGE}`
  let completeAsOf: string | undefined
  let after = ''
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const answer = await api.get(`${path}${after}`)
    if (answer.json === undefined)
      throw sourceErrors.SOURCE_API_FAILED({ host: 'the source', reason: `post ${id} was removed meanwhile` })
    completeAsOf ??= answer.asOf
    const page = new JsonFields(isObject(answer.json) ? answer.json : {})
    comments.push(...page.array('comments').filter(isObject))
    users.push(...page.array('users').filter(isObject))
    const meta = page.inner('meta')
    const cursor = meta.optionalText('after_cursor')
    if (!meta.flag('has_more') || cursor === undefined)
      return { post, comments, users, topics, tags, completeAsOf }
    after = `&page[after]=${encodeURIComponent(cursor)}`
  }
  return { post, comments, users, topics, tags }
}

/** Names of the content tags of a post, which states only their ids. */
async function fetchTags(api: SourceApi, post: JsonObject): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const value of new JsonFields(post).array('content_tag_ids')) {
    const id = String(value)
    if (!/^\w{1,50}$/.test(id)) continue
    const { json } = await api.get(`/api/v2/guide/content_tags/${id}`)
    const tag = new JsonFields(isObject(json) ? json : {}).inner('content_tag')
    const name = tag.optionalText('name')
    if (name !== undefined) names.set(id, name)
  }
  return names
}

/** Converts with the reader of exports. Acceptances become updates of single comments, because only these have a date. */
function toRecords(
  { post, comments, users, topics, tags }: Community,
  event: string,
  asOf: string,
): SourceRecord[] {
  const names = topics.flatMap((topic): [string, string][] => {
    const fields = new JsonFields(topic)
    const id = fields.optionalId('id')
    const name = fields.optionalText('name')
    return id === undefined || name === undefined ? [] : [[id, name]]
  })
  const community = new ZendeskCommunity({ topics: new Map(names), tags })
  const items: SourceItem[] = []
  const place = placeOf(event)
  community.post(post, place, items)
  for (const comment of comments) community.comment(comment, place, items)
  for (const user of users) community.user(user, place, items)
  const official = officialIds(comments)
  return recordsOf(items, event).flatMap((record): SourceRecord[] => {
    if (record.type === 'thread') return [{ ...record, asOf }]
    if (record.type !== 'post') return [record]
    const { id: postId, threadId } = record
    const dated = { ...record, asOf }
    if (threadId === undefined || !official.includes(postId)) return [dated]
    return [dated, { type: 'acceptance-update', threadId, postId, accepted: true, asOf }]
  })
}

/** Ids of the posts of comments that the company marked as official. */
function officialIds(comments: readonly JsonObject[]): string[] {
  return comments.filter(({ official }) => official === true).map(({ id }) => `comment-${id}`)
}
