import { describe, expect, it } from 'vitest'
import { requireFormat } from '../../../src/sources/registry.ts'
import { readAllWith } from '../read-all.ts'
import { json, KEY, manyTopics, minute } from './discourse-double.ts'
import { ascending, postsOf, read, serve, threadsOf, upTo } from './read-discourse.ts'

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

  it('is not led astray by a topic whose activity is in the future', async () => {
    const double = await serve([...manyTopics(40), { id: 41, active: 40_000_000, posts: 1 }])
    double.state.onRequest = () => {
      if (double.topicRequests().length === 35) double.state.topics.find(({ id }) => id === 2)!.active = 5_000
    }
    const { threads, cursor } = await read(double)
    expect(ascending([...new Set(threads)])).toEqual(upTo(41))
    expect(JSON.parse(cursor!)).toEqual({ completed: minute(5_000) })
    double.state.topics.find(({ id }) => id === 9)!.active = 6_000
    const next = await read(double, { cursor: cursor! })
    expect(next.threads).toContain(9)
    expect(next.threads.length).toBeLessThan(5)
  })

  it('reads everything when the cursor is none of its own', async () => {
    const double = await serve(manyTopics(3))
    for (const cursor of ['nonsense', '{"completed":"soon"}', '[]', '{"crawl":{"page":-1}}'])
      expect((await read(double, { cursor })).threads).toHaveLength(3)
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
    expect(fault?.code).toBe('COMMUNITY_URL_INVALID')
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
