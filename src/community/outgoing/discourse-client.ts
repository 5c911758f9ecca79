import type { Response } from 'undici'
import type { Clock } from '../../platform/clock.ts'
import type { DiscourseAccess } from '../../platform/config/discourse-answers.ts'
import { CodedError } from '../../platform/errors.ts'
import type { Outbound } from '../../platform/outbound.ts'
import { isObject, JsonFields, type JsonObject } from '../../sources/reading/json-fields.ts'

import type { MemberRole } from '../../sources/record.ts'

/** A post in a Discourse community, as its API states it. */
export interface PostedThere {
  readonly id: string
  readonly number: number
  readonly author?: { readonly id: string; readonly name: string; readonly role: MemberRole }
  readonly createdAt?: string
}

/** What became of a request to post an answer. */
export type PostResult =
  | { readonly result: 'posted'; readonly post: PostedThere }
  /** A moderator there has to approve it. */
  | { readonly result: 'held' }
  /** It will not be taken: trying again is no use. @property said what the community said */
  | { readonly result: 'refused'; readonly problem: DiscourseProblem; readonly said?: string }
  /** It may be taken later, or was taken although no answer came. */
  | {
      readonly result: 'later'
      readonly problem: DiscourseProblem
      readonly afterMs?: number
      readonly said?: string
    }

/** Why an answer is not there. What it means in words is in the messages of the workbench. */
export type DiscourseProblem = 'key' | 'topic' | 'text' | 'busy' | 'away' | 'redirect' | 'unreadable'

/** Posts at the end of a topic among which an answer is looked for, and how many one request may name. */
const LATEST = 60
const POSTS_A_REQUEST = 20
const LONGEST_WAIT_MS = 3_600_000
const LONGEST_SAID = 500

/**
 * Posts answers in one Discourse community by its API. The key is in no error and no log.
 *
 * @param access where, and as whom
 */
export function createDiscourseClient(
  { outbound, clock }: { readonly outbound: Pick<Outbound, 'fetch'>; readonly clock: Clock },
  access: DiscourseAccess,
  signal?: AbortSignal,
) {
  const { url, user, key } = access
  const headers = {
    accept: 'application/json',
    'user-agent': 'Entraide',
    'api-key': key,
    'api-username': user,
  }

  type Read = { readonly value: JsonObject } | Exclude<PostResult, { result: 'posted' | 'held' }>

  async function request(path: string, body?: object): Promise<Read> {
    let response: Response
    let text: string
    try {
      response = await outbound.fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      })
      text = await response.text()
    } catch (fault) {
      if (signal?.aborted) throw fault
      if (fault instanceof CodedError && fault.code === 'OUTBOUND_REDIRECTED')
        return { result: 'refused', problem: 'redirect' }
      if (fault instanceof CodedError && fault.code === 'OUTBOUND_ADDRESS_REFUSED')
        return { result: 'refused', problem: 'away', said: fault.message }
      return { result: 'later', problem: 'away' }
    }
    const value = parsed(text)
    const said = value && saidIn(value)
    const { status } = response
    if (status === 429)
      return { result: 'later', problem: 'busy', afterMs: waitOf(response, value, clock.now().getTime()) }
    if (status === 401 || status === 403) return { result: 'refused', problem: 'key', said }
    if (status === 404 || status === 410) return { result: 'refused', problem: 'topic', said }
    if (status >= 500 || status === 408) return { result: 'later', problem: 'away' }
    if (!response.ok) return { result: 'refused', problem: 'text', said }
    // A page in place of an answer: a proxy's, as while the community is being upgraded.
    return value === undefined ? { result: 'later', problem: 'unreadable' } : { value }
  }

  return {
    /** Posts an answer in a topic. */
    async post(topicId: string, raw: string): Promise<PostResult> {
      const answer = await request('/posts.json', { topic_id: Number(topicId), raw })
      if ('result' in answer) return answer
      const { value } = answer
      if (value.action === 'enqueued') return { result: 'held' }
      const post = readPost(isObject(value.post) ? value.post : value)
      return post === undefined ? { result: 'later', problem: 'unreadable' } : { result: 'posted', post }
    },

    /**
     * Looks for an answer that may have been posted before, among the last posts of the account in the topic.
     *
     * @param besides ids of posts that are other answers
     */
    async find(
      topicId: string,
      raw: string,
      besides: ReadonlySet<string>,
    ): Promise<PostResult | { readonly result: 'absent' }> {
      const topic = await request(`/t/${topicId}.json`)
      if ('result' in topic) return topic
      const stream = isObject(topic.value.post_stream) ? new JsonFields(topic.value.post_stream) : undefined
      const ids = stream?.array('stream').filter((id) => Number.isSafeInteger(id)) ?? []
      const latest = ids.slice(-LATEST).reverse()
      for (let at = 0; at < latest.length; at += POSTS_A_REQUEST) {
        const query = new URLSearchParams(
          latest.slice(at, at + POSTS_A_REQUEST).map((id): [string, string] => ['post_ids[]', String(id)]),
        )
        const page = await request(`/t/${topicId}/posts.json?${query}`)
        if ('result' in page) return page
        const posts = isObject(page.value.post_stream)
          ? new JsonFields(page.value.post_stream).array('posts').filter(isObject)
          : []
        for (const { id, username } of posts) {
          if (String(username).toLowerCase() !== user.toLowerCase() || besides.has(String(id))) continue
          const one = await request(`/posts/${id}.json`)
          if ('result' in one) return one
          const post = readPost(one.value)
          if (post !== undefined && isSameText(one.value.raw, raw)) return { result: 'posted', post }
        }
      }
      return { result: 'absent' }
    },

    addressOf: (topicId: string, { number }: PostedThere) => `${url}/t/${topicId}/${number}`,
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Discourse says in sentences what is wrong. */
function saidIn(value: JsonObject): string | undefined {
  const said = Array.isArray(value.errors) ? value.errors.filter((each) => typeof each === 'string') : []
  return said.length === 0 ? undefined : said.join(' ').slice(0, LONGEST_SAID)
}

function readPost(value: JsonObject): PostedThere | undefined {
  const fields = new JsonFields(value)
  const id = fields.optionalId('id')
  const number = fields.optionalNumber('post_number', 1)
  const userId = fields.optionalId('user_id')
  const name = fields.optionalText('username')
  const createdAt = fields.optionalTime('created_at')
  if (id === undefined || number === undefined || fields.problem) return undefined
  const isStaff = value.admin === true || (value.staff === true && value.moderator !== true)
  const role: MemberRole = isStaff ? 'staff' : value.moderator === true ? 'moderator' : 'member'
  const author = userId === undefined ? undefined : { id: userId, name: name ?? `user ${userId}`, role }
  return { id, number, author, createdAt }
}

/** For how long the community wants no requests: in its header, or in Discourse's own words. */
function waitOf({ headers }: Response, value: JsonObject | undefined, now: number): number | undefined {
  const stated = headers.get('retry-after')?.trim()
  const extras = value?.extras
  const seconds =
    isObject(extras) && typeof extras.wait_seconds === 'number' ? extras.wait_seconds : undefined
  const wait =
    stated === undefined
      ? seconds === undefined
        ? undefined
        : seconds * 1_000
      : /^\d+$/.test(stated)
        ? Number(stated) * 1_000
        : Date.parse(stated) - now
  return wait === undefined || !Number.isFinite(wait)
    ? undefined
    : Math.min(LONGEST_WAIT_MS, Math.max(1_000, wait))
}

/** Discourse takes blanks from the ends. */
function isSameText(one: unknown, other: string): boolean {
  const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
  return typeof one === 'string' && plain(one) === plain(other)
}
