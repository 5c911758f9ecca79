import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ZendeskPost {
  readonly id: number
  title: string
  details: string
  closed?: boolean
  vote_sum?: number
  comments: { readonly id: number; body: string; official?: boolean }[]
}

/** A help centre's community, as its API shows it at this moment. */
export interface ZendeskServer {
  readonly url: string
  readonly posts: Map<number, ZendeskPost>
  /** What was asked, as `path` with its query, and the authorization that came along. */
  readonly asked: { readonly path: string; readonly authorization: string | undefined }[]
  /** Whether posts are hidden from whoever asks: `lists-none` lists nothing, `lists-not` has no list either. */
  hidden: 'lists-none' | 'lists-not' | undefined
  /** Answers this status to everything, until it is undefined again. */
  failure: number | undefined
  close(): Promise<void>
}

const CREATED = '2026-01-10T09:00:00Z'
const PAGE = 2

export async function startZendesk(): Promise<ZendeskServer> {
  const posts = new Map<number, ZendeskPost>()
  const asked: ZendeskServer['asked'] = []
  const state: Pick<ZendeskServer, 'failure' | 'hidden'> = { failure: undefined, hidden: undefined }
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://localhost')
    asked.push({ path: `${url.pathname}${url.search}`, authorization: request.headers.authorization })
    const [, id, comments] =
      /^\/api\/v2\/community\/posts\/(\d+)(\/comments)?\.json$/.exec(url.pathname) ?? []
    const post = state.hidden === undefined ? posts.get(Number(id)) : undefined
    const lists = url.pathname === '/api/v2/community/posts.json' && state.hidden !== 'lists-not'
    const tag = /^\/api\/v2\/guide\/content_tags\/(\w+)$/.exec(url.pathname)?.[1]
    if (state.failure !== undefined) send(response, state.failure, { error: 'as the test wants it' })
    else if (tag !== undefined) send(response, 200, { content_tag: { id: tag, name: `tag ${tag}` } })
    else if (lists) send(response, 200, listOf(state.hidden === undefined ? [...posts.values()] : [], url))
    else if (post === undefined) send(response, 404, { error: 'RecordNotFound' })
    else send(response, 200, comments === undefined ? postOf(post) : pageOf(post, url))
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    asked,
    get failure() {
      return state.failure
    },
    set failure(status) {
      state.failure = status
    },
    get hidden() {
      return state.hidden
    },
    set hidden(how) {
      state.hidden = how
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function postOf({ comments, vote_sum = 0, ...post }: ZendeskPost): object {
  return {
    post: {
      ...post,
      author_id: 1,
      topic_id: 7,
      content_tag_ids: ['01ABC'],
      created_at: CREATED,
      html_url: `https://help.example.com/hc/posts/${post.id}`,
      status: 'none',
      vote_sum,
      vote_count: vote_sum,
      comment_count: comments.length,
    },
    users: [{ id: 1, name: 'Ada', role: 'end-user' }],
    topics: [{ id: 7, name: 'Boxes' }],
  }
}

function listOf(posts: readonly ZendeskPost[], url: URL): object {
  const size = Number(url.searchParams.get('page[size]') ?? 30)
  return { posts: posts.slice(0, size).map(({ id, title }) => ({ id, title })) }
}

function pageOf({ id, comments }: ZendeskPost, url: URL): object {
  const from = Number(url.searchParams.get('page[after]') ?? 0)
  const page = comments.slice(from, from + PAGE)
  return {
    comments: page.map((comment) => ({ ...comment, post_id: id, author_id: 2, created_at: CREATED })),
    users: [{ id: 2, name: 'Grace', role: 'agent' }],
    meta: { has_more: from + PAGE < comments.length, after_cursor: String(from + PAGE) },
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
