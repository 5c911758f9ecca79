import { afterEach, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { startCommand } from '../../support/service.ts'
import { question, thread } from '../support.ts'
import { form, type ImportService, serveImports } from './serve-imports.ts'

interface ImportEvent {
  readonly id: string
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly data: any
}

const ndjson = (threads: number) =>
  Array.from({ length: threads }, (_, i) => [thread(`t${i}`), question(`q${i}`, `t${i}`)])
    .flat()
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('')

describeEachDatabase('the events of an import', (database) => {
  const open: ImportService[] = []
  afterEach(async () => {
    for (const service of open.splice(0)) await service.close()
  })

  async function serve(address: TestDatabase, works = true): Promise<ImportService> {
    const service = await serveImports(address, { works })
    open.push(service)
    return service
  }

  async function begin(service: ImportService, threads: number): Promise<string> {
    const upload = form({ format: 'ndjson', source: 'forum' }, { 'a.ndjson': ndjson(threads) })
    return (await service.post('/imports', upload)).body.id
  }

  async function listen(service: ImportService, id: string, lastEventId?: string) {
    const hangUp = new AbortController()
    const response = await fetch(`${service.url}/api/imports/${id}/events`, {
      signal: hangUp.signal,
      headers: {
        ...(await service.headersFor('supervisor')),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
    })
    return { response, events: events(response), hangUp: () => hangUp.abort() }
  }

  it('report the state first, then each change, finally the end, and then nothing', async () => {
    const service = await serve(await database())
    const id = await begin(service, 3000)
    const { response, events } = await listen(service, id)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const received = await all(events)
    expect(received.length).toBeGreaterThan(2)
    const last = received.at(-1)!
    expect(received.slice(0, -1).every(({ event }) => event === 'progress')).toBe(true)
    expect(last).toMatchObject({ event: 'completed', data: { id, summary: { posts: { new: 3000 } } } })
    const posts = received.map(({ data }) => data.progress?.posts ?? 0)
    expect(posts).toEqual([...posts].sort((a, b) => a - b))
    const running = received.filter(({ data }) => data.progress !== undefined && data.status === 'running')
    expect(running[0]?.data.progress).toMatchObject({
      bytesTotal: expect.any(Number),
      postsPerSecond: expect.any(Number),
      secondsLeft: expect.any(Number),
    })
    expect(new Set(received.map((each) => each.id)).size).toBe(received.length)

    const again = await listen(service, id, last.id)
    expect(again.response.status).toBe(204)
    expect(await all((await listen(service, id, received[0]!.id)).events)).toEqual([last])
  })

  it('begin with the state as it is for a listener that comes back, however many there are', async () => {
    const service = await serve(await database())
    const id = await begin(service, 4000)
    const first = await listen(service, id)
    let seen: ImportEvent | undefined
    for await (const event of first.events) {
      seen = event
      if (event.data.progress !== undefined) break
    }
    first.hangUp()
    const listeners = await Promise.all(Array.from({ length: 30 }, () => listen(service, id, seen!.id)))
    const received = await Promise.all(listeners.map((each) => all(each.events)))
    for (const events of received) {
      expect(events[0]!.data.progress.posts).toBeGreaterThanOrEqual(seen!.data.progress.posts)
      expect(events.at(-1)!.event).toBe('completed')
    }
  })

  it('come from whichever process the import runs in', async () => {
    const address = await database()
    const service = await serve(address, false)
    const id = await begin(service, 800)
    const { events } = await listen(service, id)
    const first = await events.next()
    expect(first.value).toMatchObject({ event: 'progress', data: { status: 'queued' } })
    const worker = startCommand(address, ['worker'])
    try {
      expect((await all(events)).at(-1)).toMatchObject({ event: 'completed' })
    } finally {
      worker.kill('SIGTERM')
      await worker.ended
    }
  })

  it('end when it is cancelled, and when the server closes, which does not wait for listeners', async () => {
    const address = await database()
    const service = await serve(address, false)
    const [cancelled, waiting] = [await begin(service, 1), await begin(service, 1)]
    const one = await listen(service, cancelled)
    expect((await one.events.next()).value?.data.status).toBe('queued')
    await service.post(`/imports/${cancelled}/cancel`)
    expect((await all(one.events)).map(({ event }) => event)).toEqual(['cancelled'])

    const other = await listen(service, waiting)
    await other.events.next()
    open.splice(0)
    await service.close()
    expect(await all(other.events)).toEqual([])
  })
})

async function all(events: AsyncIterable<ImportEvent>): Promise<ImportEvent[]> {
  const received: ImportEvent[] = []
  for await (const event of events) received.push(event)
  return received
}

async function* events(response: Response): AsyncGenerator<ImportEvent, undefined> {
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]))
      const data = fields.get('data')
      if (data !== undefined)
        yield { id: fields.get('id')!, event: fields.get('event')!, data: JSON.parse(data) }
    }
  }
  return undefined
}
