import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { manager } from '../world.ts'
import { agent, other, setUp, solved } from './setting.ts'

describeEachDatabase('decisions on candidates', (database) => {
  async function withThree() {
    const world = await setUp(await database())
    const id = await world.importThreads('forum', 'public', {
      one: solved('Router blinks orange', { views: 900 }),
      two: solved('Printer refuses envelopes', { views: 600 }),
      three: solved('Garden camera freezes', { views: 300 }),
    })
    const [one, two, three] = await world.list()
    return { world, id, one: one!.id, two: two!.id, three: three!.id }
  }

  it('decline many at once, with a reason, each on its own', async () => {
    const { world, one, two, three } = await withThree()
    const decline = { decision: 'decline', reason: 'too-rare', note: 'Twice in ten years' }
    const items = await world.decide({ ...decline, candidateIds: [one, 'cnd_none', two] })
    expect(items).toEqual([
      { candidateId: one, decisionId: expect.stringMatching(/^dec_/), decided: true },
      { candidateId: 'cnd_none', code: 'CANDIDATE_NOT_FOUND' },
      { candidateId: two, decisionId: expect.stringMatching(/^dec_/), decided: true },
    ])
    expect((await world.list()).map(({ id }) => id)).toEqual([three])
    const declined = await world.list('state=declined')
    expect(declined).toHaveLength(2)
    expect(declined[0]).toMatchObject({
      state: 'declined',
      decision: { reason: 'too-rare', note: 'Twice in ten years', actor: { name: 'manager' } },
    })
    const audit = await world.audit.list({ target: one, limit: 5 })
    expect(audit.items).toMatchObject([
      { action: 'candidate.declined', after: { reason: 'too-rare', note: 'Twice in ten years' } },
    ])
    const refused = await world.call(agent, 'POST', '/candidates/decisions', {
      ...decline,
      candidateIds: [three],
    })
    expect(refused.body.code).toBe('ROLE_FORBIDDEN')
    const unreasoned = { decision: 'decline', candidateIds: [three] }
    expect((await world.call(manager, 'POST', '/candidates/decisions', unreasoned)).status).toBe(400)
  })

  it('are undone, once and by whoever may decide', async () => {
    const { world, one } = await withThree()
    const decline = { decision: 'decline', reason: 'wrong', candidateIds: [one] }
    const [{ decisionId }] = await world.decide(decline)
    expect(await world.undo([decisionId, 'dec_none'], other)).toEqual([
      { decisionId, candidateId: one },
      { decisionId: 'dec_none', code: 'CANDIDATE_DECISION_NOT_FOUND' },
    ])
    expect(await world.list()).toHaveLength(3)
    expect(await world.undo([decisionId])).toEqual([{ decisionId, candidateId: one }])
    const [{ decisionId: again }] = await world.decide(decline)
    expect(again).not.toBe(decisionId)
    await world.undo([again])
    const [{ decisionId: third }] = await world.decide({ ...decline, reason: 'outdated' })
    expect(await world.undo([again])).toEqual([{ decisionId: again, candidateId: one }])
    expect((await world.list('state=declined'))[0]?.decision?.id).toBe(third)
  })

  it('stay when their threads change', async () => {
    const { world, one } = await withThree()
    await world.decide({ decision: 'decline', reason: 'outdated', candidateIds: [one] })
    await world.importThreads('forum', 'public', {
      four: solved('Router blinks orange', { views: 1_800 }),
    })
    expect(await world.titles()).not.toContain('Router blinks orange')
    expect(await world.list('state=declined')).toMatchObject([{ id: one, demand: { askings: 2 } }])
  })

  it('promote to a draft, which two managers do once', async () => {
    const { world, id, one, two } = await withThree()
    const promote = { decision: 'promote', candidateIds: [one, two] }
    const both = await Promise.all([world.decide(promote), world.decide(promote, other)])
    const [first, second] = both
    expect(first.map(({ articleId }: { articleId: string }) => articleId)).toEqual(
      second.map(({ articleId }: { articleId: string }) => articleId),
    )
    expect(both.flat().filter(({ decided }: { decided: boolean }) => decided)).toHaveLength(2)
    expect(await world.db.sql('articles').orderBy('thread_id').pluck('thread_id')).toEqual(
      [id('one'), id('two')].sort(),
    )
    expect((await world.find('Router blinks orange', 'state=promoted')).outcome?.id).toBe(first[0].articleId)
    expect(await world.decide({ decision: 'decline', reason: 'wrong', candidateIds: [one] }, other)).toEqual([
      { candidateId: one, code: 'CANDIDATE_DECIDED' },
    ])
    await world.runJobs()
    expect(await world.titles()).toEqual(['Garden camera freezes'])
  })

  it('take a draft back as long as nobody worked on it', async () => {
    const { world, one, two } = await withThree()
    const [first, second] = await world.decide({ decision: 'promote', candidateIds: [one, two] })
    const articleOf = async (id: string) => (await world.call(manager, 'GET', `/articles/${id}`)).body
    expect(await world.undo([first.decisionId])).toEqual([{ decisionId: first.decisionId, candidateId: one }])
    expect((await articleOf(first.articleId)).confidence).toBe('archived')
    await world.runJobs()
    expect((await world.titles()).sort()).toEqual(['Garden camera freezes', 'Router blinks orange'])
    const [again] = await world.decide({ decision: 'promote', candidateIds: [one] })
    expect(again.articleId).toBe(first.articleId)
    expect((await articleOf(first.articleId)).confidence).toBe('not_validated')
    const published = await world.call(manager, 'POST', `/articles/${second.articleId}/publish`, {
      audience: 'internal',
    })
    expect(published.status).toBe(200)
    expect(await world.undo([second.decisionId])).toEqual([
      { decisionId: second.decisionId, code: 'CANDIDATE_ARTICLE_USED' },
    ])
  })

  it('link to an article that the reader may see', async () => {
    const { world, one, two } = await withThree()
    const [{ articleId }] = await world.decide({ decision: 'promote', candidateIds: [one] })
    expect(await world.decide({ decision: 'link', articleId: 'art_none', candidateIds: [two] })).toEqual([
      { candidateId: two, code: 'ARTICLE_NOT_FOUND' },
    ])
    const [linked] = await world.decide({ decision: 'link', articleId, candidateIds: [two] })
    expect(await world.list('state=linked')).toMatchObject([{ id: two, outcome: { id: articleId } }])
    await world.undo([linked.decisionId])
    expect((await world.list()).map(({ id }) => id)).toContain(two)
  })

  it('merge candidates, whose threads are one from then on, and part them again', async () => {
    const { world, one, two, three } = await withThree()
    const merge = { decision: 'merge', into: one, candidateIds: [one, two] }
    const [itself, { decisionId: first }] = await world.decide(merge)
    expect(itself.code).toBe('CANDIDATE_MERGED_INTO_ITSELF')
    await world.runJobs()
    expect(await world.list()).toMatchObject([{ id: one, demand: { askings: 2 } }, { id: three }])
    await world.importThreads('forum', 'public', {
      two: solved('Printer refuses envelopes', { views: 6_000 }),
    })
    expect(await world.list()).toMatchObject([{ id: one, demand: { askings: 2 } }, { id: three }])
    const [{ decisionId: second }] = await world.decide({
      decision: 'merge',
      into: three,
      candidateIds: [one],
    })
    await world.runJobs()
    expect(await world.list()).toMatchObject([{ id: three, demand: { askings: 3 } }])
    expect(await world.undo([first])).toEqual([{ decisionId: first, candidateId: two }])
    await world.runJobs()
    expect((await world.list()).map(({ id, demand }) => [id, demand.askings]).sort()).toEqual(
      [
        [two, 1],
        [three, 2],
      ].sort(),
    )
    await world.undo([second])
    await world.runJobs()
    expect((await world.list()).map(({ demand }) => demand.askings)).toEqual([1, 1, 1])
  })

  it('refuse a thread that is locked meanwhile', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      one: solved('Widowed and locked out', { labels: { sensitivity: 'sensitive' } }),
    })
    await world.runJobs()
    await world.db.sql('labels').where({ name: 'sensitive' }).update({ protect_from: 0.5 })
    const { id: one } = await world.find('Widowed and locked out')
    expect(await world.decide({ decision: 'promote', candidateIds: [one] })).toEqual([
      { candidateId: one, code: 'THREAD_PROTECTED' },
    ])
    expect(await world.list()).toMatchObject([{ state: 'open' }])
  })
})
