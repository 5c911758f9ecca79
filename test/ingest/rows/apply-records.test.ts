import fc from 'fast-check'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { ImportDeps } from '../../../src/ingest/imports/import-request.ts'
import { applyRecords } from '../../../src/ingest/rows/apply-records.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { stableId } from '../../../src/platform/ids.ts'
import type { SourceItem, SourceRecord } from '../../../src/sources/record.ts'
import { createThreadStore } from '../../../src/threads/thread-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import {
  acceptance,
  answer,
  clearThreads,
  comment,
  contentOf,
  importDeps,
  importRecords,
  question,
  thread,
} from '../support.ts'

const id = (kind: 'thr' | 'pst', externalId: string) => stableId(kind, 'forum', externalId)
const at = (minute: number) => ({ asOf: `2026-01-05T10:${String(minute).padStart(2, '0')}:00.000Z` })
const removal = (of: 'thread' | 'post', externalId: string, fields: object = {}): SourceRecord => ({
  type: 'removal',
  of,
  id: externalId,
  ...fields,
})
const acceptanceUpdate = (postId: string, accepted: boolean, fields: object = {}): SourceRecord => ({
  type: 'acceptance-update',
  threadId: 't1',
  postId,
  accepted,
  ...fields,
})
const whole = (fields: object, ...postIds: string[]): SourceRecord => ({
  ...acceptance('t1', ...postIds),
  ...fields,
})
const items = (records: readonly SourceRecord[]): SourceItem[] =>
  records.map((record) => ({ outcome: 'record', record, place: { file: 'delivery' } }))

describeEachDatabase.always('applying a few records to a source', (database) => {
  let db: Database
  let deps: ImportDeps
  beforeAll(async () => {
    db = (await database()).db
    deps = importDeps(db)
  })
  beforeEach(async () => {
    await clearThreads(db)
    await importRecords(deps, [
      thread('t1'),
      question('q1', 't1'),
      answer('a1', 't1'),
      comment('c1', 'a1'),
      comment('c2', 'c1'),
      answer('a2', 't1'),
      acceptance('t1', 'a1'),
    ])
    await db.sql('events').delete()
  })

  const apply = (...records: SourceRecord[]) =>
    applyRecords(deps, { source: 'forum', records: items(records), delivery: 'd-1' })
  const threads = () => createThreadStore(db)
  const shown = async () =>
    (await threads().postsOf(id('thr', 't1'), 'internal')).map((post) => post.id).sort()
  const ids = (...externalIds: string[]) => externalIds.map((each) => id('pst', each)).sort()
  const stored = () => threads().require(id('thr', 't1'), 'internal')
  const imports = async () => Number((await db.sql('imports').count('* as n').first())?.n)

  it('hides a removed post and its comments, and restores them when it is stated again', async () => {
    expect(await apply(removal('post', 'a1'))).toMatchObject({ posts: { deleted: 3 } })
    expect(await shown()).toEqual(ids('q1', 'a2'))
    expect(await stored()).toMatchObject({ answerCount: 1, resolved: false })
    expect((await apply(removal('post', 'a1'))).posts.deleted).toBe(0)
    expect(await apply(answer('a1', 't1'))).toMatchObject({ posts: { changed: 1 } })
    expect(await shown()).toEqual(ids('q1', 'a1', 'a2', 'c1', 'c2'))
    expect(await stored()).toMatchObject({ answerCount: 2, resolved: true })
  })

  it('leaves a comment removed that was removed by itself when its post comes back', async () => {
    await apply(removal('post', 'c1'), removal('post', 'a1'), answer('a1', 't1'))
    expect(await shown()).toEqual(ids('q1', 'a1', 'a2'))
  })

  it('leaves comments removed whose post was removed after its thread, until that post is back too', async () => {
    await apply(removal('thread', 't1'), removal('post', 'a1'), thread('t1'))
    expect(await shown()).toEqual(ids('q1', 'a2'))
    await apply(answer('a1', 't1'))
    expect(await shown()).toEqual(ids('q1', 'a1', 'a2', 'c1', 'c2'))
    await apply(removal('thread', 't1'), removal('post', 'c1'), removal('post', 'a1'), thread('t1'))
    await apply(answer('a1', 't1'))
    expect(await shown()).toEqual(ids('q1', 'a1', 'a2'))
  })

  it('takes a removed thread out of lists, facts, walks and pages, and back with its posts', async () => {
    const before = await contentOf(db)
    await apply(removal('thread', 't1'))
    const threadId = id('thr', 't1')
    await expect(stored()).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
    await expect(threads().postsOf(threadId, 'internal')).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
    expect((await threads().list({ reader: 'internal', limit: 10 })).items).toEqual([])
    expect(await threads().facts([threadId])).toEqual([])
    expect(await threads().idsAfter(undefined, 10)).toEqual([])
    const payloads = await db.sql('events').where({ type: 'threads.changed' }).pluck('payload')
    expect(JSON.parse(payloads[0])).toEqual({ sourceId: stableId('src', 'forum'), threadIds: [threadId] })
    await apply(thread('t1'))
    expect(await contentOf(db)).toEqual(before)
  })

  it('changes nothing for what was never there', async () => {
    const before = await contentOf(db)
    await apply(removal('post', 'never'), removal('thread', 'never', at(1)), acceptanceUpdate('never', false))
    expect(await contentOf(db)).toEqual(before)
    expect(await db.sql('events')).toEqual([])
  })

  it('adds and takes away one acceptance at a time', async () => {
    await apply(acceptanceUpdate('a2', true))
    const accepted = async () =>
      (await threads().postsOf(id('thr', 't1'), 'internal')).filter((post) => post.accepted).length
    expect(await accepted()).toBe(2)
    await apply(acceptanceUpdate('a1', false), acceptanceUpdate('a2', false))
    expect(await accepted()).toBe(0)
    expect((await stored()).resolved).toBe(false)
  })

  it('rejects records dated in the future, so that later statements still count', async () => {
    const future = { asOf: '2999-01-01T00:00:00.000Z' }
    const applied = await apply(
      answer('a1', 't1', { ...future, body: 'The word of the year 2999.' }),
      acceptanceUpdate('a2', true, future),
      removal('thread', 't1', future),
    )
    expect(applied.posts).toMatchObject({ changed: 0, deleted: 0, rejected: 3 })
    expect(applied.rejections.map(({ of, code }) => `${of} ${code}`)).toEqual([
      'post RECORD_IN_FUTURE',
      'other RECORD_IN_FUTURE',
      'other RECORD_IN_FUTURE',
    ])
    await apply(
      answer('a1', 't1', { ...at(1), body: 'The word of today.' }),
      acceptanceUpdate('a2', true, at(1)),
    )
    const posts = await threads().postsOf(id('thr', 't1'), 'internal')
    expect(posts.find((post) => post.id === id('pst', 'a1'))?.body).toBe('The word of today.')
    expect(posts.filter((post) => post.accepted)).toHaveLength(2)
  })

  it('leaves an answer as it is when a set that was read before the last update of it comes later', async () => {
    const accepted = async () =>
      (await threads().postsOf(id('thr', 't1'), 'internal')).flatMap((post) => (post.accepted ? post.id : []))
    await apply(acceptanceUpdate('a1', false, at(5)), acceptanceUpdate('a2', true, at(5)))
    expect(await apply(whole(at(3), 'a1'))).toMatchObject({ rejections: [] })
    expect(await accepted()).toEqual(ids('a2'))
    await apply(whole(at(7)))
    expect(await accepted()).toEqual([])
    await apply(acceptanceUpdate('a1', true, at(6)), whole(at(6), 'a1', 'a2'))
    expect(await accepted()).toEqual([])
    await apply(acceptanceUpdate('a1', true, at(8)))
    expect(await accepted()).toEqual(ids('a1'))
    await apply(whole({}, 'a2'))
    expect(await accepted()).toEqual(ids('a2'))
  })

  it('ends the same however deliveries are ordered, repeated and cut', async () => {
    const deliveries = [
      answer('a3', 't1', { ...at(1), body: 'The first version of this answer.' }),
      answer('a3', 't1', { ...at(3), body: 'The second version of this answer.' }),
      acceptanceUpdate('a3', true, at(4)),
      acceptanceUpdate('a3', false, at(6)),
      acceptanceUpdate('a3', true, at(8)),
      acceptanceUpdate('a1', true, at(4)),
      whole(at(5), 'a3'),
      whole(at(3), 'a1', 'a2'),
      acceptanceUpdate('a2', true, at(2)),
      answer('a4', 't1', at(2)),
      removal('post', 'a4', at(5)),
      removal('post', 'a2', at(2)),
      answer('a2', 't1', { ...at(7), body: 'It came back with another text.' }),
      thread('t2', at(1)),
      removal('thread', 't2', at(1)),
      thread('t1', { ...at(5), title: 'A later title' }),
      thread('t1', { ...at(2), title: 'An earlier title' }),
    ]
    const shownNow = async () => {
      const posts = await threads().postsOf(id('thr', 't1'), 'internal')
      const texts = posts.map(({ id: postId, body, accepted }) => ({ postId, body, accepted }))
      return { ...(await stored()), texts, all: await threads().idsAfter(undefined, 10) }
    }
    await apply(...deliveries)
    const expected = await shownNow()
    expect(expected).toMatchObject({ title: 'A later title', answerCount: 3 })
    expect(expected.texts.find(({ postId }) => postId === id('pst', 'a3'))).toMatchObject({
      body: 'The second version of this answer.',
      accepted: true,
    })
    const order = fc.shuffledSubarray(
      [...deliveries, ...deliveries].map((record, i) => ({ record, i })),
      { minLength: deliveries.length * 2 },
    )
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 9 }), async (stated, size) => {
        await clearThreads(db)
        await importRecords(deps, [
          thread('t1'),
          question('q1', 't1'),
          answer('a1', 't1'),
          comment('c1', 'a1'),
          comment('c2', 'c1'),
          answer('a2', 't1'),
          acceptance('t1', 'a1'),
        ])
        for (let from = 0; from < stated.length; from += size)
          await apply(...stated.slice(from, from + size).map(({ record }) => record))
        expect(await shownNow()).toEqual(expected)
      }),
      { numRuns: 15 },
    )
  })

  it('takes the same records from two at once as from one', async () => {
    const many = Array.from({ length: 40 }, (_, i) => answer(`n${i}`, 't1', at(i % 50)))
    const both = await Promise.all([apply(...many), apply(...[...many].reverse())])
    expect(both[0]!.posts.new + both[1]!.posts.new).toBe(40)
    expect((await stored()).answerCount).toBe(42)
    const before = await contentOf(db)
    await db.sql('events').delete()
    expect((await apply(...many)).posts).toMatchObject({ new: 0, changed: 0, unchanged: 40 })
    expect(await contentOf(db)).toEqual(before)
    expect(await db.sql('events')).toEqual([])
  })

  it('notes no import, and refuses a source that is not there', async () => {
    const before = await imports()
    await apply(answer('a3', 't1'))
    expect(await imports()).toBe(before)
    const unknown = applyRecords(deps, { source: 'nowhere', records: [] })
    await expect(unknown).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' })
  })

  it('believes an export, which has no dates, over earlier deliveries', async () => {
    await apply(
      removal('post', 'a1', at(30)),
      answer('a2', 't1', { ...at(30), body: 'By delivery, as it was.' }),
    )
    await importRecords(deps, [answer('a1', 't1'), answer('a2', 't1')])
    expect(await shown()).toContain(id('pst', 'a1'))
    await apply(removal('post', 'a1', at(20)))
    expect(await shown()).toContain(id('pst', 'a1'))
  })
})
