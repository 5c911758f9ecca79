import { expect, it } from 'vitest'
import { applyRecords } from '../../../src/ingest/rows/apply-records.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { answer, clearThreads, comment, importDeps, importRecords, question, thread } from '../support.ts'

const numbered = [thread('640'), question('641', '640'), answer('802', '640'), answer('99000', '640')]

describeEachDatabase.always('ids of a source that counts its posts', (database) => {
  const ids = (db: Database): Promise<string[]> => db.sql('posts').orderBy('id').pluck('external_id')

  it('follow its numbers, in imports and in deliveries', async () => {
    const { db } = await database()
    const deps = importDeps(db)
    await importRecords(deps, numbered)
    expect(await ids(db)).toEqual(['641', '802', '99000'])
    const records = [...numbered, answer('810', '640')].map((record, line) => ({
      outcome: 'record' as const,
      record,
      place: { file: 'delivery', line },
    }))
    const { posts } = await applyRecords(deps, { source: 'forum', records })
    expect(posts).toMatchObject({ new: 1, changed: 0, unchanged: 3 })
  })

  it('follow the numbers of comments behind their prefix', async () => {
    const { db } = await database()
    await clearThreads(db)
    const deps = importDeps(db)
    const comments = [comment('comment-70', '641'), comment('comment-7000', '641')]
    await importRecords(deps, [...numbered, ...comments])
    expect(await ids(db)).toEqual(['comment-70', '641', '802', 'comment-7000', '99000'])
  })
})
