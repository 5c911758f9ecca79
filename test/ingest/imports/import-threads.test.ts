import { beforeEach, expect, it } from 'vitest'
import { createAuditLog } from '../../../src/access/audit-log.ts'
import type { ImportDeps, ImportProgress } from '../../../src/ingest/imports/import-request.ts'
import { createImportStore } from '../../../src/ingest/imports/import-store.ts'
import type { Rejection } from '../../../src/ingest/rows/batch.ts'
import { createSourceStore } from '../../../src/ingest/source-store.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { stableId } from '../../../src/platform/ids.ts'
import { createThreadStore } from '../../../src/threads/thread-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { fakeClock } from '../../support/fake-clock.ts'
import {
  acceptance,
  answer,
  comment,
  contentOf,
  importDeps,
  importRecords,
  question,
  thread,
} from '../support.ts'

const id = (kind: 'thr' | 'pst', externalId: string) => stableId(kind, 'forum', externalId)
const none = { new: 0, changed: 0, unchanged: 0, rejected: 0 }
const small = [
  thread('t1'),
  question('q1', 't1'),
  answer('a1', 't1'),
  answer('a2', 't1'),
  acceptance('t1', 'a1'),
]

describeEachDatabase.always('importing threads', (database) => {
  let db: Database
  let deps: ImportDeps
  beforeEach(async () => {
    db = (await database()).db
    deps = importDeps(db)
  })

  const threads = () => createThreadStore(db)
  const stored = (externalId: string) => threads().require(id('thr', externalId), 'internal')
  const events = async (): Promise<{ type: string; payload: Record<string, unknown> }[]> =>
    (await db.sql('events').orderBy('id')).map(({ type, payload }) => ({
      type,
      payload: JSON.parse(payload),
    }))

  it('changes nothing when the same export comes again, and reports that', async () => {
    const first = await importRecords(deps, small)
    expect(first).toEqual({
      threads: { ...none, new: 1, resolved: 1 },
      posts: { ...none, new: 3 },
      answers: 2,
      ignored: 0,
      orphans: 0,
      incomplete: 0,
    })
    const before = await contentOf(db)
    await db.sql('events').delete()
    expect(await importRecords(deps, small)).toEqual({
      ...first,
      threads: { ...none, unchanged: 1, resolved: 1 },
      posts: { ...none, unchanged: 3 },
    })
    expect(await contentOf(db)).toEqual(before)
    expect(await events()).toEqual([])
  })

  it('detects an edit, converts it, and appends an event', async () => {
    await importRecords(deps, small)
    await db.sql('events').delete()
    const edited = answer('a1', 't1', {
      format: 'html',
      body: '<p>It <b>works</b></p>',
      editedAt: '2025-05-05T00:00:00.000Z',
    })
    const summary = await importRecords(
      deps,
      small.map((record) => ('id' in record && record.id === 'a1' ? edited : record)),
    )
    expect(summary.posts).toEqual({ ...none, changed: 1, unchanged: 2 })
    expect(summary.threads).toEqual({ ...none, unchanged: 1, resolved: 1 })
    const posts = await threads().postsOf(id('thr', 't1'), 'internal')
    expect(posts.find((post) => post.id === id('pst', 'a1'))).toMatchObject({
      body: 'It **works**',
      accepted: true,
    })
    expect((await stored('t1')).updatedAt).toBe('2025-05-05T00:00:00.000Z')
    expect(await events()).toMatchObject([
      { type: 'threads.changed', payload: { threadIds: [id('thr', 't1')] } },
      { type: 'posts.changed', payload: { postIds: [id('pst', 'a1')] } },
    ])
  })

  it('withdraws an acceptance that the export no longer states, and counts the thread as changed', async () => {
    await importRecords(deps, small)
    await db.sql('events').delete()
    const summary = await importRecords(deps, [...small.slice(0, -1), acceptance('t1')])
    expect(summary.threads).toEqual({ ...none, changed: 1, resolved: 0 })
    expect((await stored('t1')).resolved).toBe(false)
    expect(await events()).toMatchObject([
      { type: 'threads.changed', payload: { threadIds: [id('thr', 't1')] } },
      { type: 'posts.changed', payload: { postIds: [id('pst', 'a1')] } },
    ])
  })

  it('keeps an answer whose question has not come, counts it, and adopts it when the question comes', async () => {
    const first = await importRecords(deps, [answer('a1', 't1'), acceptance('t1', 'a1')])
    expect(first).toMatchObject({ orphans: 1, answers: 1, threads: { resolved: 0 } })
    expect(await threads().idsAfter(undefined, 10)).toEqual([])
    const second = await importRecords(deps, [thread('t1'), question('q1', 't1')])
    expect(second).toMatchObject({ orphans: 0, answers: 0, threads: { new: 1, resolved: 0 } })
    expect(await stored('t1')).toMatchObject({ answerCount: 1, resolved: true, questionId: id('pst', 'q1') })
    expect(await importRecords(deps, [answer('a1', 't1')])).toMatchObject({ orphans: 0 })
  })

  it('computes a thread from its posts', async () => {
    await importRecords(deps, [
      thread('t1', { createdAt: '2024-01-01T00:00:00.000Z' }),
      question('q1', 't1', { authorId: 'm1', createdAt: '2024-01-01T00:00:00.000Z' }),
      answer('a1', 't1', { createdAt: '2024-03-01T00:00:00.000Z' }),
      answer('a2', 't1', { createdAt: '2024-02-01T00:00:00.000Z', editedAt: '2024-04-01T00:00:00.000Z' }),
      comment('c1', 'a2', { createdAt: '2025-01-01T00:00:00.000Z' }),
      { type: 'member', id: 'm1', name: 'Ada', role: 'staff', reputation: 12 },
    ])
    expect(await stored('t1')).toMatchObject({
      answerCount: 2,
      firstAnsweredAt: '2024-02-01T00:00:00.000Z',
      updatedAt: '2024-04-01T00:00:00.000Z',
    })
    const [facts] = await threads().facts([id('thr', 't1')])
    expect(facts).toMatchObject({ askerRole: 'staff', askerReputation: 12 })
  })

  it('detects the language from title and question, and believes the source where it states one', async () => {
    const french = 'Bonjour, ma facture est plus élevée que le mois dernier et personne ne sait pourquoi.'
    await importRecords(deps, [
      thread('t1', { title: 'Ma facture' }),
      question('q1', 't1', { body: french }),
      thread('t2', { title: 'Ma facture', language: 'en' }),
      question('q2', 't2', { body: french }),
    ])
    expect(await stored('t1')).toMatchObject({ language: 'fr' })
    expect(await stored('t2')).toMatchObject({ language: 'en' })
    await importRecords(deps, [
      question('q1', 't1', { body: 'Hello, my bill is much higher than it was last month.' }),
    ])
    await importRecords(deps, [
      thread('t1', { title: 'My bill this month' }),
      thread('t2', { title: 'Ma facture' }),
    ])
    expect(await stored('t1')).toMatchObject({ language: 'en' })
    expect(await stored('t2')).toMatchObject({ language: 'fr' })
  })

  it('accepts the first record of an id, counts its repetition as unchanged and rejects a contradiction', async () => {
    const rejected: Rejection[] = []
    const records = [
      ...small,
      thread('t1'),
      thread('t1', { title: 'Another' }),
      answer('a1', 't1', { body: 'Other' }),
    ]
    const onRejection = (rejection: Rejection) => rejected.push(rejection)
    for (const items of [1, 100]) {
      const summary = await importRecords(deps, records, { onRejection, batch: { items, characters: 1e6 } })
      expect(summary).toMatchObject({ threads: { rejected: 1 }, posts: { rejected: 1 }, answers: 2 })
      expect(summary.threads.new + summary.threads.unchanged).toBe(2)
    }
    expect((await stored('t1')).title).toBe('Thread t1')
    expect(rejected.map(({ code, place }) => [code, place.line])).toEqual([
      ['RECORD_REPEATED', 7],
      ['RECORD_REPEATED', 8],
      ['RECORD_REPEATED', 7],
      ['RECORD_REPEATED', 8],
    ])
  })

  it('reports its progress only after the commit, batch by batch', async () => {
    const reported: ImportProgress[] = []
    const counts: Promise<number>[] = []
    const count = () =>
      db
        .sql('posts')
        .count('* as n')
        .first()
        .then((row) => Number(row?.n))
    await importRecords(deps, small, {
      batch: { items: 2, characters: 1e6 },
      onProgress: (progress) => {
        reported.push(progress)
        counts.push(count())
      },
    })
    expect(reported.map(({ posts }) => posts)).toEqual([1, 3, 3])
    for (const [at, committed] of (await Promise.all(counts)).entries())
      expect(committed).toBeGreaterThanOrEqual(reported[at]!.posts)
    expect(reported.at(-1)!.bytesRead).toBe(reported.at(-1)!.bytesTotal)
  })

  it('stops at the next batch when asked to, keeping what it reported', async () => {
    const stop = new AbortController()
    const stopped = importRecords(deps, small, {
      batch: { items: 2, characters: 1e6 },
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    await expect(stopped).rejects.toMatchObject({
      code: 'IMPORT_STOPPED',
      details: { summary: { posts: { new: 1 } } },
    })
    expect((await importRecords(deps, small)).posts).toEqual({ ...none, new: 2, unchanged: 1 })
  })

  it('makes a new source internal, changes an audience only on request, and audits both', async () => {
    await importRecords(deps, small)
    await importRecords(deps, small, { audience: 'public', labelFrom: 'tags' })
    await importRecords(deps, small)
    const source = await createSourceStore(db, deps.clock).require('forum')
    expect(source).toMatchObject({ audience: 'public', labelFrom: 'tags' })
    const payloads = await db.sql('events').where({ type: 'source.changed' }).pluck('payload')
    expect(payloads.map((payload: string) => JSON.parse(payload))).toEqual([{ sourceId: source.id }])
    const { items } = await createAuditLog(db, deps.clock).list({ target: source.id, limit: 10 })
    expect(items.map(({ action }) => action).sort()).toEqual([
      'source.changed',
      'threads.imported',
      'threads.imported',
      'threads.imported',
    ])
    expect(items.find(({ action }) => action === 'source.changed')).toMatchObject({
      before: { audience: 'internal' },
      after: { audience: 'public', labelFrom: 'tags' },
    })
  })

  it('takes votes, links and members as they stand now', async () => {
    await importRecords(deps, [
      ...small,
      thread('t2'),
      question('q2', 't2'),
      { type: 'votes', postId: 'a1', up: 1, down: 0 },
      { type: 'link', fromThreadId: 't2', toThreadId: 't1', kind: 'related' },
      { type: 'link', fromThreadId: 't2', toThreadId: 'gone', kind: 'duplicate' },
    ])
    await importRecords(deps, [{ type: 'votes', postId: 'a1', up: 4, down: 2 }])
    const posts = await threads().postsOf(id('thr', 't1'), 'internal')
    expect(posts.find((post) => post.id === id('pst', 'a1'))?.votes).toEqual({ up: 4, down: 2 })
    expect(await threads().linksOf(id('thr', 't1'), 'internal')).toEqual([
      { threadId: id('thr', 't2'), title: 'Thread t2', kind: 'related', direction: 'from' },
    ])
  })

  it('notes an import that fell silent as interrupted, and is not held up by it', async () => {
    const { id: sourceId } = await createSourceStore(db, deps.clock).ensure({
      name: 'forum',
      format: 'ndjson',
      audience: 'internal',
    })
    const killed = await createImportStore(db, fakeClock('2026-01-09T00:00:00.000Z')).begin(
      sourceId,
      'ndjson',
    )
    expect((await importRecords(deps, small)).threads.new).toBe(1)
    const rows: { id: string; status: string }[] = await db.sql('imports').orderBy('started_at')
    expect(rows.map(({ status }) => status)).toEqual(['interrupted', 'completed'])
    expect(rows[0]!.id).toBe(killed.id)
  })
})
