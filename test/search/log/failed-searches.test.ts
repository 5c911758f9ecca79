import { expect, it } from 'vitest'
import { createOutbox } from '../../../src/platform/jobs/events.ts'
import { createJobStore } from '../../../src/platform/jobs/job-store.ts'
import { createDocumentStore } from '../../../src/search/document-store.ts'
import { createSearchEngine } from '../../../src/search/engine/create-search-engine.ts'
import { type AskedSearch, createSearchLogStore } from '../../../src/search/log/search-log-store.ts'
import { createSearchRecorder, forgetJob } from '../../../src/search/log/search-recorder.ts'
import { createSearch } from '../../../src/search/search.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import { inSecondProcess } from '../../support/second-process.ts'
import { addSource, heardLog, someDocument } from '../some-documents.ts'

const DAY_MS = 86_400_000

/** A search for a router and something else, which found nothing. */
function asked(day: string, subject: string): AskedSearch {
  return {
    language: 'en',
    words: [['router'], [subject]],
    text: `router ${subject}`,
    audience: 'public',
    found: 0,
    failed: true,
    shown: [],
    at: `${day}T08:00:00.000Z`,
    count: 1,
  }
}

/** A process's search that records what finds nothing, among threads about a router and articles about bills. */
async function recordingOn({ db, home }: TestDatabase) {
  const clock = fakeClock('2026-01-10T08:00:00.000Z')
  const jobs = createJobStore(db, clock, () => undefined)
  const log = heardLog()
  const identifiers = [{ kind: 'customer-number', pattern: 'CL####' }] as const
  await addSource({ db }, 'forum', 'public')
  const outbox = createOutbox(db, clock, () => undefined)
  const recording = { clock, jobs, outbox, identifiers, keptDays: 90 }
  const search = createSearch(db, { home, log, recording })
  await search.documents.put([
    someDocument('router', { title: 'Router blinks orange', issue: 'Since the storm my router blinks.' }),
    someDocument('routeur', { title: 'Le routeur clignote en orange', language: 'fr' }),
    someDocument('bills', { kind: 'article', title: 'Download your bills', issue: 'Where are my bills?' }),
    someDocument('secret', { kind: 'article', audience: 'internal', title: 'Orange storm router' }),
  ])
  return {
    db,
    clock,
    jobs,
    log,
    search,
    outbox,
    keptDays: 90,
    ask: async (q: string, more: object = {}) => search.query({ q, audience: 'public', ...more }),
    /** What is stored once what was noted is. */
    async recorded(): Promise<object[]> {
      await search.close()
      const rows = await db
        .sql('searches')
        .where('failed', '>', 0)
        // A single word is a search, but no question.
        .whereLike('terms', '% %')
        .orderBy(['day', 'language', 'terms', 'audience'])
        .select('day', 'language', 'terms', 'failed')
      return rows.map(({ failed, ...row }) => ({ ...row, count: failed }))
    },
  }
}

describeEachDatabase('searches that found nothing', (database) => {
  it('are counted by their words, whoever asked and however it was put', async () => {
    const world = await recordingOn(await database())
    await world.ask('my router blinks orange')
    await world.ask('Orange blinks: the ROUTER')
    await world.ask('mon routeur clignote', { kind: 'article', audience: 'partner' })
    await world.ask('router orange', { language: 'en', limit: 1 })
    expect(await world.recorded()).toEqual([
      { day: '2026-01-10', language: 'en', terms: 'blink orang router', count: 2 },
      { day: '2026-01-10', language: 'en', terms: 'orang router', count: 1 },
      { day: '2026-01-10', language: 'fr', terms: 'clignot routeur', count: 1 },
    ])
  })

  it('are none that found an article, asked for threads alone or were filtered', async () => {
    const world = await recordingOn(await database())
    await world.ask('download bills')
    await world.ask('router bills')
    await world.ask('router orange storm', { audience: 'internal' })
    for (const more of [{ kind: 'thread' }, { source: 'forum' }, { category: 'network' }, { record: false }])
      await world.ask('router blinks orange', more)
    const both = 'orange router, routeur orange'
    const { next } = await world.ask(both, { limit: 1, record: false })
    expect(next).toBeDefined()
    await world.ask(both, { limit: 1, cursor: next })
    expect(await world.recorded()).toEqual([])
  })

  it('keep no words but those of threads and articles, and none of a question with personal data', async () => {
    const world = await recordingOn(await database())
    await world.ask('router orange hunter2 zzyzx')
    await world.ask('router orange jeanne@example.org')
    await world.ask('router orange, my name is Jeanne Martin')
    await world.ask('router orange for CL1234')
    await world.ask('router')
    await world.ask('router orange', { language: 'jeanne martin' })
    expect(await world.recorded()).toEqual([
      { day: '2026-01-10', language: 'en', terms: 'orang router', count: 1 },
    ])
  })

  it('neither slow nor fail the search', async () => {
    const world = await recordingOn(await database())
    await world.db.sql.schema.renameTable('searches', 'gone')
    const statementsOf = async (record: boolean) => {
      const before = world.db.statements()
      expect((await world.ask('router blinks orange', { record })).total).toBe(1)
      return world.db.statements() - before
    }
    await statementsOf(false)
    expect(await statementsOf(true)).toBe(await statementsOf(false))
    await world.search.close()
    expect(world.log.warnings).toContain('searches were not recorded')
    await world.db.sql.schema.renameTable('gone', 'searches')
  })

  it('are stored a moment later, without anybody asking', async () => {
    const world = await recordingOn(await database())
    await world.ask('router blinks orange')
    await expect
      .poll(() => world.search.log.mostFrequentFailed('2026-01-10', 5), { timeout: 60_000 })
      .toEqual([
        { language: 'en', text: 'router blinks orange', words: [['blink'], ['orang'], ['router']], count: 1 },
      ])
    await world.search.close()
  })

  it('are so many a day at most, and those of a flood go on counting what is known', async () => {
    const { db } = await database()
    const store = createSearchLogStore(db, { mostADay: 3 })
    const ask = (day: string, ...subjects: string[]) =>
      store.add({ searches: subjects.map((each) => asked(day, each)) }, async () => undefined)
    await ask('2026-01-10', 'a', 'b')
    await ask('2026-01-10', 'c', 'd', 'a')
    await ask('2026-01-10', 'e', 'b', 'a')
    await ask('2026-01-11', 'e')
    const found = await store.mostFrequentFailed('2026-01-10', 10)
    expect(found.map(({ words, count }) => [words[1]?.[0], count])).toEqual([
      ['a', 3],
      ['b', 2],
      ['c', 1],
      ['e', 1],
    ])
    expect(await store.mostFrequentFailed('2026-01-11', 10)).toHaveLength(1)
    expect(await store.mostFrequentFailed('2026-01-10', 1)).toHaveLength(1)
  })

  it('are all counted when several processes record at once', async () => {
    const address = await database()
    await recordingOn(address)
    const about = JSON.stringify(['b', 'a', 'c'].map((each) => asked('2026-01-10', each)))
    await Promise.all(
      ['one', 'two'].map(() =>
        inSecondProcess(
          address,
          `const { createSearchLogStore } = await load('search/log/search-log-store.js')
           const store = createSearchLogStore(db, { mostADay: 2 })
           for (let i = 0; i < 30; i++) await store.add({ searches: ${about} }, async () => undefined)`,
        ),
      ),
    )
    const found = await createSearchLogStore(address.db).mostFrequentFailed('2026-01-10', 10)
    expect(found.map(({ count }) => count)).toEqual([60, 60])
  })

  it('are forgotten after 90 days', async () => {
    const world = await recordingOn(await database())
    await world.ask('router blinks orange')
    await world.search.close()
    const handlers = [forgetJob({ ...world, store: world.search.log })]
    const left = async (days: number) => {
      for (let day = 0; day < days; day++) {
        world.clock.advance(DAY_MS)
        await drainJobs(world, handlers)
      }
      return world.search.log.mostFrequentFailed('2026-01-01', 5)
    }
    expect(await left(90)).toHaveLength(1)
    expect(await left(1)).toEqual([])
    expect(await left(2)).toEqual([])
    expect(await world.db.sql('jobs').where({ status: 'queued' })).toEqual([])
  })

  it('are left out where too many come in one moment', async () => {
    const { db, clock, jobs, outbox } = await recordingOn(await database())
    const engine = createSearchEngine()
    engine.put(someDocument('router', { title: 'Router blinks orange' }))
    const store = createSearchLogStore(db)
    const deps = {
      store,
      clock,
      jobs,
      log: heardLog(),
      identifiers: [],
      outbox,
      keptDays: 90,
      documents: createDocumentStore(db),
      engine: async () => engine,
    }
    const recorder = createSearchRecorder(deps)
    for (let i = 0; i < 1_200; i++)
      recorder.note({
        q: `router orange${'.'.repeat(i)}`,
        language: 'en',
        audience: 'public',
        found: 0,
        failed: true,
        shown: [],
      })
    await recorder.close()
    expect(await store.mostFrequentFailed('2026-01-10', 5)).toMatchObject([{ count: 1_000 }])
  })
})
