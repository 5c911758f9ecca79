import { describe, expect, it } from 'vitest'
import { type DiscourseDouble, json, manyTopics, minute } from './discourse-double.ts'
import { ascending, read, serve, upTo } from './read-discourse.ts'

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

  it('gives up when it is deferred again and again', async () => {
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

  it('rejects a topic that is deleted, forbidden or broken for good, and reads the others', async () => {
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

  it('reports that the key is wrong, and never its value', async () => {
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

/** The same community behind a server that works again. */
async function restart({ state }: DiscourseDouble): Promise<DiscourseDouble> {
  return serve(state.topics)
}
