import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const KEY = 'k3y-of-the-helpdesk'
export const USER = 'helpdesk'

interface Posted {
  readonly id: number
  readonly topic: number
  readonly username: string
  readonly raw: string
  readonly at: string
}

type Handler = (response: ServerResponse, post: () => Posted) => void

/** A server that takes posts as Discourse documents it: `POST /posts.json`, `/t/{id}.json`, `/posts/{id}.json`. */
export async function startDiscourse(topics: readonly number[], now = () => new Date()) {
  const posts: Posted[] = topics.map((topic) => ({
    id: topic * 10,
    topic,
    username: 'ana',
    raw: 'Help!',
    at: '',
  }))
  const requests: string[] = []
  const faults: Handler[] = []
  let next = 5_000

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://discourse')
    const { method } = request
    requests.push(`${method} ${pathname}`)
    const { 'api-key': key, 'api-username': user } = request.headers
    if (key !== KEY || user !== USER)
      return send(response, 403, { errors: ['You are not permitted to view the requested resource.'] })
    if (method === 'POST') return take(request, response)
    const [, topicId] = /^\/t\/(\d+)(?:\/posts)?\.json$/.exec(pathname) ?? []
    const [, postId] = /^\/posts\/(\d+)\.json$/.exec(pathname) ?? []
    const found = posts.find(({ id }) => id === Number(postId))
    if (found !== undefined) return send(response, 200, shown(found, true))
    const ofTopic = posts.filter(({ topic }) => topic === Number(topicId))
    if (ofTopic.length === 0) return send(response, 404, { errors: ['The requested URL was not found.'] })
    const wanted = searchParams.getAll('post_ids[]').map(Number)
    const listed =
      wanted.length === 0 ? ofTopic.slice(0, 20) : ofTopic.filter(({ id }) => wanted.includes(id))
    return send(response, 200, {
      id: Number(topicId),
      post_stream: { stream: ofTopic.map(({ id }) => id), posts: listed.map((post) => shown(post, false)) },
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const part of request) text += part
    const { topic_id: topic, raw } = JSON.parse(text)
    const post = () => {
      next += 1
      const made = { id: next, topic, username: USER, raw: String(raw).trim(), at: now().toISOString() }
      posts.push(made)
      return made
    }
    const fault = faults.shift()
    if (fault !== undefined) return fault(response, post)
    if (!topics.includes(topic)) return send(response, 404, {})
    if (raw.length < 20)
      return send(response, 422, {
        action: 'create_post',
        errors: ['Body is too short (minimum is 20 characters)'],
      })
    send(response, 200, shown(post(), true))
  }

  function shown({ id, topic, username, raw, at }: Posted, isWhole: boolean) {
    return {
      id,
      username,
      user_id: username === USER ? 7 : 8,
      topic_id: topic,
      post_number: posts.filter((each) => each.topic === topic && each.id <= id).length,
      created_at: at,
      cooked: `<p>${raw}</p>`,
      staff: username === USER,
      ...(isWhole && { raw }),
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** What the account posted in a topic. */
    postedIn: (topic: number) => posts.filter((post) => post.topic === topic && post.username === USER),
    /** The next request to post is answered so. */
    fail: (handler: Handler) => faults.push(handler),
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
