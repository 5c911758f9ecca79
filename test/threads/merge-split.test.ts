import { beforeEach, expect, it } from 'vitest'
import { type Actor, commandLine } from '../../src/access/actor.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import type { ImportDeps } from '../../src/ingest/imports/import-request.ts'
import { applyRecords } from '../../src/ingest/rows/apply-records.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { stableId } from '../../src/platform/ids.ts'
import type { SourceItem, SourceRecord } from '../../src/sources/record.ts'
import { type CurateDeps, mergeThread, unmergeThread } from '../../src/threads/merge-thread.ts'
import { createProtectionStore } from '../../src/threads/protections/protection-store.ts'
import { splitThread, unsplitThread } from '../../src/threads/split-thread.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
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
} from '../ingest/support.ts'
import { describeEachDatabase } from '../support/databases.ts'

const thr = (externalId: string) => stableId('thr', 'forum', externalId)
const pst = (externalId: string) => stableId('pst', 'forum', externalId)
const on = (day: number) => ({ createdAt: `2024-02-0${day}T00:00:00.000Z` })
const french =
  'Bonjour, je ne comprends pas ma facture du mois dernier : elle a doublé sans que personne ne sache pourquoi. ' +
  'Pouvez-vous me dire ce qui a changé dans mon abonnement depuis le printemps ?'
const actor: Actor = commandLine
const records = [
  thread('a', on(2)),
  question('qa', 'a', on(2)),
  comment('ca', 'qa', on(3)),
  answer('a1', 'a', on(4)),
  acceptance('a', 'a1'),
  thread('b', on(1)),
  question('qb', 'b', on(1)),
  answer('b1', 'b', on(5)),
  comment('cb', 'b1', on(6)),
  comment('cc', 'cb', on(7)),
  answer('b2', 'b', on(8)),
  acceptance('b'),
  thread('c', on(3)),
  question('qc', 'c', on(3)),
]

describeEachDatabase.always('threads that agents merge and split', (database) => {
  let db: Database
  let deps: ImportDeps
  let curate: CurateDeps
  let store: ReturnType<typeof createThreadStore>
  beforeEach(async () => {
    db = (await database()).db
    deps = importDeps(db)
    store = createThreadStore(db)
    curate = {
      ...deps,
      threads: store,
      sources: createSourceStore(db, deps.clock),
      protections: createProtectionStore(db, deps.clock),
    }
    await clearThreads(db)
    await importRecords(deps, records)
    await db.sql('events').delete()
  })

  const merge = (from: string, into: string) =>
    mergeThread(curate, { threadId: thr(from), into: thr(into), actor })
  const unmerge = (from: string) => unmergeThread(curate, { threadId: thr(from), actor })
  const split = (from: string, ...posts: string[]) =>
    splitThread(curate, { threadId: thr(from), postIds: posts.map(pst), actor })
  const get = (id: string) => store.require(id, 'internal')
  const names = new Map(
    ['qa', 'ca', 'a1', 'qb', 'b1', 'cb', 'cc', 'b2', 'qc', 'new'].map((each) => [pst(each), each]),
  )
  const shown = async (threadId: string) =>
    (await store.postsOf(threadId, 'internal')).map(
      ({ id, kind, accepted }) => `${kind} ${names.get(id)}${accepted ? ' accepted' : ''}`,
    )
  const merged = [
    'question qb',
    'comment qa',
    'comment ca',
    'answer a1 accepted',
    'answer b1',
    'comment cb',
    'comment cc',
    'answer b2',
  ]
  const deliver = (...records: SourceRecord[]) => {
    const items: SourceItem[] = records.map((record) => ({ outcome: 'record', record, place: { file: 'd' } }))
    return applyRecords(deps, { source: 'forum', records: items })
  }

  it('shows a merged thread within the other, and counts its answers and acceptances there', async () => {
    expect(await merge('a', 'b')).toMatchObject({ id: thr('a'), mergedInto: thr('b'), answerCount: 0 })
    expect(await shown(thr('b'))).toEqual(merged)
    expect(await shown(thr('a'))).toEqual([])
    expect(await get(thr('b'))).toMatchObject({ answerCount: 3, resolved: true })
    expect(await store.idsAfter(undefined, 10)).toEqual([thr('b'), thr('c')].sort())
    expect((await store.list({ reader: 'internal', limit: 10 })).items.map(({ id }) => id)).not.toContain(
      thr('a'),
    )
    expect(await store.facts([thr('a')])).toEqual([])
    const [event] = await db.sql('events').where({ type: 'threads.changed' }).pluck('payload')
    expect(JSON.parse(event).threadIds.sort()).toEqual([thr('a'), thr('b')].sort())
    const { items } = await createAuditLog(db, deps.clock).list({ target: thr('a'), limit: 5 })
    expect(items).toMatchObject([{ action: 'thread.merged', after: { into: thr('b') } }])
  })

  it('keeps a merge through the same export again, which changes nothing', async () => {
    await merge('a', 'b')
    const before = await contentOf(db)
    await db.sql('events').delete()
    const summary = await importRecords(deps, records)
    expect(summary).toMatchObject({
      threads: { unchanged: 3, changed: 0 },
      posts: { unchanged: 9 },
      orphans: 0,
    })
    expect(await contentOf(db)).toEqual(before)
    expect(await db.sql('events')).toEqual([])
  })

  it('keeps a merge through edits, new posts and acceptance updates, in exports and deliveries', async () => {
    await merge('a', 'b')
    await importRecords(deps, [
      thread('a', { ...on(2), title: 'Another title' }),
      question('qa', 'a', { ...on(2), body: 'It was edited.' }),
      answer('new', 'a', on(9)),
      acceptance('a', 'new'),
    ])
    const expected = [...merged, 'answer new accepted'].map((each) => each.replace('a1 accepted', 'a1'))
    expect(await shown(thr('b'))).toEqual(expected)
    expect(await get(thr('b'))).toMatchObject({ answerCount: 4, resolved: true })
    expect(await get(thr('a'))).toMatchObject({ title: 'Another title', mergedInto: thr('b') })
    await deliver({ type: 'acceptance-update', threadId: 'a', postId: 'new', accepted: false })
    expect(await get(thr('b'))).toMatchObject({ resolved: false })
    await deliver({ type: 'removal', of: 'thread', id: 'a' })
    expect(await shown(thr('b'))).toEqual(merged.filter((each) => !/ (qa|ca|a1)/.test(each)))
    expect(await get(thr('b'))).toMatchObject({ answerCount: 2 })
  })

  it('takes a merge back, with what came meanwhile', async () => {
    const before = await contentOf(db)
    await merge('a', 'b')
    await importRecords(deps, [answer('new', 'a', on(9))])
    await unmerge('a')
    expect(await shown(thr('a'))).toEqual(['question qa', 'comment ca', 'answer a1 accepted', 'answer new'])
    await db
      .sql('posts')
      .where({ id: pst('new') })
      .delete()
    await importRecords(deps, [thread('a', { ...on(2), closed: true }), thread('a', on(2))].slice(0, 1))
    await importRecords(deps, [thread('a', on(2))])
    expect(await contentOf(db)).toEqual(before)
    await expect(unmerge('a')).rejects.toMatchObject({ code: 'THREAD_NOT_MERGED' })
  })

  it('follows merges of merged threads, and back', async () => {
    await merge('a', 'b')
    await merge('b', 'c')
    expect((await shown(thr('c'))).filter((each) => each.startsWith('question'))).toEqual(['question qc'])
    expect(await shown(thr('c'))).toHaveLength(9)
    expect(await get(thr('a'))).toMatchObject({ mergedInto: thr('c') })
    await unmerge('b')
    expect(await shown(thr('b'))).toEqual(merged)
    expect(await get(thr('a'))).toMatchObject({ mergedInto: thr('b') })
    expect(await shown(thr('c'))).toEqual(['question qc'])
  })

  it('merges once when asked twice, and refuses circles, second targets and other sources', async () => {
    await merge('a', 'b')
    const before = await contentOf(db)
    await merge('a', 'b')
    expect(await contentOf(db)).toEqual(before)
    await expect(merge('a', 'c')).rejects.toMatchObject({ code: 'THREAD_MERGED' })
    await expect(merge('a', 'a')).rejects.toMatchObject({ code: 'THREAD_MERGED' })
    await expect(merge('b', 'b')).rejects.toMatchObject({ code: 'THREAD_MERGE_CYCLE' })
    await merge('b', 'c')
    await expect(merge('c', 'a')).rejects.toMatchObject({ code: 'THREAD_MERGE_CYCLE' })
    await importRecords(deps, [thread('x'), question('qx', 'x')], { source: 'other' })
    const elsewhere = { threadId: thr('c'), into: stableId('thr', 'other', 'x'), actor }
    await expect(mergeThread(curate, elsewhere)).rejects.toMatchObject({ code: 'THREAD_MERGE_SOURCES' })
    const stranger = { ...actor, audience: 'public' as const }
    const unseen = mergeThread(curate, { threadId: thr('a'), into: thr('b'), actor: stranger })
    await expect(unseen).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
  })

  it('of two merges at once that would make a circle lets one through', async () => {
    const both = await Promise.allSettled([merge('a', 'b'), merge('b', 'a')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db.sql('thread_merges')).toHaveLength(1)
  })

  it('shows a thread by itself while the one it was merged into is removed', async () => {
    await merge('a', 'b')
    await deliver({ type: 'removal', of: 'thread', id: 'b' })
    expect(await shown(thr('a'))).toEqual(['question qa', 'comment ca', 'answer a1 accepted'])
    expect(await store.idsAfter(undefined, 10)).toContain(thr('a'))
    await deliver(thread('b', on(1)))
    expect(await shown(thr('b'))).toEqual(merged)
  })

  it('shows a thread by itself while one in the middle of its chain of merges is removed', async () => {
    await merge('a', 'b')
    await merge('b', 'c')
    const chained = await shown(thr('c'))
    await deliver({ type: 'removal', of: 'thread', id: 'b' })
    expect(await shown(thr('a'))).toEqual(['question qa', 'comment ca', 'answer a1 accepted'])
    expect(await shown(thr('c'))).toEqual(['question qc'])
    await deliver(thread('b', on(1)))
    expect(await shown(thr('c'))).toEqual(chained)
  })

  it('splits posts with their comments into a thread whose question is the first of them', async () => {
    const made = await split('b', 'b2', 'b1')
    expect(made).toMatchObject({
      splitFrom: thr('b'),
      title: 'The text of b1 is written here in plain English words.',
    })
    expect(made).toMatchObject({ language: 'en', questionId: pst('b1'), answerCount: 1 })
    expect(await shown(made.id)).toEqual(['question b1', 'comment cb', 'comment cc', 'answer b2'])
    expect(await shown(thr('b'))).toEqual(['question qb'])
    expect(await get(thr('b'))).toMatchObject({ answerCount: 0 })
    expect(await store.idsAfter(undefined, 10)).toContain(made.id)
  })

  it('keeps a split through imports, whole ones and edits too', async () => {
    const made = await split('b', 'b1')
    const before = await contentOf(db)
    await db.sql('events').delete()
    expect(await importRecords(deps, records, { complete: true })).toMatchObject({
      threads: { unchanged: 3, deleted: 0 },
      posts: { unchanged: 9, deleted: 0 },
    })
    expect(await contentOf(db)).toEqual(before)
    expect(await db.sql('events')).toEqual([])
    await importRecords(deps, [
      answer('b1', 'b', { ...on(5), body: french }),
      comment('cb', 'b1', { ...on(6), body: 'Edited.' }),
      comment('new', 'cb', on(9)),
      acceptance('b', 'b2'),
    ])
    expect(await shown(made.id)).toEqual(['question b1', 'comment cb', 'comment cc', 'comment new'])
    expect(await get(made.id)).toMatchObject({ language: 'fr' })
    expect(await shown(thr('b'))).toEqual(['question qb', 'answer b2 accepted'])
  })

  it('takes a split back, and finds the same thread when it is made again', async () => {
    const before = await contentOf(db)
    const made = await split('b', 'b1')
    await unsplitThread(curate, { threadId: made.id, actor })
    expect(await shown(thr('b'))).toEqual([
      'question qb',
      'answer b1',
      'comment cb',
      'comment cc',
      'answer b2',
    ])
    await expect(get(made.id)).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
    await importRecords(deps, records)
    const { threads, ...rest } = await contentOf(db)
    expect(rest).toEqual({ ...before, threads: undefined })
    expect(threads!.filter((row) => !row.includes(made.id))).toEqual(before.threads)
    expect((await split('b', 'b1')).id).toBe(made.id)
  })

  it('splits what was merged, merges what was split, and undoes both in any order', async () => {
    await merge('a', 'b')
    const made = await split('b', 'a1', 'b2')
    expect(await shown(made.id)).toEqual(['question a1 accepted', 'answer b2'])
    await unmerge('a')
    expect(await shown(thr('a'))).toEqual(['question qa', 'comment ca'])
    await mergeThread(curate, { threadId: made.id, into: thr('c'), actor })
    expect(await shown(thr('c'))).toEqual(['question qc', 'answer a1 accepted', 'answer b2'])
    await unsplitThread(curate, { threadId: made.id, actor })
    expect(await shown(thr('c'))).toEqual(['question qc'])
    expect(await shown(thr('a'))).toEqual(['question qa', 'comment ca', 'answer a1 accepted'])
    expect(await shown(thr('b'))).toContain('answer b2')
  })

  it('puts what was split twice back where it was before', async () => {
    const made = await split('b', 'b1', 'b2')
    const second = await splitThread(curate, {
      threadId: made.id,
      postIds: [pst('b2')],
      title: 'Again',
      actor,
    })
    expect(second).toMatchObject({ title: 'Again', splitFrom: made.id })
    await unsplitThread(curate, { threadId: second.id, actor })
    expect(await shown(made.id)).toEqual(['question b1', 'comment cb', 'comment cc', 'answer b2'])
  })

  it('refuses to split off the question, or posts that are elsewhere', async () => {
    await expect(split('b', 'qb')).rejects.toMatchObject({ code: 'THREAD_SPLIT_QUESTION' })
    await expect(split('b', 'b1', 'a1')).rejects.toMatchObject({ code: 'POST_NOT_IN_THREAD' })
    await merge('a', 'b')
    await expect(split('a', 'a1')).rejects.toMatchObject({ code: 'THREAD_MERGED' })
    const made = await split('b', 'b1')
    await mergeThread(curate, { threadId: thr('c'), into: made.id, actor })
    const undone = unsplitThread(curate, { threadId: made.id, actor })
    await expect(undone).rejects.toMatchObject({ code: 'THREAD_SPLIT_IN_USE' })
    const none = unsplitThread(curate, { threadId: thr('b'), actor })
    await expect(none).rejects.toMatchObject({ code: 'THREAD_NOT_SPLIT' })
  })
})
