import { expect, it } from 'vitest'
import { articleThreads } from '../../../src/articles/promotion/schema.ts'
import { migrations } from '../../../src/migrations.ts'
import { migrateBack, migrateForward } from '../../../src/platform/database/migrate.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { openArticle } from './setting.ts'

describeEachDatabase('citations of sections', (database) => {
  it('become those of the passages that say the same, and none is lost', async () => {
    const address = await database()
    const { passages, article, world, id, post, thread } = await openArticle(address)
    const before = (await passages()).map(({ section, text, citations }) => ({
      section,
      text,
      posts: citations.map(({ postId }) => postId),
    }))
    const excerpts = await world.db.sql('passage_citations').orderBy(['excerpt']).pluck('excerpt')
    const steps = migrations.length - migrations.indexOf(articleThreads)
    await migrateBack(world.db, migrations, steps)
    const rows = await world.db.sql('article_citations').orderBy(['section', 'post_id'])
    expect(rows.map(({ section, post_id }) => [section, post_id])).toEqual([
      ['issue', post('t-q')],
      ['resolution', post('t-a0')],
    ])
    await migrateForward(world.db, migrations)
    expect(await article()).toMatchObject({ id, threadIds: [thread('t')] })
    expect(
      (await passages()).map(({ section, text, citations }) => ({
        section,
        text,
        posts: citations.map(({ postId }) => postId),
      })),
    ).toEqual(before)
    expect(await world.db.sql('passage_citations').orderBy(['excerpt']).pluck('excerpt')).toEqual(excerpts)
  })
})
