import { CodedError } from '../../platform/errors.ts'
import { sourceErrors } from '../errors.ts'
import { isObject, JsonFields, type JsonObject } from '../reading/json-fields.ts'
import { toIsoTime } from '../reading/values.ts'
import type { SourceItem } from '../record.ts'
import type { Pace, RetryingClient } from '../retrying-client.ts'
import { createDiscourseReading, discoursePasses } from './reading.ts'
import type { DiscourseContext } from './thread.ts'

/** A topic as the list by activity shows it. */
export interface ListedTopic {
  readonly id: string
  /** Last activity. */
  readonly at: string
  /** Whether it is listed first, whatever its activity. */
  readonly isPinned: boolean
}

export interface ListPage {
  readonly topics: readonly ListedTopic[]
  readonly isLast: boolean
}

/** Posts that one request may name. */
const POSTS_A_REQUEST = 20
const NEVER = '1970-01-01T00:00:00.000Z'

/** The requests to a Discourse server, and the reading of its responses. */
export function createDiscourseServer(baseUrl: string, client: RetryingClient, pace: Pace) {
  let categories: Promise<ReadonlyMap<string, string>> | undefined

  return { list, readTopic }

  /**
   * A page of `/latest.json`, from 0.
   *
   * @throws CodedError API_REFUSED, API_ANSWER_INVALID, and those of {@link RetryingClient.get}
   */
  async function list(page: number): Promise<ListPage> {
    const url = new URL(`${baseUrl}/latest.json?no_definitions=true&page=${page}`)
    const answer = await client.get(url)
    const shown = `${baseUrl}/latest.json`
    if ('unavailable' in answer) {
      const { unavailable: status } = answer
      throw status < 404
        ? sourceErrors.API_REFUSED({ url: shown, status })
        : sourceErrors.API_ANSWER_INVALID({ url: shown, reason: `HTTP status ${status}` })
    }
    const topicList = isObject(answer.value) ? answer.value.topic_list : undefined
    if (!isObject(topicList) || !Array.isArray(topicList.topics))
      throw sourceErrors.API_ANSWER_INVALID({ url: shown, reason: 'no list of topics' })
    const topics = topicList.topics.flatMap((each) => (isObject(each) ? readListed(each) : []))
    return { topics, isLast: topicList.topics.length === 0 || !topicList.more_topics_url }
  }

  /**
   * A topic with all its posts. It is a rejection if the server refuses it, or fails on it while answering other requests.
   */
  async function readTopic(id: string): Promise<readonly SourceItem[]> {
    const place = { file: `${baseUrl}/t/${id}.json` }
    const reject = (reason: string): SourceItem[] => [
      {
        outcome: 'rejected',
        of: 'thread',
        code: 'TOPIC_UNAVAILABLE',
        reason: `topic ${id}: ${reason}`,
        place,
      },
    ]
    const asOf = new Date(pace.now()).toISOString()
    categories ??= fetchCategories()
    const context: DiscourseContext = { baseUrl, asOf, categories: await categories }
    let document: unknown
    try {
      const answer = await client.get(new URL(place.file))
      if ('unavailable' in answer) return reject(`the server responded ${answer.unavailable}`)
      document = answer.value
      if (!isObject(document) || !isObject(document.post_stream)) return reject('the response is not a topic')
      document = await withAllPosts(id, document)
    } catch (fault) {
      if (!(fault instanceof CodedError)) throw fault
      // If the server fails altogether, this throws, and the topic is read when the server is back.
      await list(0)
      return reject(fault.message)
    }
    const reading = createDiscourseReading(context)
    return [...reading.read({ value: document, place }, discoursePasses[0]), ...reading.finish()]
  }

  async function withAllPosts(id: string, document: JsonObject): Promise<JsonObject> {
    const stream = new JsonFields(document.post_stream as JsonObject)
    const posts = [...stream.array('posts')]
    const present = new Set(posts.flatMap((post) => (isObject(post) ? [post.id] : [])))
    const missing = stream.array('stream').filter((each) => Number.isSafeInteger(each) && !present.has(each))
    for (let at = 0; at < missing.length; at += POSTS_A_REQUEST) {
      const url = new URL(`${baseUrl}/t/${id}/posts.json`)
      for (const each of missing.slice(at, at + POSTS_A_REQUEST))
        url.searchParams.append('post_ids[]', String(each))
      const answer = await client.get(url)
      const page = 'value' in answer && isObject(answer.value) ? answer.value.post_stream : undefined
      if (isObject(page)) posts.push(...new JsonFields(page).array('posts'))
    }
    return { ...document, post_stream: { ...(document.post_stream as JsonObject), posts } }
  }

  /** Names of categories; empty if the key may not list them. */
  async function fetchCategories(): Promise<ReadonlyMap<string, string>> {
    const answer = await client.get(new URL(`${baseUrl}/categories.json?include_subcategories=true`))
    const list = 'value' in answer && isObject(answer.value) ? answer.value.category_list : undefined
    const top = isObject(list) ? objectsIn(list, 'categories') : []
    const all = [...top, ...top.flatMap((each) => objectsIn(each, 'subcategory_list'))]
    return new Map(
      all.flatMap((each): [string, string][] => {
        const fields = new JsonFields(each)
        const id = fields.optionalId('id')
        const name = fields.optionalText('name')
        return id !== undefined && name !== undefined ? [[id, name]] : []
      }),
    )
  }
}

export type DiscourseServer = ReturnType<typeof createDiscourseServer>

function objectsIn(object: JsonObject, field: string): readonly JsonObject[] {
  return new JsonFields(object).array(field).filter(isObject)
}

function readListed(topic: JsonObject): ListedTopic[] {
  const fields = new JsonFields(topic)
  const id = fields.optionalId('id')
  const times = ['bumped_at', 'last_posted_at', 'created_at'].map((name) => topic[name])
  const at = times.flatMap((time) => (typeof time === 'string' ? (toIsoTime(time) ?? []) : []))[0]
  if (id === undefined || !/^\d+$/.test(id)) return []
  return [{ id, at: at ?? NEVER, isPinned: topic.pinned === true || topic.pinned_globally === true }]
}
