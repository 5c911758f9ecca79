import { afterEach, describe, expect, it } from 'vitest'
import { CodedError, createOutbound } from '../../src/platform/index.ts'
import { readDiscourseApi } from '../../src/sources/discourse-api.ts'
import { requireFormat, type SourceItem } from '../../src/sources/index.ts'
import {
  type DiscourseDouble,
  type DoubleTopic,
  json,
  KEY,
  manyTopics,
  minute,
  startDiscourseDouble,
} from './discourse-double.ts'
import { readAllWith } from './read-all.ts'

const doubles: DiscourseDouble[] = []
const outbound = createOutbound({ privateHosts: ['127.0.0.1'] })
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((each) => each.close()))
})

async function serve(topics: DoubleTopic[]): Promise<DiscourseDouble> {
  const double = await startDiscourseDouble(topics)
  doubles.push(double)
  return double
}

interface Options {
  readonly key?: string
  readonly since?: string
  readonly cursor?: string
  /** Stop after so many topics, as a killed import would. */
  readonly most?: number
}

/** Reads with a clock that jumps instead of waiting. */
async function read(double: DiscourseDouble, { cursor, most, ...options }: Options = {}) {
  const slept: number[] = []
  let now = Date.UTC(2026, 0, 1)
  const pace = {
    now: () => now,
    async sleep(milliseconds: number) {
      slept.push(milliseconds)
      now += milliseconds
    },
    random: () => 0.5,
  }
  const items: SourceItem[] = []
  const progress = { bytesRead: 0, bytesTotal: 0 }
  let fault: CodedError | undefined
  let last: string | undefined
  const context = cursor === undefined ? {} : { cursor }
  const given = { key: KEY, privateHosts: ['127.0.0.1'], ...options }
  try {
    for await (const block of readDiscourseApi({ outbound, pace }, double.url, progress, given, context)) {
      items.push(...block)
      for (const item of block) if (item.outcome === 'checkpoint') last = item.cursor
      if (most !== undefined && threadsOf(items).length >= most) break
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    fault = error
  }
  return { items, fault, slept, cursor: last, threads: threadsOf(items) }
}

function threadsOf(items: readonly SourceItem[]): number[] {
  return items.flatMap((item) =>
    item.outcome === 'record' && item.record.type === 'thread' ? [Number(item.record.id)] : [],
  )
}
const postsOf = (items: readonly SourceItem[]) =>
  items.filter((item) => item.outcome === 'record' && item.record.type === 'post').length
const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('a Discourse community read by API', () => {
  it('reads every topic of every page, the latest first, with its URL and category', async () => {
    const double = await serve(manyTopics(95))
    const { threads, items, fault } = await read(double)
    expect(fault).toBeUndefined()
    expect(threads.slice(0, 3)).toEqual([95, 94, 93])
    expect(ascending(threads)).toEqual(upTo(95))
    expect(items[0]).toMatchObject({
      record: { url: `${double.url}/t/question-95/95`, facts: { categoryId: '2', category: 'Réseau' } },
    })
    expect([...double.state.users]).toEqual(['system'])
  })

  it('fetches the posts that a topic does not show at first, twenty at a time', async () => {
    const double = await serve([{ id: 7, active: 1, posts: 65 }])
    const { items } = await read(double)
    expect(postsOf(items)).toBe(65)
    expect(double.requests.filter((url) => url.includes('/posts.json'))).toHaveLength(3)
    expect(items.some(({ outcome }) => outcome === 'incomplete')).toBe(false)
    expect(items).toContainEqual(
      expect.objectContaining({ record: expect.objectContaining({ type: 'acceptance', postIds: ['7065'] }) }),
    )
  })

  it('names a topic of which the server keeps posts back', async () => {
    const double = await serve([{ id: 7, active: 1, posts: 45 }])
    double.fail(/7\/posts\.json.*7041/, (_, response) => json(response, { errors: [] }, 404), 9)
    const { items, fault } = await read(double)
    expect(fault).toBeUndefined()
    expect(items).toContainEqual(
      expect.objectContaining({ outcome: 'incomplete', reason: expect.stringContaining('40 of 45 posts') }),
    )
  })

  it('stops at --since, and not at an old topic that is pinned above', async () => {
    const topics = manyTopics(70).map((each) => (each.id === 3 ? { ...each, pinned: true } : each))
    const double = await serve(topics)
    const { threads } = await read(double, { since: minute(1000 + 59 * 10) })
    expect(ascending(threads)).toEqual(upTo(70).slice(59))
    expect(double.requests.some((url) => url.includes('page=1'))).toBe(false)
  })

  it('reads what became active while it read, and what moved up when a topic was deleted', async () => {
    const double = await serve(manyTopics(70))
    let asked = 0
    double.state.onRequest = (url) => {
      if (!url.startsWith('/t/')) return
      asked += 1
      // On page 0: topic 41, first of page 1, moves up past the border; topic 5, of page 2, jumps to the top.
      if (asked === 10) double.state.topics = double.state.topics.filter(({ id }) => id !== 65)
      if (asked === 12) double.state.topics.find(({ id }) => id === 5)!.active = 99_999
    }
    const { threads } = await read(double)
    expect(ascending([...new Set(threads)]).filter((id) => id !== 65)).toEqual(
      upTo(70).filter((id) => id !== 65),
    )
    expect(threads.filter((id) => id === 5)).toHaveLength(1)
  })

  it('goes on near where it was cut', async () => {
    const double = await serve(manyTopics(300))
    const cut = await read(double, { most: 200 })
    double.requests.length = 0
    // Meanwhile there is a new topic, and an old one was active again.
    double.state.topics.push({ id: 301, active: 50_000, posts: 1 })
    double.state.topics.find(({ id }) => id === 250)!.active = 50_001
    const rest = await read(double, { cursor: cut.cursor! })
    expect(ascending([...new Set([...cut.threads, ...rest.threads])])).toEqual(upTo(301))
    expect(rest.threads).toContain(250)
    expect(rest.threads.length).toBeLessThan(100 + 2 * 30 + 2)
    expect(JSON.parse(rest.cursor!)).toEqual({ completed: minute(50_001) })
  })

  it('goes on even where the list became shorter than the page it was at', async () => {
    const double = await serve(manyTopics(200))
    const cut = await read(double, { most: 150 })
    double.state.topics = double.state.topics.filter(({ id }) => id <= 110)
    const rest = await read(double, { cursor: cut.cursor! })
    const missed = upTo(110).filter((id) => !cut.threads.includes(id) && !rest.threads.includes(id))
    expect(missed).toEqual([])
    expect(Math.max(...rest.threads)).toBeLessThan(90)
  })

  it('reads no more than what is new after it was complete once', async () => {
    const double = await serve(manyTopics(120))
    const { cursor } = await read(double)
    double.requests.length = 0
    double.state.topics.find(({ id }) => id === 17)!.active = 60_000
    const next = await read(double, { cursor: cursor! })
    expect(ascending(next.threads)).toEqual([17, 120])
    expect(double.requests.length).toBeLessThan(12)
  })

  it('reads everything when the cursor is none of its own', async () => {
    const double = await serve(manyTopics(3))
    for (const cursor of ['nonsense', '{"completed":"soon"}', '[]', '{"crawl":{"page":-1}}'])
      expect((await read(double, { cursor })).threads).toHaveLength(3)
  })
})

describe('a Discourse server that is busy or broken', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, {}, 7_000],
    ['a date', { 'retry-after': new Date(Date.UTC(2026, 0, 1, 0, 0, 9)).toUTCString() }, {}, 9_000],
    ['the body', {}, { extras: { wait_seconds: 12 } }, 12_000],
    ['nothing', {}, {}, 10_000],
  ])('waits as long as it is asked to by %s', async (_, headers, body, expected) => {
    const double = await serve(manyTopics(1))
    double.fail(/categories/, (_request, response) => json(response, body, 429, headers))
    const { slept, threads } = await read(double)
    expect(slept).toEqual([expected])
    expect(threads).toEqual([1])
  })

  it('waits before the next request when nothing of the rate limit remains', async () => {
    const double = await serve(manyTopics(1))
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }
    double.fail(/page=0/, (_, response) => json(response, { topic_list: { topics: [] } }, 200, headers))
    expect((await read(double)).slept).toEqual([])
    double.fail(/categories/, (_, response) => json(response, { category_list: {} }, 200, headers))
    expect((await read(double)).slept).toEqual([30_000])
  })

  it('gives up when it is told again and again to come back later', async () => {
    const double = await serve(manyTopics(1))
    double.fail(/latest/, (_, response) => json(response, {}, 429, { 'retry-after': '1' }), 1_000)
    const { fault, slept } = await read(double)
    expect(fault?.code).toBe('API_BUSY')
    expect(slept.length).toBeLessThan(40)
  })

  it.each<[string, Parameters<DiscourseDouble['fail']>[1]]>([
    ['a 502', (_, response) => json(response, {}, 502)],
    ['a page of HTML with 200', (_, response) => response.end('<!DOCTYPE html><title>Maintenance</title>')],
    [
      'a connection cut in the middle of the answer',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
        response.write('{"post_stream":{"posts":[', () => response.destroy())
      },
    ],
    ['a connection cut before the answer', (request) => request.socket.destroy()],
  ])('tries again after %s, with growing waits', async (_, handler) => {
    const double = await serve(manyTopics(4))
    double.fail(/\/t\/2\.json/, handler, 3)
    const { threads, slept, fault } = await read(double)
    expect(fault).toBeUndefined()
    expect(ascending(threads)).toEqual([1, 2, 3, 4])
    expect(slept).toEqual([750, 1500, 3000])
  })

  it('rejects a topic that is gone, forbidden or broken for good, and reads the others', async () => {
    const double = await serve(manyTopics(5))
    double.fail(/\/t\/1\.json/, (_, response) => json(response, {}, 404), 99)
    double.fail(/\/t\/2\.json/, (_, response) => json(response, {}, 403), 99)
    double.fail(/\/t\/3\.json/, (_, response) => json(response, {}, 500), 99)
    double.fail(/\/t\/4\.json/, (_, response) => json(response, { errors: ['?'] }), 99)
    const { items, threads, fault, cursor } = await read(double)
    expect(fault).toBeUndefined()
    expect(threads).toEqual([5])
    const rejected = items.flatMap((item) => (item.outcome === 'rejected' ? [item] : []))
    expect(rejected.map(({ code, reason }) => `${code} ${reason.slice(0, 8)}`).sort()).toEqual(
      [1, 2, 3, 4].map((id) => `TOPIC_UNAVAILABLE topic ${id}:`),
    )
    expect(JSON.parse(cursor!).completed).toBeDefined()
  })

  it('ends where the server goes away, and does not count its topics as read', async () => {
    const double = await serve(manyTopics(90))
    double.state.onRequest = () => {
      if (double.topicRequests().length === 45)
        double.fail(/./, (_, response) => json(response, {}, 503), 1e6)
    }
    const { fault, cursor, threads } = await read(double)
    expect(fault).toMatchObject({ code: 'API_UNAVAILABLE', details: { status: 503 } })
    expect(JSON.parse(cursor!).crawl.page).toBe(0)
    const rest = await read(await restart(double), { cursor: cursor! })
    expect(ascending([...new Set([...threads, ...rest.threads])])).toEqual(upTo(90))
  })

  it('ends at a list that repeats itself', async () => {
    const double = await serve(manyTopics(100))
    double.fail(
      /page=[1-9]/,
      (_, response) => {
        const topics = upTo(30).map((id) => ({ id: 101 - id, bumped_at: minute(1000 + (100 - id) * 10) }))
        json(response, { topic_list: { topics, more_topics_url: '/latest?page=1' } })
      },
      1e6,
    )
    expect((await read(double)).fault?.code).toBe('API_ANSWER_INVALID')
  })

  it('says that the key is wrong, and never which it was', async () => {
    const double = await serve(manyTopics(1))
    const { fault } = await read(double, { key: 'wrong-key-SECRET' })
    expect(fault).toMatchObject({ code: 'API_REFUSED', details: { status: 403 } })
    for (const key of ['two\nlines-SECRET', 'späße-SECRET']) {
      const refused = await read(double, { key })
      expect(refused.fault?.code).toBe('FORMAT_OPTION_INVALID')
      expect(JSON.stringify([refused.fault?.message, refused.fault?.details])).not.toContain('SECRET')
    }
    expect(JSON.stringify([fault?.message, fault?.details, fault?.stack])).not.toContain('SECRET')
  })

  it('does not follow a redirect, which would carry the key along', async () => {
    const double = await serve(manyTopics(1))
    double.fail(
      /latest/,
      (_, response) => response.writeHead(302, { location: 'https://example.org/login' }).end(),
      9,
    )
    const { fault } = await read(double)
    expect(fault?.code).toBe('OUTBOUND_REDIRECTED')
    expect(double.requests).toHaveLength(1)
  })
})

describe('the address of a Discourse community', () => {
  const discourse = requireFormat('discourse')

  it('is refused on a private network unless it is allowed', async () => {
    const double = await serve(manyTopics(1))
    const { fault } = await readAllWith({}, discourse, double.url)
    expect(fault?.code).toBe('OUTBOUND_ADDRESS_REFUSED')
    expect(double.requests).toEqual([])
    const allowed = await readAllWith({ key: KEY, 'private-hosts': '127.0.0.1' }, discourse, double.url)
    expect(threadsOf(allowed.items)).toEqual([1])
  })

  it.each([
    ['holds a password', ['https://ana:secret@community.example']],
    ['holds a query', ['https://community.example/?api_key=secret']],
    ['is one of several', ['https://community.example', 'https://other.example']],
    ['would carry a key without https', ['http://community.example']],
  ])('is refused where it %s', async (_, paths) => {
    const { fault } = await readAllWith({ key: KEY }, discourse, ...paths)
    expect(fault?.code).toBe('API_ADDRESS_INVALID')
    expect(fault?.message).not.toContain('secret')
  })

  it('has one cursor, however it is written', () => {
    const name = discourse.cursorName?.(['https://Community.example/forum/'])
    expect(name).toBe('discourse https://community.example/forum')
    expect(discourse.cursorName?.(['https://community.example/forum'])).toBe(name)
    expect(discourse.cursorName?.(['export.json'])).toBeUndefined()
  })

  it('takes no date for --since that is none', async () => {
    const { fault } = await readAllWith({ since: '2026-02-30' }, discourse, 'https://community.example')
    expect(fault?.code).toBe('FORMAT_OPTION_INVALID')
  })
})

/** The same community behind a server that works again. */
async function restart({ state }: DiscourseDouble): Promise<DiscourseDouble> {
  return serve(state.topics)
}
