import { expect, it } from 'vitest'
import { type Database, stableId } from '../../src/platform/index.ts'
import { applyRecords, createSourceStore } from '../../src/threads/index.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { answer, clearThreads, comment, importDeps, importRecords, question, thread } from './support.ts'

const numbered = [thread('640'), question('641', '640'), answer('802', '640'), answer('99000', '640')]

describeEachDatabase.always('ids of a source that counts its posts', (database) => {
  const ids = (db: Database): Promise<string[]> => db.sql('posts').orderBy('id').pluck('external_id')

  it('follow its numbers, whether an import or a delivery brings them', async () => {
    const { db } = await database()
    const deps = importDeps(db)
    await importRecords(deps, numbered)
    expect(await ids(db)).toEqual(['641', '802', '99000'])
    const records = [...numbered, answer('810', '640')].map((record, line) => ({
      ...{ outcome: 'record' as const, record },
      place: { file: 'delivery', line },
    }))
    const { posts } = await applyRecords(deps, { source: 'forum', records })
    expect(posts).toMatchObject({ new: 1, changed: 0, unchanged: 3 })
  })

  it('follow the numbers of comments behind their prefix, in sources made since they do', async () => {
    const { db } = await database()
    await clearThreads(db)
    const deps = importDeps(db)
    const comments = [comment('comment-70', '641'), comment('comment-7000', '641')]
    await importRecords(deps, [...numbered, ...comments])
    expect(await ids(db)).toEqual(['comment-70', '641', '802', 'comment-7000', '99000'])
    const { id } = await createSourceStore(db, deps.clock).ensure({
      ...{ name: 'older', format: 'ndjson', audience: 'internal' },
    })
    await db.sql('sources').where({ id }).update({ ordered_prefixed: false })
    await importRecords(deps, [...numbered, ...comments], { source: 'older' })
    const stored = await db.sql('posts').where({ source_id: id, external_id: 'comment-70' }).first()
    expect(stored.id).toBe(stableId('pst', 'older', 'comment-70'))
  })

  it('stay what they are where they were given before they did', async () => {
    const { db } = await database()
    await clearThreads(db)
    const deps = importDeps(db)
    const { id } = await createSourceStore(db, deps.clock).ensure({
      ...{ name: 'older', format: 'ndjson', audience: 'internal' },
    })
    await db.sql('sources').where({ id }).update({ ordered_ids: false })
    await importRecords(deps, numbered, { source: 'older' })
    const stored = await db.sql('posts').where({ external_id: '802' }).first()
    expect(stored.id).toBe(stableId('pst', 'older', '802'))
    const again = await importRecords(deps, numbered, { source: 'older' })
    expect(again.posts).toMatchObject({ new: 0, changed: 0, unchanged: 3 })
  })
})
