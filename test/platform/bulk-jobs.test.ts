import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { inBulk } from '../../src/platform/jobs/bulk.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { type JobHandler, on, singleJob } from '../../src/platform/jobs/job-handler.ts'
import { startJobRunner } from '../../src/platform/jobs/job-runner.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import { relayEvents } from '../../src/platform/jobs/relay.ts'
import { createLocalWakeups } from '../../src/platform/jobs/wakeups.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

const silent = { error: () => undefined, info: () => undefined }

function setUp({ db }: TestDatabase) {
  const clock = fakeClock('2026-01-01T00:00:00.000Z')
  const wakeups = createLocalWakeups()
  const jobs = createJobStore(db, clock, wakeups.wake)
  const outbox = createOutbox(db, clock, wakeups.wake)
  const start = (handlers: JobHandler[], concurrency = 2) =>
    startJobRunner({ db, jobs, clock, handlers, wakeups, log: silent }, { concurrency, pollMs: 20 })
  const viewed = (threadId: string) => ({
    type: 'threads.viewed' as const,
    sourceId: 'src',
    threadIds: [threadId],
  })
  return { db, clock, jobs, outbox, start, viewed }
}

describeEachDatabase.always('bulk work', (database) => {
  it('waits for what a live post causes, also what that causes in turn', async () => {
    const { db, outbox, start, viewed, jobs } = setUp(await database())
    const done: string[] = []
    const index = on('threads.viewed', {
      type: 'test.index',
      async perform({ threadIds }) {
        await sleep(5)
        done.push(`index ${threadIds[0]}`)
        await jobs.enqueue({ type: 'test.link', payload: { id: threadIds[0] } })
      },
    })
    const link: JobHandler = {
      type: 'test.link',
      async perform({ id }: { id: string }) {
        await sleep(5)
        done.push(`link ${id}`)
      },
    }
    const threads = Array.from({ length: 200 }, (_, i) => `old${i}`)
    await db.transaction(() =>
      inBulk(async () => {
        for (const id of threads) await outbox.append(viewed(id))
      }),
    )
    const worker = start([index, link])
    await vi.waitFor(() => expect(done.length).toBeGreaterThan(20), { timeout: 20_000, interval: 5 })
    await outbox.append(viewed('live'))
    await vi.waitFor(() => expect(done).toContain('link live'), { timeout: 20_000, interval: 5 })
    expect(done.length).toBeLessThan(200)
    await vi.waitFor(() => expect(done).toHaveLength(402), { timeout: 60_000, interval: 50 })
    await worker.stop()
  })

  it.each([1, 2])(
    'leaves a place to the others, and they one to it, where %i jobs run at once',
    async (places) => {
      const { jobs, start } = setUp(await database())
      const begun: string[] = []
      let end = (): void => undefined
      const ended = new Promise<void>((resolve) => {
        end = resolve
      })
      const long = (type: string, bulk: boolean): JobHandler => ({
        type,
        bulk,
        async perform({ name }: { name: string }) {
          begun.push(name)
          await ended
        },
      })
      const worker = start([long('test.import', true), long('test.live', false)], places)
      const names = (kind: string) => begun.filter((name) => name.startsWith(kind)).length
      for (let i = 0; i < 4; i++)
        await jobs.enqueue({ type: 'test.import', payload: { name: `import ${i}` } })
      await vi.waitFor(() => expect(names('import')).toBe(places), { timeout: 5000 })
      for (let i = 0; i < 4; i++) await jobs.enqueue({ type: 'test.live', payload: { name: `live ${i}` } })
      await vi.waitFor(() => expect(names('live')).toBe(1), { timeout: 5000 })
      await sleep(100)
      expect([names('import'), names('live')]).toEqual([places, 1])
      end()
      await vi.waitFor(() => expect(begun).toHaveLength(8), { timeout: 5000 })
      await worker.stop()
    },
  )

  it('goes on beside long jobs, of which those for idle times come last', async () => {
    const { jobs, start } = setUp(await database())
    const begun: string[] = []
    const ends = new Map<string, () => void>()
    const lasting = (type: string, long: JobHandler['long']): JobHandler => ({
      type,
      bulk: true,
      long,
      async perform({ name }: { name: string }) {
        begun.push(name)
        await new Promise<void>((resolve) => ends.set(name, resolve))
      },
    })
    const short: JobHandler = {
      type: 'test.classify',
      bulk: true,
      perform: async ({ name }: { name: string }) => void begun.push(name),
    }
    for (const name of ['curve 1', 'curve 2']) await jobs.enqueue({ type: 'test.measure', payload: { name } })
    for (const name of ['training 1', 'training 2'])
      await jobs.enqueue({ type: 'test.train', payload: { name } })
    for (const name of ['post 1', 'post 2', 'post 3'])
      await jobs.enqueue({ type: 'test.classify', payload: { name } })
    const worker = start([lasting('test.measure', 'idle'), lasting('test.train', 'always'), short])
    await vi.waitFor(() => expect(begun).toHaveLength(5), { timeout: 5000 })
    expect(begun.toSorted()).toEqual(['post 1', 'post 2', 'post 3', 'training 1', 'training 2'])
    ends.get('training 1')?.()
    await sleep(100)
    expect(begun).toHaveLength(5)
    ends.get('training 2')?.()
    await vi.waitFor(() => expect(begun).toHaveLength(6), { timeout: 5000 })
    await jobs.enqueue({ type: 'test.train', payload: { name: 'training 3' } })
    await vi.waitFor(
      () => expect(begun).toEqual([...begun.slice(0, 5), expect.stringMatching(/^curve/), 'training 3']),
      {
        timeout: 5000,
      },
    )
    await worker.stop(0)
  })

  it('is no longer bulk work once somebody waits for the same job', async () => {
    const { db, clock, jobs, outbox, viewed } = setUp(await database())
    const soon = new Date(clock.now().getTime() + 1000)
    await inBulk(() => jobs.enqueue(singleJob('test.sum', {}, soon)))
    await inBulk(() => jobs.enqueue(singleJob('test.sum', {}, soon)))
    const kinds = async () => (await db.sql('jobs').pluck('bulk')).map(Boolean)
    expect(await kinds()).toEqual([true])
    const listener = on('threads.viewed', {
      type: 'test.sum',
      debounceMs: 1000,
      payload: () => ({}),
      perform: async () => undefined,
    })
    await inBulk(() => outbox.append(viewed('a')))
    await outbox.append(viewed('b'))
    await relayEvents({ db, jobs, clock }, [listener])
    expect(await kinds()).toEqual([false])
  })
})

describeEachDatabase('jobs when the clock is set back', (database) => {
  const HOUR = 3_600_000

  it('run as soon as they would have, with what was put off waiting as long as it was to wait', async () => {
    const { clock, jobs, db } = setUp(await database())
    await jobs.enqueue({ type: 'now' })
    await jobs.enqueue({ type: 'later', runAt: new Date(clock.now().getTime() + 2 * HOUR) })
    await jobs.enqueue({ type: 'failed' })
    await db
      .sql('jobs')
      .where({ type: 'failed' })
      .update({ attempts: 1, created_at: '2025-01-01T00:00:00.000Z' })
    clock.advance(-5 * HOUR)
    expect(await jobs.claim('w', 10, 1000)).toEqual([])
    await jobs.mendTimes(30_000)
    expect((await jobs.claim('w', 10, 1000)).map(({ type }) => type).sort()).toEqual(['failed', 'now'])
    clock.advance(2 * HOUR)
    expect((await jobs.claim('w', 10, 60_000)).map(({ type }) => type)).toContain('later')
  })

  it('are taken over from a dead worker whose lease was to end in the future', async () => {
    const { clock, jobs } = setUp(await database())
    await jobs.enqueue({ type: 'long' })
    await jobs.claim('dead worker', 1, 30_000)
    clock.advance(-5 * HOUR)
    await jobs.mendTimes(30_000)
    clock.advance(31_000)
    expect(await jobs.claim('heir', 1, 30_000)).toMatchObject([{ type: 'long', attempts: 2 }])
  })

  it('are seen to by a running worker', async () => {
    const { clock, jobs, start } = setUp(await database())
    await jobs.enqueue({ type: 'now' })
    clock.advance(-5 * HOUR)
    let ran = false
    const worker = start([
      {
        type: 'now',
        async perform() {
          ran = true
        },
      },
    ])
    await vi.waitFor(() => expect(ran).toBe(true), { timeout: 5000 })
    await worker.stop()
  })
})
