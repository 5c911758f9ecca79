import { expect, it } from 'vitest'
import { recomputeCandidates } from '../../../src/articles/candidates/recompute-candidates.ts'
import { SWEEP_JOB } from '../../../src/articles/candidates/sweep-candidates.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { manager } from '../world.ts'
import { setUp, solved } from './setting.ts'

describeEachDatabase('candidates as threads change', (database) => {
  it('follow views, without another candidate being touched', async () => {
    const world = await setUp(await database())
    const threads = {
      one: solved('Router blinks orange', { views: 900 }),
      two: solved('Printer refuses envelopes', { views: 90 }),
    }
    await world.importThreads('forum', 'public', threads)
    expect((await world.titles())[0]).toBe('Router blinks orange')
    const touched = () => world.db.sql('article_candidates').orderBy('lead_id').pluck('updated_at')
    const before = await touched()
    world.clock.advance(4 * 86_400_000)
    await world.importThreads('forum', 'public', {
      ...threads,
      two: solved('Printer refuses envelopes', { views: 5_000 }),
    })
    expect((await world.titles())[0]).toBe('Printer refuses envelopes')
    expect((await touched()).filter((at) => before.includes(at))).toHaveLength(1)
  })

  it('join when a thread asks the same, and part when it does no longer', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', { one: solved('Garden camera freezes') })
    const first = await world.find('Garden camera freezes')
    const two = { two: solved('Garden camera freezes') }
    await world.importThreads('forum', 'public', two)
    const joined = await world.find('Garden camera freezes')
    expect(joined).toMatchObject({ id: first.id, demand: { askings: 2 } })
    await world.importThreads('forum', 'public', { two: solved('Invoice shows last year') })
    expect(await world.find('Garden camera freezes')).toMatchObject({ id: first.id, demand: { askings: 1 } })
    expect(await world.find('Invoice shows last year')).toMatchObject({ demand: { askings: 1 } })
  })

  it('come when an answer is accepted, and go when it no longer is', async () => {
    const world = await setUp(await database())
    const thread = solved('Router blinks orange')
    const answers = thread.answers!.map((answer) => ({ ...answer, accepted: false }))
    await world.importThreads('forum', 'public', { one: { ...thread, answers } })
    expect(await world.titles()).toEqual([])
    await world.importThreads('forum', 'public', { one: thread })
    expect(await world.titles()).toEqual(['Router blinks orange'])
    await world.importThreads('forum', 'public', { one: { ...thread, answers } })
    expect(await world.titles()).toEqual([])
  })

  it('leave when their thread is locked, and come back when it is released', async () => {
    const world = await setUp(await database())
    const id = await world.importThreads('forum', 'public', { one: solved('Widowed and locked out') })
    const locked = (released_at: string | null) =>
      world.db
        .sql('thread_protections')
        .insert({
          thread_id: id('one'),
          facet: 'sensitivity',
          label: 'sensitive',
          basis: 'label',
          protected_at: world.clock.now().toISOString(),
          released_at,
        })
        .onConflict('thread_id')
        .merge()
    const announce = async () => {
      await world.outbox.append({ type: 'threads.protected', threadIds: [id('one')] })
      await drainJobs(world, world.handlers)
    }
    await locked(null)
    await announce()
    expect(await world.titles()).toEqual([])
    await locked(world.clock.now().toISOString())
    await announce()
    expect(await world.titles()).toEqual(['Widowed and locked out'])
  })

  it('are promoted when their thread is, from wherever', async () => {
    const world = await setUp(await database())
    const id = await world.importThreads('forum', 'public', { one: solved('Router blinks orange') })
    const { body: article } = await world.call(manager, 'POST', `/threads/${id('one')}/promote`)
    await world.runJobs()
    expect(await world.titles()).toEqual([])
    expect(await world.find('Router blinks orange', 'state=promoted')).toMatchObject({
      outcome: { id: article.id },
    })
  })

  it('are found among all threads of an earlier release', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      one: solved('Router blinks orange'),
      two: solved('Printer refuses envelopes'),
    })
    await world.db.sql('article_candidate_threads').delete()
    await world.db.sql('article_candidates').delete()
    expect(await world.titles()).toEqual([])
    await world.jobs.enqueue({ type: SWEEP_JOB })
    await drainJobs(world, world.handlers)
    expect(await world.titles()).toHaveLength(2)
  })

  it('are the same however often they are computed, and by how many at once', async () => {
    const world = await setUp(await database())
    const id = await world.importThreads('forum', 'public', {
      one: solved('Garden camera freezes'),
      two: solved('Garden camera freezes'),
      three: solved('Router blinks orange'),
    })
    const before = await world.list()
    const ids = [id('one'), id('two'), id('three')]
    const elsewhere = { ...world.deps, inOrder: <T>(work: () => Promise<T>) => work() }
    await Promise.all([
      recomputeCandidates(world.deps, ids),
      recomputeCandidates(elsewhere, ids.toReversed()),
      recomputeCandidates(elsewhere, ids),
    ])
    expect((await world.list()).map(({ id, demand }) => ({ id, demand }))).toEqual(
      before.map(({ id, demand }) => ({ id, demand })),
    )
  })

  it('count what their source says is the same question', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      one: solved('Garden camera freezes', { views: 10 }),
      two: { title: 'Help needed', question: 'My outdoor lens shows a still picture all the time.' },
    })
    const id = (name: string) => world.db.sql('threads').where({ external_id: name }).first('id')
    await world.db
      .sql('thread_links')
      .insert({ from_id: (await id('two')).id, to_id: (await id('one')).id, kind: 'duplicate' })
    await recomputeCandidates(world.deps, [(await id('two')).id])
    expect(await world.find('Garden camera freezes')).toMatchObject({ demand: { askings: 2 } })
  })
})
