import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import type { ImportDeps } from '../../../src/ingest/imports/import-request.ts'
import { importThreads } from '../../../src/ingest/imports/import-threads.ts'
import type { Rejection } from '../../../src/ingest/rows/batch.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { formatSamples } from '../../sources/format-samples.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import {
  answer,
  comment,
  contentOf,
  fileOf,
  importDeps,
  importRecords,
  question,
  thread,
} from '../support.ts'

const DEEP = 100_000

describeEachDatabase('an import of what should not be', (database) => {
  let db: Database
  let deps: ImportDeps
  beforeEach(async () => {
    db = (await database()).db
    deps = importDeps(db)
    for (const table of ['thread_links', 'votes', 'acceptances', 'posts', 'threads', 'members'])
      await db.sql(table).delete()
  })

  async function threadOf(externalId: string): Promise<string | undefined> {
    const row = await db.sql('posts').where({ external_id: externalId }).first()
    expect(row).toBeDefined()
    const of = await db.sql('threads').where({ id: row.thread_id }).first()
    return of?.external_id
  }

  it.each(formatSamples)(
    'changes nothing when $name comes twice, in one export or in two',
    async (sample) => {
      const path = join(sample.folder, sample.input)
      const run = (paths: string[]) =>
        importThreads(deps, {
          format: sample.format.name,
          paths,
          source: 'forum',
          actor: commandLine,
          options: sample.options ?? {},
        })
      const first = await run([path])
      const content = await contentOf(db)
      expect(first.threads.new).toBeGreaterThan(0)
      const again = await run([path, path])
      expect(await contentOf(db)).toEqual(content)
      expect([again.threads.new, again.threads.changed, again.posts.new, again.posts.changed]).toEqual([
        0, 0, 0, 0,
      ])
    },
  )

  it('ends when parents go round in circles, in one batch or over many', async () => {
    const records = [
      thread('t'),
      question('q', 't'),
      comment('a', 'b'),
      comment('b', 'c'),
      comment('c', 'a'),
      comment('self', 'self'),
      comment('fine', 'q'),
    ]
    for (const items of [1, 100]) {
      await importRecords(deps, records, { batch: { items, characters: 1e6 } })
      expect(await threadOf('fine')).toBe('t')
      expect([await threadOf('a'), await threadOf('self')]).toEqual([undefined, undefined])
    }
    const content = await contentOf(db)
    const again = await importRecords(deps, records)
    expect(again.posts).toMatchObject({ new: 0, changed: 0, unchanged: 6 })
    expect(await contentOf(db)).toEqual(content)
  })

  it('ends when comments that had a thread come to hang on each other', async () => {
    await importRecords(deps, [thread('t'), question('q', 't'), comment('a', 'q'), comment('b', 'a')])
    await importRecords(deps, [comment('a', 'b')])
    await importRecords(deps, [
      comment('b', 'a', { body: 'Changed words.' }),
      comment('a', 'b', { body: 'Too.' }),
    ])
    const content = await contentOf(db)
    expect(content.posts).toHaveLength(3)
    await importRecords(deps, [thread('t'), question('q', 't'), comment('a', 'q'), comment('b', 'a')])
    expect([await threadOf('a'), await threadOf('b')]).toEqual(['t', 't'])
  })

  it('keeps the first of two that have one id, and rejects the other with its line', async () => {
    const rejections: Rejection[] = []
    const records = [thread('t'), question('q', 't'), answer('q', 't', { body: 'Another thing altogether.' })]
    const summary = await importRecords(deps, records, { onRejection: (each) => rejections.push(each) })
    expect(summary.posts).toMatchObject({ new: 1, rejected: 1 })
    expect(rejections).toMatchObject([{ code: 'RECORD_REPEATED', place: { line: 3 } }])
  })

  it('leaves out what is dated after tomorrow, so that nothing is active in 2999', async () => {
    const rejections: Rejection[] = []
    const late = { createdAt: '2999-01-01T00:00:00.000Z' }
    const records = [
      thread('t'),
      question('q', 't'),
      answer('a', 't', late),
      answer('edited', 't', { editedAt: '2026-01-12T00:00:00.000Z' }),
      answer('skewed', 't', { createdAt: '2026-01-10T20:00:00.000Z' }),
      thread('gone', late),
      question('gone-q', 'gone', late),
    ]
    const summary = await importRecords(deps, records, { onRejection: (each) => rejections.push(each) })
    expect(summary).toMatchObject({ threads: { new: 1, rejected: 1 }, posts: { new: 2, rejected: 2 } })
    expect(rejections.map(({ code, place }) => [code, place.line])).toEqual([
      ['RECORD_IN_FUTURE', 3],
      ['RECORD_IN_FUTURE', 4],
      ['RECORD_IN_FUTURE', 6],
    ])
    const { updated_at } = await db.sql('threads').where({ external_id: 't' }).first()
    expect(updated_at).toBe('2026-01-10T20:00:00.000Z')
  })

  it('reports a future date once, however many records bear it and wherever they stand', async () => {
    const rejections: Rejection[] = []
    const late = { createdAt: '2999-01-01T00:00:00.000Z' }
    const later = { createdAt: '2999-01-02T00:00:00.000Z' }
    const records = [
      thread('one', late),
      thread('two', late),
      question('one-q', 'one', late),
      answer('one-row', 'one', late),
      question('two-q', 'two', late),
      answer('two-own', 'two', later),
    ]
    const summary = await importRecords(deps, records, { onRejection: (each) => rejections.push(each) })
    expect(summary).toMatchObject({ threads: { new: 0, rejected: 2 }, posts: { new: 0, rejected: 1 } })
    expect(rejections.map(({ code, place }) => [code, place.line])).toEqual([
      ['RECORD_IN_FUTURE', 1],
      ['RECORD_IN_FUTURE', 2],
      ['RECORD_IN_FUTURE', 6],
    ])
  })

  it.each([
    ['quotes', 'markdown', '> '.repeat(DEEP)],
    ['lists', 'markdown', '- '.repeat(DEEP)],
    ['emphasis', 'markdown', '*_'.repeat(DEEP)],
    ['brackets', 'markdown', '['.repeat(DEEP)],
    ['tags', 'html', '<div>'.repeat(DEEP)],
    ['quotes of tags', 'html', `${'<blockquote>'.repeat(DEEP)}so${'</blockquote>'.repeat(DEEP)}`],
  ])('takes a body of deeply nested %s', async (_, format, body) => {
    const summary = await importRecords(deps, [
      thread('t'),
      question('q', 't', { format, body }),
      answer('a', 't'),
    ])
    expect(summary.posts.new).toBe(2)
  })

  it('ends when messages of a Khoros export hang on themselves', async () => {
    const message = (id: string, parent: string) => ({
      type: 'message',
      id,
      depth: 2,
      body: 'x',
      post_time: '2023-01-01T00:00:00Z',
      topic: { id: '1' },
      parent: { id: parent },
    })
    const path = fileOf(JSON.stringify([message('2', '3'), message('3', '2'), message('4', '4')]), 'json')
    const run = () =>
      importThreads(deps, { format: 'khoros', paths: [path], source: 'forum', actor: commandLine })
    expect((await run()).posts).toMatchObject({ new: 3, rejected: 0 })
    expect((await run()).posts).toMatchObject({ new: 0, unchanged: 3 })
  })
})
