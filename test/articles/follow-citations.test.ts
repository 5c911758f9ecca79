import { expect, it } from 'vitest'
import type { CitationView } from '../../src/articles/citation.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { actor, manager, openWorld, type ThreadFixture } from './world.ts'

const threads = (
  change: Partial<{ question: string; answer: string; accepted: boolean; score: number }> = {},
) => {
  const { question = 'Why?', answer = 'Because.', accepted = true, score = 1 } = change
  return { t: { question, answers: [{ body: answer, accepted, score }] } satisfies ThreadFixture }
}

describeEachDatabase('a citation of an article', (database) => {
  async function withArticle() {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', threads())
    const call = await world.app([manager, actor('agent', 'internal', 'agent')])
    const { id } = (await call('manager', 'POST', `/threads/${thread('t')}/promote`)).body
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'public' })
    await world.runJobs()
    const article = async () => (await call('manager', 'GET', `/articles/${id}`)).body
    return {
      world,
      call,
      id,
      article,
      async flags() {
        const { citations } = await article()
        return Object.fromEntries(citations.map((one: CitationView) => [one.section, one.flag ?? 'sound']))
      },
      async keep(reason: string, section: string) {
        const { citations, revision } = await article()
        const { passageId } = citations.find((one: CitationView) => one.section === section)
        const path = `/articles/${id}/passages/${passageId}/keep`
        return call('manager', 'POST', path, { reason }, { 'if-match': `"${revision}"` })
      },
      async flaggedArticles() {
        const { body } = await call('agent', 'GET', '/articles?flagged=true')
        return body.items.map((item: { id: string }) => item.id)
      },
      reimport: (change: Parameters<typeof threads>[0]) =>
        world.importThreads('forum', 'public', threads(change)),
    }
  }

  it('is flagged when a cited post is edited, and sound again when the edit is taken back', async () => {
    const { flags, reimport, flaggedArticles, article, id } = await withArticle()
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'sound' })
    expect(await flaggedArticles()).toEqual([])
    await reimport({ answer: 'Because of the moon.' })
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'edited' })
    expect(await flaggedArticles()).toEqual([id])
    const { citations } = await article()
    expect(citations[1].flaggedAt).toMatch(/^2026-01-10T/)
    await reimport({ question: 'Why me?' })
    expect(await flags()).toEqual({ issue: 'edited', resolution: 'sound' })
    await reimport({})
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'sound' })
    expect(await flaggedArticles()).toEqual([])
  })

  it('is flagged when an answer is no longer accepted, and not for votes', async () => {
    const { flags, reimport } = await withArticle()
    await reimport({ score: 40 })
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'sound' })
    await reimport({ accepted: false })
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'unaccepted' })
    await reimport({ accepted: false, answer: 'Well.' })
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'unaccepted' })
  })

  it('is flagged when a post is removed, and deleted once its passage is kept', async () => {
    const { flags, world, call, id, keep } = await withArticle()
    const row = await world.db.sql('posts').where({ kind: 'answer' }).first('id')
    await world.db.sql('acceptances').delete()
    await world.db.sql('posts').where({ id: row.id }).delete()
    await world.db.transaction(() =>
      world.outbox.append({ type: 'posts.changed', postIds: [row.id] } as never),
    )
    await world.runJobs()
    expect(await flags()).toEqual({ issue: 'sound', resolution: 'deleted' })
    const seen = (await call(undefined, 'GET', `/articles/${id}`)).body
    expect(seen.citations.map(({ section }: CitationView) => section)).toEqual(['issue'])
    await keep('Known.', 'resolution')
    expect(await flags()).toEqual({ issue: 'sound' })
  })

  it('is flagged for what happened to a post while the thread was being promoted', async () => {
    const { world, call } = await withArticle()
    const thread = await world.importThreads('news', 'public', threads())
    const { body } = await call('manager', 'POST', `/threads/${thread('t')}/promote`)
    // The edit is committed and its event sent before the article is: its job runs too early.
    await world.db.sql('posts').where({ kind: 'answer' }).update({ body: 'Edited meanwhile.' })
    await world.runJobs()
    const { citations } = (await call('manager', 'GET', `/articles/${body.id}`)).body
    expect(citations.map(({ flag }: CitationView) => flag)).toEqual([undefined, 'edited'])
  })
})
