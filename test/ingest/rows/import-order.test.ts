import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../src/platform/database/database.ts'
import type { SourceRecord } from '../../../src/sources/record.ts'
import { describeEachDatabase } from '../../support/databases.ts'
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

const records: readonly SourceRecord[] = [
  thread('t1', { title: 'Ma ligne est coupée depuis hier', tags: ['ligne'] }),
  question('q1', 't1', {
    body: 'Bonjour, ma ligne est coupée depuis hier matin, que puis-je faire ?',
    authorId: 'm1',
  }),
  answer('a1', 't1', { createdAt: '2024-02-01T00:00:00.000Z', authorId: 'm2' }),
  answer('a2', 't1', { createdAt: '2024-01-03T00:00:00.000Z', editedAt: '2025-01-01T00:00:00.000Z' }),
  acceptance('t1', 'a2'),
  thread('t2', { language: 'fr', labels: { category: 'billing' }, facts: { segment: 'pro' } }),
  question('q2', 't2', { authorId: 'm2', format: 'html', body: '<p>Two <b>charges</b> in one month</p>' }),
  comment('c1', 'q2'),
  comment('c2', 'c1'),
  comment('c3', 'c2', { authorId: 'm1' }),
  comment('c4', 'gone'),
  answer('orphan', 't9'),
  acceptance('t9', 'orphan'),
  { type: 'link', fromThreadId: 't1', toThreadId: 't2', kind: 'duplicate' },
  { type: 'member', id: 'm1', name: 'Ada', role: 'expert', reputation: 3 },
  { type: 'member', id: 'm2', name: 'Blaise' },
  { type: 'votes', postId: 'a2', up: 3, down: 1 },
]

const before: readonly SourceRecord[] = [
  thread('t1', { title: 'An old title of it' }),
  question('q1', 't2', { body: 'It was asked elsewhere before it was moved.' }),
  answer('a1', 't2'),
  acceptance('t1', 'a1'),
  acceptance('t2', 'a1'),
  comment('c2', 'a1'),
  comment('c3', 'c2'),
]

describeEachDatabase('an import in any order', (database) => {
  let db: Database
  beforeAll(async () => {
    db = (await database()).db
  })

  async function clear(): Promise<void> {
    for (const table of ['thread_links', 'votes', 'acceptances', 'posts', 'threads', 'members'])
      await db.sql(table).delete()
  }

  const shuffled = fc.shuffledSubarray([...records], { minLength: records.length })
  const cut = fc.integer({ min: 1, max: records.length })

  it('ends in the same database, however its records are ordered and cut into batches', async () => {
    const deps = importDeps(db)
    await importRecords(deps, records)
    const expected = await contentOf(db)
    expect(expected.posts).toHaveLength(9)
    await fc.assert(
      fc.asyncProperty(shuffled, cut, async (order, items) => {
        await clear()
        const summary = await importRecords(deps, order, { batch: { items, characters: 1e6 } })
        expect(await contentOf(db)).toEqual(expected)
        expect(summary).toEqual({
          threads: { new: 2, changed: 0, unchanged: 0, rejected: 0, resolved: 1 },
          posts: { new: 9, changed: 0, unchanged: 0, rejected: 0 },
          answers: 3,
          ignored: 0,
          orphans: 1,
          incomplete: 0,
        })
      }),
      { numRuns: 40 },
    )
  })

  it('ends in the same database over an earlier state of the same threads', async () => {
    const deps = importDeps(db)
    await clear()
    await importRecords(deps, before)
    await importRecords(deps, [...records, acceptance('t2')])
    const expected = await contentOf(db)
    await fc.assert(
      fc.asyncProperty(
        shuffled,
        fc.shuffledSubarray([...before], { minLength: before.length }),
        cut,
        async (order, old, items) => {
          await clear()
          await importRecords(deps, old, { batch: { items, characters: 1e6 } })
          await importRecords(deps, [acceptance('t2'), ...order], { batch: { items, characters: 1e6 } })
          expect(await contentOf(db)).toEqual(expected)
        },
      ),
      { numRuns: 30 },
    )
  })
})
