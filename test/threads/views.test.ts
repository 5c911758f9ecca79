import { beforeEach, expect, it } from 'vitest'
import { createAuditLog } from '../../src/access/audit-log.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { stableId } from '../../src/platform/ids.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import { clearThreads, importDeps, importRecords, question, thread } from '../ingest/support.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

const threadId = stableId('thr', 'forum', 't1')
const day = (n: number) => new Date(Date.UTC(2026, 0, n))

describeEachDatabase.always('views over time', (database) => {
  let db: Database
  beforeEach(async () => {
    db = (await database()).db
    await clearThreads(db)
    await db.sql('events').delete()
  })

  async function observe(n: number, views: number | undefined) {
    const clock = fakeClock(day(n).toISOString())
    const deps = {
      ...importDeps(db),
      clock,
      audit: createAuditLog(db, clock),
      outbox: createOutbox(db, clock, () => undefined),
    }
    return importRecords(deps, [thread('t1', views === undefined ? {} : { views }), question('q1', 't1')])
  }
  const between = async (from: number, to: number) => {
    const [found] = await createThreadStore(db).viewsBetween([threadId], day(from), day(to))
    return found
  }

  it('keeps a total only when it is another, and the last of a day', async () => {
    for (const [n, views] of [
      [1, 10],
      [2, 10],
      [5, 30],
      [5, 32],
    ] as const)
      await observe(n, views)
    const rows = await db.sql('thread_views').orderBy('day')
    expect(rows.map(({ day: seen, views }) => [seen, views])).toEqual([
      ['2026-01-01', 10],
      ['2026-01-05', 32],
    ])
  })

  it('returns differences within the observed period, interpolated between observations', async () => {
    await observe(1, 100)
    await observe(11, 200)
    await observe(21, 230)
    expect(await between(1, 21)).toMatchObject({ views: 130 })
    expect(await between(6, 16)).toMatchObject({ views: 65 })
    expect(await between(16, 31)).toEqual({
      threadId,
      views: 15,
      since: day(16).toISOString(),
      until: day(21).toISOString(),
    })
    expect(await between(-30, 11)).toMatchObject({ views: 100, since: day(1).toISOString() })
  })

  it('knows nothing from one observation, which is not none', async () => {
    await observe(1, 100)
    expect(await between(1, 31)).toBeUndefined()
    await observe(9, undefined)
    expect(await between(1, 31)).toBeUndefined()
  })

  it('takes a total that became smaller for one that was set back', async () => {
    await observe(1, 100)
    await observe(11, 20)
    expect(await between(1, 11)).toMatchObject({ views: 20 })
  })

  it('are reported by an event of their own, so that nothing is classified or labelled again', async () => {
    await observe(1, 10)
    await db.sql('events').delete()
    expect((await observe(2, 11)).threads).toMatchObject({ changed: 1 })
    const events = await db.sql('events')
    expect(events.map(({ type, payload }) => [type, JSON.parse(payload).threadIds])).toEqual([
      ['threads.viewed', [threadId]],
    ])
  })
})
