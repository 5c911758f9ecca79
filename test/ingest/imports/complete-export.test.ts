import { beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import type { ImportDeps } from '../../../src/ingest/imports/import-request.ts'
import { importThreads } from '../../../src/ingest/imports/import-threads.ts'
import { applyRecords } from '../../../src/ingest/rows/apply-records.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { stableId } from '../../../src/platform/ids.ts'
import type { SourceRecord } from '../../../src/sources/record.ts'
import { createThreadStore } from '../../../src/threads/thread-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import {
  acceptance,
  answer,
  clearThreads,
  contentOf,
  fileOf,
  importDeps,
  importRecords,
  question,
  thread,
} from '../support.ts'

const idOf = (kind: 'thr' | 'pst', externalId: string) => stableId(kind, 'forum', externalId)
const one = [thread('t1'), question('q1', 't1'), answer('a1', 't1'), acceptance('t1', 'a1')]
const two = [thread('t2'), question('q2', 't2'), answer('a2', 't2')]
const complete = { complete: true }

describeEachDatabase('an export that is whole', (database) => {
  let db: Database
  let deps: ImportDeps
  beforeEach(async () => {
    db = (await database()).db
    deps = importDeps(db)
    await clearThreads(db)
    await importRecords(deps, [...one, ...two])
  })

  const live = async (table: 'threads' | 'posts') =>
    (await db.sql(table).whereNull('removed_at').orderBy('external_id').pluck('external_id')) as string[]

  it('deletes what is missing from it, counts it, records the changes, and appends events', async () => {
    await db.sql('events').delete()
    const summary = await importRecords(deps, one, complete)
    expect(summary.threads).toMatchObject({ unchanged: 1, deleted: 1 })
    expect(summary.posts).toMatchObject({ unchanged: 2, deleted: 2 })
    expect(summary.notComplete).toBeUndefined()
    expect(await live('threads')).toEqual(['t1'])
    expect(await live('posts')).toEqual(['a1', 'q1'])
    expect(await createThreadStore(db).idsAfter(undefined, 10)).toEqual([idOf('thr', 't1')])
    const changes = await db.sql('post_changes').orderBy('post_id')
    expect(changes.map(({ what }) => what)).toEqual(['deleted', 'deleted'])
    const events: { type: string; payload: string }[] = await db.sql('events')
    const payloads = events.flatMap(({ payload }) => JSON.parse(payload))
    expect(payloads.flatMap(({ threadIds = [] }) => threadIds)).toContain(idOf('thr', 't2'))
    expect(payloads.flatMap(({ postIds = [] }) => postIds).sort()).toEqual(
      [idOf('pst', 'q2'), idOf('pst', 'a2')].sort(),
    )
  })

  it('changes nothing when it comes again, and restores what it states again', async () => {
    const whole = await contentOf(db)
    await importRecords(deps, one, complete)
    const cut = await contentOf(db)
    await db.sql('events').delete()
    expect(await importRecords(deps, one, complete)).toMatchObject({
      threads: { unchanged: 1, changed: 0, deleted: 0 },
      posts: { unchanged: 2, changed: 0, deleted: 0 },
    })
    expect(await contentOf(db)).toEqual(cut)
    expect(await db.sql('events')).toEqual([])
    expect(await importRecords(deps, [...one, ...two], complete)).toMatchObject({
      threads: { unchanged: 1, changed: 1, deleted: 0 },
      posts: { unchanged: 2, changed: 2, deleted: 0 },
    })
    expect(await contentOf(db)).toEqual(whole)
  })

  it('reports no deletions, and deletes nothing, if it is not declared complete', async () => {
    const summary = await importRecords(deps, one)
    expect(summary.threads).not.toHaveProperty('deleted')
    expect(await live('threads')).toEqual(['t1', 't2'])
  })

  it('keeps its hands off other sources and other deletions', async () => {
    await importRecords(deps, [thread('t9'), question('q9', 't9')], { source: 'other' })
    await importRecords(deps, one, complete)
    expect(await live('threads')).toEqual(['t1', 't9'])
  })

  it('deletes nothing when rows were rejected, and states why', async () => {
    const lines = one.map((record) => JSON.stringify(record))
    const paths = [fileOf([...lines, '{"type":"thread","id":"t2"'].join('\n'))]
    const request = { format: 'ndjson', paths, source: 'forum', actor: commandLine, complete: true }
    const summary = await importThreads(deps, request)
    expect(summary.notComplete).toEqual({
      code: 'COMPLETE_WITH_REJECTIONS',
      reason: expect.stringContaining('1 rejected'),
    })
    expect(await live('threads')).toEqual(['t1', 't2'])
    const kept: string[] = await db.sql('imports').pluck('summary')
    expect(kept.flatMap((text) => JSON.parse(text).notComplete ?? [])).toEqual([summary.notComplete])
  })

  it('is not held up by a row that contradicts an earlier one, whose id it knows', async () => {
    const summary = await importRecords(deps, [...one, answer('a1', 't1', { body: 'Otherwise' })], complete)
    expect(summary).toMatchObject({ posts: { rejected: 1, deleted: 2 } })
  })

  it('deletes nothing by an export without threads', async () => {
    const member: SourceRecord = { type: 'member', id: 'm1', name: 'Ada' }
    expect(await importRecords(deps, [member], complete)).toMatchObject({
      notComplete: { code: 'COMPLETE_WITHOUT_THREADS' },
    })
    expect(await live('threads')).toEqual(['t1', 't2'])
  })

  it('deletes nothing when it fails or is stopped before its end', async () => {
    const row = (n: number) =>
      `<row Id="${n}" PostTypeId="1" CreationDate="2024-01-01T00:00:00.000" Score="1" Body="Body" Title="T" Tags="" />`
    const broken = fileOf(`<posts>\n${row(1)}\n${row(2)}\n<row Id="3`, 'xml')
    const request = { format: 'stack-exchange', paths: [broken], source: 'forum', actor: commandLine }
    await expect(importThreads(deps, { ...request, complete: true })).rejects.toMatchObject({
      code: 'XML_MALFORMED',
    })
    const stop = new AbortController()
    const stopped = importRecords(deps, one, {
      complete: true,
      signal: stop.signal,
      batch: { items: 2, characters: 1e6 },
      onProgress: () => stop.abort(),
    })
    await expect(stopped).rejects.toMatchObject({ code: 'IMPORT_STOPPED' })
    expect(await live('posts')).toEqual(expect.arrayContaining(['a2', 'q2']))
  })

  it('completes its deletions when it is stopped amidst them and runs again', async () => {
    const many = Array.from({ length: 120 }, (_, i) => answer(`n${i}`, 't1'))
    await importRecords(deps, many)
    const stop = new AbortController()
    let deletions = 0
    const stopped = importRecords(deps, one, {
      complete: true,
      signal: stop.signal,
      onProgress: ({ posts }) => {
        if (posts === 2 && ++deletions === 3) stop.abort()
      },
    })
    await expect(stopped).rejects.toMatchObject({
      code: 'IMPORT_STOPPED',
      details: { summary: { posts: { deleted: expect.any(Number) } } },
    })
    const left = (await live('posts')).length
    expect(left).toBeGreaterThan(2)
    expect(left).toBeLessThan(124)
    expect((await importRecords(deps, one, complete)).posts.deleted).toBe(left - 2)
    expect(await live('posts')).toEqual(['a1', 'q1'])
  })

  it('keeps what a delivery stated after the export was made', async () => {
    const place = { file: 'delivery' }
    const asOf = '2026-01-05T00:00:00.000Z'
    const records = [answer('new', 't1', { createdAt: asOf, asOf })]
    await applyRecords(deps, {
      source: 'forum',
      records: records.map((record) => ({ outcome: 'record', record, place })),
    })
    await importRecords(deps, [...one, ...two], complete)
    expect(await live('posts')).toContain('new')
    const later = answer('a3', 't1', { createdAt: '2026-01-06T00:00:00.000Z' })
    await importRecords(deps, [...one, ...two, later], complete)
    expect(await live('posts')).not.toContain('new')
  })
})
