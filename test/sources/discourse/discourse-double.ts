import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface DoubleTopic {
  readonly id: number
  /** Minutes after the beginning of 2025 at which it was last active. */
  active: number
  readonly posts: number
  readonly pinned?: boolean
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const PER_PAGE = 30
const CHUNK = 20
export const KEY = 'k3y-of-the-double-0123456789'

export const minute = (minutes: number) => new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString()

/** A server that answers as Discourse documents it: lists by activity with pinned topics first, topics by 20 posts. */
export async function startDiscourseDouble(topics: DoubleTopic[]) {
  const requests: string[] = []
  const faults: { readonly match: RegExp; readonly handler: Handler; times: number }[] = []
  const state = { topics, users: new Set<string>(), onRequest(_url: string): void {} }

  const server = createServer((request, response) => {
    const url = request.url ?? ''
    requests.push(decodeURIComponent(url))
    state.users.add(String(request.headers['api-username']))
    state.onRequest(url)
    const fault = faults.find((each) => each.times > 0 && each.match.test(decodeURIComponent(url)))
    if (fault) {
      fault.times -= 1
      fault.handler(request, response)
    } else if (request.headers['api-key'] !== KEY) refuse(response)
    else answer(new URL(url, 'http://double'), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    state,
    /** Requests that match are answered by `handler`, so many times. */
    fail(match: RegExp, handler: Handler, times = 1): void {
      faults.push({ match, handler, times })
    },
    topicRequests: () =>
      requests.filter((url) => /^\/t\/\d+\.json/.test(url)).map((url) => Number(url.match(/\d+/)![0])),
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    const topic = state.topics.find(
      ({ id }) => pathname.startsWith(`/t/${id}.json`) || pathname === `/t/${id}/posts.json`,
    )
    if (pathname === '/latest.json') json(response, listOf(Number(searchParams.get('page'))))
    else if (pathname === '/categories.json')
      json(response, {
        category_list: {
          categories: [{ id: 1, name: 'Assistance', subcategory_list: [{ id: 2, name: 'Réseau' }] }],
        },
      })
    else if (topic === undefined) json(response, { errors: ['not found'], error_type: 'not_found' }, 404)
    else if (pathname.endsWith('/posts.json')) {
      const ids = searchParams.getAll('post_ids[]').map(Number)
      json(response, {
        post_stream: { posts: postsOf(topic).filter(({ id }) => ids.includes(id)) },
        id: topic.id,
      })
    } else json(response, topicOf(topic))
  }

  function listOf(page: number) {
    const order = [...state.topics].sort((a, b) => b.active - a.active)
    const sorted = [...order.filter(({ pinned }) => pinned), ...order.filter(({ pinned }) => !pinned)]
    const topics = sorted.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((topic) => ({
      id: topic.id,
      title: `Question ${topic.id}`,
      posts_count: topic.posts,
      created_at: minute(0),
      bumped_at: minute(topic.active),
      pinned: topic.pinned ?? false,
    }))
    const hasMore = sorted.length > (page + 1) * PER_PAGE
    return {
      topic_list: {
        per_page: PER_PAGE,
        topics,
        ...(hasMore && { more_topics_url: `/latest?page=${page + 1}` }),
      },
    }
  }
}

export type DiscourseDouble = Awaited<ReturnType<typeof startDiscourseDouble>>

export const manyTopics = (count: number): DoubleTopic[] =>
  Array.from({ length: count }, (_, i) => ({ id: i + 1, active: 1000 + i * 10, posts: 2 }))

export function json(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(value))
}

function refuse(response: ServerResponse): void {
  const errors = ['You are not permitted to view the requested resource. The API username or key is invalid.']
  json(response, { errors, error_type: 'invalid_access' }, 403)
}

function topicOf(topic: DoubleTopic) {
  const posts = postsOf(topic)
  return {
    post_stream: { posts: posts.slice(0, CHUNK), stream: posts.map(({ id }) => id) },
    id: topic.id,
    title: `Question ${topic.id} sur la facture`,
    slug: `question-${topic.id}`,
    created_at: minute(topic.id),
    posts_count: topic.posts,
    views: 10 * topic.id,
    archetype: 'regular',
    visible: true,
    closed: false,
    category_id: 2,
    tags: ['facture'],
    accepted_answers: topic.posts > 1 ? [{ post_number: topic.posts, topic_id: topic.id }] : [],
    chunk_size: CHUNK,
  }
}

function postsOf({ id: topicId, posts }: DoubleTopic) {
  return Array.from({ length: posts }, (_, i) => ({
    id: topicId * 1000 + i + 1,
    post_number: i + 1,
    post_type: 1,
    topic_id: topicId,
    user_id: 1 + (i % 3),
    username: ['solene_r', 'karim.b', 'odile'][i % 3],
    created_at: minute(topicId + i),
    cooked: `<p>${i === 0 ? 'Pourquoi ma facture change-t-elle' : 'Parce que la remise est finie'}, sujet ${topicId}&nbsp;?</p>`,
    reply_to_post_number: null,
    actions_summary: [{ id: 2, count: i }],
  }))
}
