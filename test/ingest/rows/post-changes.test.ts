import { beforeEach, expect, it } from 'vitest'
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
  importDeps,
  importRecords,
  question,
  thread,
} from '../support.ts'

const id = (externalId: string) => stableId('pst', 'forum', externalId)
const threadId = stableId('thr', 'forum', 't1')
const small = [
  thread('t1'),
  question('q1', 't1'),
  answer('a1', 't1'),
  answer('a2', 't1'),
  acceptance('t1', 'a1'),
]

describeEachDatabase.always('what changed', (database) => {
  let db: Database
  let deps: ImportDeps
  beforeEach(async () => {
    db = (await database()).db
    deps = importDeps(db)
    await clearThreads(db)
    await importRecords(deps, small)
    await db.sql('events').delete()
  })

  const changes = async () => {
    const { items } = await createThreadStore(db).changesOf(threadId, { reader: 'internal', limit: 100 })
    return items.map(({ id: _, at, importId, delivery, ...change }) => change)
  }
  const apply = (...records: SourceRecord[]) => {
    const items: SourceItem[] = records.map((record) => ({
      outcome: 'record',
      record,
      place: { file: 'delivery' },
    }))
    return applyRecords(deps, { source: 'forum', records: items, delivery: 'd-7' })
  }

  it('records nothing at the first statement of a post, nor at its repetition', async () => {
    await importRecords(deps, small)
    await importRecords(deps, [
      thread('t2'),
      question('q2', 't2'),
      acceptance('t2', 'a9'),
      answer('a9', 't2'),
    ])
    await importRecords(deps, [answer('a3', 't1')])
    expect(await db.sql('post_changes')).toEqual([])
  })

  it('keeps nothing while the first export of a source is taken in, in however many runs', async () => {
    await clearThreads(db)
    const stop = new AbortController()
    const options = {
      batch: { items: 1, characters: 1e6 },
      signal: stop.signal,
      onProgress: () => stop.abort(),
    }
    const [q1, ...rest] = [...small].reverse()
    await expect(importRecords(deps, [q1!, ...rest], options)).rejects.toMatchObject({
      code: 'IMPORT_STOPPED',
    })
    await importRecords(deps, [...rest, q1!])
    expect(await db.sql('post_changes')).toEqual([])
    await importRecords(deps, [acceptance('t1')])
    expect(await changes()).toHaveLength(1)
  })

  it('records an edit with both texts and its import, and appends an event without the texts', async () => {
    await importRecords(deps, [answer('a1', 't1', { format: 'html', body: '<p>It is <b>new</b></p>' })])
    const [row] = await db.sql('post_changes')
    expect(await db.sql('imports').pluck('id')).toContain(row.import_id)
    expect(row).toMatchObject({ delivery: null, post_id: id('a1'), thread_id: threadId })
    expect(await changes()).toEqual([
      {
        postId: id('a1'),
        what: 'edited',
        before: { body: 'The text of a1 is written here in plain English words.' },
        after: { body: 'It is **new**' },
      },
    ])
    const [event] = await db.sql('events').where({ type: 'posts.changed' }).pluck('payload')
    expect(JSON.parse(event)).toEqual({
      postIds: [id('a1')],
      changes: [{ id: row.id, postId: id('a1'), what: 'edited' }],
    })
  })

  it('does not call it an edit when only votes or marks differ', async () => {
    await importRecords(deps, [answer('a1', 't1', { score: 12, format: 'html', body: '' })])
    await db.sql('post_changes').delete()
    await importRecords(deps, [answer('a1', 't1', { score: 13, format: 'text', body: '' })])
    expect(await changes()).toEqual([])
  })

  it('records deletions, restored posts and acceptance updates of deliveries, with their delivery', async () => {
    const body = 'The text of a1 is written here in plain English words.'
    const steps: [SourceRecord, object][] = [
      [
        { type: 'removal', of: 'post', id: 'a1' },
        { what: 'deleted', before: { body } },
      ],
      [answer('a1', 't1'), { what: 'restored', after: { body } }],
      [
        { type: 'acceptance-update', threadId: 't1', postId: 'a1', accepted: false },
        { what: 'unaccepted', before: { accepted: true }, after: { accepted: false } },
      ],
      [acceptance('t1', 'a1'), { what: 'accepted', before: { accepted: false }, after: { accepted: true } }],
    ]
    for (const [record] of steps) await apply(record)
    const rows = await db.sql('post_changes')
    expect(rows.every(({ delivery, import_id }) => delivery === 'd-7' && import_id === null)).toBe(true)
    const byWhat = new Map((await changes()).map((change) => [change.what, change]))
    for (const [, expected] of steps)
      expect(byWhat.get((expected as { what: 'edited' }).what)).toMatchObject(expected)
    expect(byWhat.size).toBe(4)
  })

  it('records each post that is removed, and restored, together with its thread', async () => {
    await apply({ type: 'removal', of: 'thread', id: 't1' }, thread('t1'))
    const whats = (await changes()).map(({ what, postId }) => `${what} ${postId}`).sort()
    expect(whats).toEqual(
      ['q1', 'a1', 'a2'].flatMap((each) => [`deleted ${id(each)}`, `restored ${id(each)}`]).sort(),
    )
  })

  it('gives its changes page by page, and only to whom sees the thread', async () => {
    for (let i = 0; i < 5; i++) await apply(comment('c1', 'a1', { body: `Text number ${i}` }))
    const store = createThreadStore(db)
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await store.changesOf(threadId, {
        reader: 'internal',
        limit: 2,
        ...(cursor && { cursor }),
      })
      seen.push(...page.items.map((change) => change.id))
      cursor = page.next
      if (cursor === undefined) break
    }
    expect(seen).toHaveLength(4)
    expect(new Set(seen).size).toBe(4)
    const hidden = store.changesOf(threadId, { reader: 'public', limit: 2 })
    await expect(hidden).rejects.toMatchObject({ code: 'THREAD_NOT_FOUND' })
  })
})
