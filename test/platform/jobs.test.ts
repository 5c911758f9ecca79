import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { type JobHandler, on } from '../../src/platform/jobs/job-handler.ts'
import type { Job } from '../../src/platform/jobs/job-row.ts'
import { startJobRunner } from '../../src/platform/jobs/job-runner.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import { createLocalWakeups } from '../../src/platform/jobs/wakeups.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { inSecondProcess } from '../support/second-process.ts'

const silent = { error: () => undefined, info: () => undefined }

function setUp({ db }: TestDatabase) {
  const clock = fakeClock('2026-01-01T00:00:00.000Z')
  const wakeups = createLocalWakeups()
  const jobs = createJobStore(db, clock, wakeups.wake)
  const outbox = createOutbox(db, clock, wakeups.wake)
  const start = (handlers: JobHandler[], concurrency = 2) =>
    startJobRunner({ db, jobs, clock, handlers, wakeups, log: silent }, { concurrency, pollMs: 20 })
  return { db, clock, jobs, outbox, start }
}

describeEachDatabase.always('jobs', (database) => {
  it('turn an event into one job a subscriber, and only once it is committed', async () => {
    const { db, outbox, start } = setUp(await database())
    const heard: unknown[] = []
    const listener = (type: string) =>
      on('label.corrected', { type, perform: async (event) => void heard.push([type, event]) })
    const worker = start([listener('first'), listener('second')])
    await db
      .transaction(async () => {
        await outbox.append({ type: 'label.corrected', threadId: 'undone' } as never)
        throw new Error('undone')
      })
      .catch(() => undefined)
    await db.transaction(() => outbox.append({ type: 'label.corrected', threadId: 't1' } as never))
    await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 5000 })
    await worker.stop()
    expect(heard.sort()).toEqual([
      ['first', { threadId: 't1' }],
      ['second', { threadId: 't1' }],
    ])
    expect(await db.sql('jobs')).toEqual([])
  })

  it('keep one waiting job for a dedupe key, at the earlier of the times asked for', async () => {
    const { clock, jobs } = setUp(await database())
    const at = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000)
    for (const minutes of [30, 10, 20])
      await jobs.enqueue({ type: 'wake', dedupeKey: 'wake', runAt: at(minutes) })
    expect(await jobs.counts()).toMatchObject({ queued: 1 })
    expect(await jobs.nextDue()).toEqual(at(10))
    expect(await jobs.claim('w', 10, 1000)).toEqual([])
    clock.advance(10 * 60_000)
    expect(await jobs.claim('w', 10, 1000)).toHaveLength(1)
  })

  it('accept the same key again while its job runs', async () => {
    const { jobs } = setUp(await database())
    await jobs.enqueue({ type: 'train', dedupeKey: 'train:category' })
    await jobs.claim('w', 1, 1000)
    await jobs.enqueue({ type: 'train', dedupeKey: 'train:category' })
    expect(await jobs.counts()).toEqual({ queued: 1, running: 1, dead: 0 })
  })

  it('keep one waiting job for a key as long as the names of a hundred threads, and tell two such keys apart', async () => {
    const { jobs } = setUp(await database())
    const ids = Array.from({ length: 100 }, () => randomBytes(40).toString('hex'))
    const first = ids.join()
    const second = [...ids.slice(1), 'other'].join()
    for (const dedupeKey of [first, second, first]) await jobs.enqueue({ type: 'recompute', dedupeKey })
    expect(await jobs.counts()).toMatchObject({ queued: 2 })
    const [taken] = await jobs.claim('w', 1, 1000)
    await jobs.enqueue({ type: 'recompute', dedupeKey: first })
    await jobs.fail(taken as Job, 'w', 'no luck')
    expect(await jobs.counts()).toMatchObject({ queued: 2, running: 0 })
  })

  it('are each given to one of several workers that ask at once', async () => {
    const address = await database()
    const { jobs } = setUp(address)
    for (let i = 0; i < 40; i++) await jobs.enqueue({ type: 'n', payload: { i } })
    const claiming = (worker: string) => `
      const { createJobStore, systemClock } = await load('platform/jobs/job-store.js', 'platform/clock.js')
      const jobs = createJobStore(db, systemClock, () => undefined)
      const taken = []
      for (let i = 0; i < 6; i++) taken.push(...(await jobs.claim('${worker}', 3, 60_000)))
      return taken`
    const taken = await Promise.all(
      ['a', 'b', 'c'].map((worker) => inSecondProcess<{ id: string }[]>(address, claiming(worker))),
    )
    const rest = await jobs.claim('late', 100, 60_000)
    const ids = [...taken.flat(), ...rest].map(({ id }) => id)
    expect(new Set(ids).size).toBe(40)
    expect(ids).toHaveLength(40)
  })

  it('wait longer after each failure and are put aside after the last, from where they can be retried', async () => {
    const { clock, jobs } = setUp(await database())
    await jobs.enqueue({ type: 'fragile' })
    const waits: number[] = []
    for (;;) {
      const [job] = await jobs.claim('w', 1, 60_000)
      if (job === undefined) break
      if ((await jobs.fail(job, 'w', 'Error: no')) === 'dead') break
      const due = (await jobs.nextDue()) as Date
      waits.push(due.getTime() - clock.now().getTime())
      clock.advance(due.getTime() - clock.now().getTime())
    }
    expect(waits).toHaveLength(7)
    expect([...waits].sort((a, b) => a - b)).toEqual(waits)
    const [dead] = await jobs.dead()
    expect(dead).toMatchObject({ type: 'fragile', attempts: 8, error: 'Error: no' })
    await jobs.retry(dead?.id ?? '')
    expect(await jobs.claim('w', 1, 60_000)).toMatchObject([{ attempts: 1 }])
    await expect(jobs.retry('job_none')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
  })

  it('that failed run again all at once, and workers hear of it when that is committed', async () => {
    const { db } = await database()
    const wakings: boolean[] = []
    const jobs = createJobStore(db, fakeClock('2026-01-01T00:00:00.000Z'), () =>
      wakings.push(db.sql.isTransaction === true),
    )
    const dead = async (type: string) => {
      await jobs.enqueue({ type })
      await db.sql('jobs').where({ type }).update({ status: 'dead', attempts: 8 })
    }
    for (const type of ['a', 'b', 'c']) await dead(type)
    wakings.length = 0
    await db
      .transaction(async () => {
        expect(await jobs.retryAll({ limit: 10 })).toBe(3)
        throw new Error('undone')
      })
      .catch(() => undefined)
    expect(wakings).toEqual([])
    expect(await jobs.retryAll({ type: 'b', limit: 10 })).toBe(1)
    expect(await Promise.all([1, 2].map(() => jobs.retryAll({ limit: 10 })))).toEqual(
      expect.arrayContaining([2, 0]),
    )
    expect(await jobs.retryAll({ limit: 10 })).toBe(0)
    expect(wakings).toEqual([false, false])
    expect(await jobs.counts()).toEqual({ queued: 3, running: 0, dead: 0 })
  })

  it('are taken over when the worker that held them is gone', async () => {
    const { clock, jobs } = setUp(await database())
    await jobs.enqueue({ type: 'long' })
    const [job] = await jobs.claim('dead worker', 1, 30_000)
    clock.advance(20_000)
    expect(await jobs.extend(job?.id ?? '', 'dead worker', 30_000)).toBe(true)
    clock.advance(20_000)
    expect(await jobs.claim('heir', 1, 30_000)).toEqual([])
    clock.advance(11_000)
    expect(await jobs.claim('heir', 1, 30_000)).toMatchObject([{ id: job?.id, attempts: 2 }])
    await jobs.complete(job?.id ?? '', 'dead worker')
    expect(await jobs.counts()).toMatchObject({ running: 1 })
  })

  it('are put aside, from that moment on, when their worker died at every attempt', async () => {
    const { clock, jobs } = setUp(await database())
    await jobs.enqueue({ type: 'deadly' })
    while ((await jobs.claim('dead worker', 1, 30_000)).length > 0) clock.advance(31_000)
    expect(await jobs.dead()).toMatchObject([
      {
        type: 'deadly',
        attempts: 8,
        error: 'its worker died at each attempt',
        diedAt: clock.now().toISOString(),
      },
    ])
  })

  it('end before their worker does, and what will not end is given back', async () => {
    const { jobs, start } = setUp(await database())
    const finished: string[] = []
    let begun = 0
    const worker = start([
      {
        type: 'quick',
        async perform() {
          begun++
          await new Promise((resolve) => setTimeout(resolve, 200))
          finished.push('quick')
        },
      },
      {
        type: 'endless',
        perform: () => {
          begun++
          return new Promise(() => undefined)
        },
      },
    ])
    await jobs.enqueue({ type: 'quick' })
    await jobs.enqueue({ type: 'endless' })
    await vi.waitFor(() => expect(begun).toBe(2), { timeout: 5000 })
    await worker.stop(600)
    expect(finished).toEqual(['quick'])
    expect(await jobs.claim('next', 10, 1000)).toMatchObject([{ type: 'endless', attempts: 1 }])
  })

  it('keep of an error what may be kept', async () => {
    const { db, jobs, clock } = setUp(await database())
    const handlers = [{ type: 'mail', perform: () => Promise.reject(new Error('no jeanne@exemple.fr')) }]
    const tidy = (message: string) => message.replace(/\S+@\S+/, '…')
    const wakeups = createLocalWakeups()
    const worker = startJobRunner(
      { db, jobs, clock, handlers, wakeups, log: silent, tidy },
      { concurrency: 1, pollMs: 20 },
    )
    await jobs.enqueue({ type: 'mail' })
    await vi.waitFor(async () => expect(await db.sql('jobs').pluck('error')).toEqual(['Error: no …']), {
      timeout: 5000,
    })
    await worker.stop()
  })
})
