import { expect, it } from 'vitest'
import { inBulk } from '../../src/platform/jobs/bulk.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { all, setUp } from './protection-setting.ts'

describeEachDatabase('a sensitive thread', (database) => {
  it('is shown to nobody outside the company, in lists, by its id, in search, whether labelled or predicted so', async () => {
    const { protect, titlesSeenBy, found, call, id } = await setUp(await database())
    expect(await titlesSeenBy('rita')).toEqual(all)
    expect(await found(undefined, 'widowed')).toEqual([id('widow')])
    await protect()
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    expect(await titlesSeenBy('ada')).toEqual(all)
    for (const name of ['widow', 'funeral']) {
      expect(await call('rita', 'GET', `/threads/${id(name)}`)).toMatchObject({
        status: 404,
        body: { code: 'THREAD_NOT_FOUND' },
      })
      expect(await found(undefined, name === 'widow' ? 'widowed' : 'funeral')).toEqual([])
      expect(await found('ada', name === 'widow' ? 'widowed' : 'funeral')).toEqual([id(name)])
    }
    expect((await call('ada', 'GET', `/threads/${id('widow')}`)).body).toMatchObject({
      audience: 'internal',
      protection: { facet: 'sensitivity', label: 'sensitive', basis: 'label', state: 'locked' },
    })
    expect((await call('ada', 'GET', `/threads/${id('funeral')}`)).body.protection).toMatchObject({
      basis: 'prediction',
      probability: 0.9,
    })
    const { body } = await call('ada', 'GET', '/protections?state=locked')
    expect(body.items.map(({ title }: { title: string }) => title).sort()).toEqual([all[0], all[2]])
    expect(await call('rita', 'GET', '/protections')).toMatchObject({
      body: { code: 'PROTECTIONS_FORBIDDEN' },
    })
  })

  it('is protected by a prediction only from the stated probability on', async () => {
    const { protect, titlesSeenBy, call } = await setUp(await database(), { mourning: 0.55 })
    await protect(0.6)
    expect(await titlesSeenBy('rita')).toEqual(all.slice(0, 2))
    await protect(0.5)
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    await call('sol', 'PATCH', '/facets/sensitivity/labels/sensitive', { protectFrom: 0.1 }).then((answer) =>
      expect(answer.status).toBe(400),
    )
  })

  it('becomes no article until a second person confirms; who asked cannot, and each step is audited', async () => {
    const { world, protect, promote, publish, ask, confirm, titlesSeenBy, drain, id, found } = await setUp(
      await database(),
    )
    await protect()
    expect(await promote('widow')).toMatchObject({
      status: 409,
      body: { code: 'THREAD_PROTECTED', detail: expect.stringContaining('sensitivity: sensitive') },
    })
    expect(await confirm('widow', 'sol')).toMatchObject({
      status: 409,
      body: { code: 'RELEASE_NOT_REQUESTED' },
    })
    expect((await ask('widow')).body).toMatchObject({
      state: 'requested',
      requested: { by: { name: 'maya' } },
    })
    expect((await promote('widow')).body.code).toBe('THREAD_PROTECTED')
    expect(await confirm('widow', 'maya')).toMatchObject({
      status: 403,
      body: { code: 'RELEASE_SAME_PERSON' },
    })
    expect((await confirm('widow', 'ada')).status).toBe(403)
    expect((await confirm('widow', 'sol')).body).toMatchObject({
      state: 'released',
      requested: { by: { name: 'maya' }, reason: 'She agreed' },
      released: { by: { name: 'sol' } },
    })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(all.slice(1))
    const promoted = await promote('widow')
    expect(promoted.status).toBe(201)
    expect((await publish(promoted.body.id)).status).toBe(200)
    expect(await found(undefined, 'widowed')).toContain(promoted.body.id)
    expect((await ask('router')).body).toMatchObject({ code: 'THREAD_NOT_PROTECTED' })
    const log = await world.audit.list({ target: id('widow'), limit: 10 })
    expect(log.items.map(({ action, actor: { name } }) => `${action} by ${name}`)).toEqual([
      'release.confirmed by sol',
      'release.requested by maya',
    ])
  })

  it('takes its article back from readers outside when it turns out sensitive later, and gives it back when released', async () => {
    const { protect, promote, publish, call, ask, confirm, drain, found, id } = await setUp(await database())
    const { body: article } = await promote('router')
    await publish(article.id)
    const { body: draft } = await promote('widow')
    await protect()
    expect((await publish(draft.id)).body.code).toBe('THREAD_PROTECTED')
    expect((await call(undefined, 'GET', `/articles/${article.id}`)).status).toBe(200)
    await call('ada', 'POST', `/threads/${id('router')}/annotations`, {
      facet: 'sensitivity',
      label: 'sensitive',
    })
    await drain()
    expect((await call(undefined, 'GET', `/articles/${article.id}`)).status).toBe(404)
    expect(await found(undefined, 'orange')).toEqual([])
    expect(await found('ada', 'orange')).toContain(article.id)
    await ask('router')
    await confirm('router', 'sol')
    await drain()
    expect((await call(undefined, 'GET', `/articles/${article.id}`)).status).toBe(200)
    expect(await found(undefined, 'orange')).toContain(article.id)
  })

  it('is not unlocked by one person who labels it otherwise: that asks for its release', async () => {
    const { protect, call, drain, titlesSeenBy, confirm, id } = await setUp(await database())
    await protect()
    for (const name of ['widow', 'funeral'])
      await call('ada', 'POST', `/threads/${id(name)}/annotations`, {
        facet: 'sensitivity',
        label: 'ordinary',
      })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    const { body } = await call('sol', 'GET', '/protections?state=requested')
    expect(body.items).toHaveLength(2)
    expect(body.items[0].requested).toMatchObject({
      by: { name: 'ada' },
      reason: 'Labelled sensitivity: ordinary',
    })
    await confirm('widow', 'sol')
    await confirm('funeral', 'maya')
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(all)
  })

  it('is locked again by one person, and by a label where only a prediction had been released', async () => {
    const { protect, call, drain, titlesSeenBy, ask, confirm, withdraw, id } = await setUp(await database())
    await protect()
    await ask('funeral')
    await confirm('funeral', 'sol')
    await drain()
    expect(await titlesSeenBy('rita')).toContain(all[0])
    await withdraw('funeral', 'ada')
    await drain()
    expect(await titlesSeenBy('rita')).not.toContain(all[0])
    await ask('funeral')
    await confirm('funeral', 'sol')
    await call('ada', 'POST', `/threads/${id('funeral')}/annotations`, {
      facet: 'sensitivity',
      label: 'sensitive',
    })
    await drain()
    expect(await titlesSeenBy('rita')).not.toContain(all[0])
  })

  it('stays locked in the thread that it is merged into', async () => {
    const { protect, call, drain, titlesSeenBy, promote, id } = await setUp(await database())
    await protect()
    await call('sol', 'POST', `/threads/${id('widow')}/merge`, { into: id('router') })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual([])
    expect((await promote('router')).body.code).toBe('THREAD_PROTECTED')
  })

  it('stays locked at the end of a chain of merges, where no article that shows it is published', async () => {
    const { protect, call, drain, titlesSeenBy, promote, publish, found, id } = await setUp(await database())
    const { body: draft } = await promote('router')
    await protect(1)
    await call('sol', 'POST', `/threads/${id('widow')}/merge`, { into: id('funeral') })
    await call('sol', 'POST', `/threads/${id('funeral')}/merge`, { into: id('router') })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual([])
    expect((await call('rita', 'GET', `/threads/${id('router')}`)).status).toBe(404)
    expect((await call('ada', 'GET', `/threads/${id('router')}`)).body.audience).toBe('internal')
    expect(await found(undefined, 'orange')).toEqual([])
    expect((await publish(draft.id)).body.code).toBe('THREAD_PROTECTED')
  })

  it('is found no more as soon as it is locked or merged, nor its article, before any job has run', async () => {
    const { world, protect, promote, publish, call, found, id } = await setUp(await database())
    const { body: article } = await promote('router')
    await publish(article.id)
    await protect(1)
    const total = async () => (await call(undefined, 'GET', '/search?q=orange')).body.total
    expect(await found(undefined, 'orange')).toEqual([article.id, id('router')])
    expect(await found(undefined, 'funeral')).toEqual([id('funeral')])
    await call('ada', 'POST', `/threads/${id('router')}/annotations`, {
      facet: 'sensitivity',
      label: 'sensitive',
    })
    await inBulk(() => world.protectThreads([id('router')]))
    expect(await found(undefined, 'orange')).toEqual([])
    expect(await total()).toBe(0)
    expect(await found('ada', 'orange')).toEqual([article.id, id('router')])
    expect(await found(undefined, 'funeral')).toEqual([id('funeral')])
    await call('sol', 'POST', `/threads/${id('widow')}/merge`, { into: id('funeral') })
    expect(await found(undefined, 'funeral')).toEqual([])
    const events = await world.db.sql('events').where({ type: 'threads.protected' }).pluck('bulk')
    expect(events.map(Boolean)).toEqual([false, false])
  })

  it('hides the article of the thread that it is merged into, until it is released or no longer merged', async () => {
    const { protect, call, drain, promote, publish, ask, confirm, withdraw, found, id } = await setUp(
      await database(),
    )
    const { body: article } = await promote('router')
    await publish(article.id)
    await protect(1)
    const isFound = async () => {
      await drain()
      return (await found(undefined, 'orange')).includes(article.id)
    }
    expect(await isFound()).toBe(true)
    await call('sol', 'POST', `/threads/${id('widow')}/merge`, { into: id('funeral') })
    await call('sol', 'POST', `/threads/${id('funeral')}/merge`, { into: id('router') })
    expect(await isFound()).toBe(false)
    await ask('widow')
    await confirm('widow', 'sol')
    expect(await isFound()).toBe(true)
    await withdraw('widow', 'ada')
    expect(await isFound()).toBe(false)
    await call('sol', 'DELETE', `/threads/${id('funeral')}/merge`)
    expect(await isFound()).toBe(true)
  })

  it('keeps the posts locked that are split off it, until two people decide otherwise', async () => {
    const { world, protect, call, drain, titlesSeenBy, confirm, id } = await setUp(await database())
    await protect()
    const [, post] = await world.threads.postsOf(id('widow'), 'internal')
    const { body: made } = await call('sol', 'POST', `/threads/${id('widow')}/split`, {
      postIds: [post!.id],
      title: 'Call the desk',
    })
    await drain()
    expect((await call('ada', 'GET', `/threads/${made.id}`)).body).toMatchObject({
      protection: { facet: 'sensitivity', label: 'sensitive', basis: 'split', state: 'locked' },
    })
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    const ordinary = { facet: 'sensitivity', label: 'ordinary' }
    await call('ada', 'POST', `/threads/${made.id}/annotations`, ordinary)
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    await call('sol', 'POST', `/threads/${made.id}/release/confirm`)
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(['Call the desk', 'Router blinks orange'])
    expect((await confirm('widow', 'sol')).body.code).toBe('RELEASE_NOT_REQUESTED')
  })

  it('leaves the posts split off it locked when a label given to them is revoked', async () => {
    const { world, protect, call, drain, titlesSeenBy, id } = await setUp(await database())
    await protect()
    const [, post] = await world.threads.postsOf(id('widow'), 'internal')
    const { body: made } = await call('sol', 'POST', `/threads/${id('widow')}/split`, { postIds: [post!.id] })
    await drain()
    const sensitive = { facet: 'sensitivity', label: 'sensitive' }
    const { body: given } = await call('ada', 'POST', `/threads/${made.id}/annotations`, sensitive)
    await drain()
    const { status } = await call('ada', 'DELETE', `/annotations/${given.id}`)
    expect(status).toBeLessThan(300)
    await drain()
    expect((await call('ada', 'GET', `/threads/${made.id}`)).body).toMatchObject({
      protection: { basis: 'split', state: 'locked' },
    })
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
  })

  it('is released or locked as the last of two people at once decided, and announced as often as that changed', async () => {
    const { world, protect, ask, confirm, withdraw, call, id } = await setUp(await database())
    await protect()
    for (let round = 0; round < 5; round++) {
      await ask('widow')
      await world.db.sql('events').delete()
      const [confirmed] = await Promise.all([confirm('widow', 'sol'), withdraw('widow', 'ada')])
      const { body } = await call('ada', 'GET', `/threads/${id('widow')}`)
      expect(body.protection.state).toBe('locked')
      const events = await world.db.sql('events').where({ type: 'threads.protected' })
      expect(events).toHaveLength(confirmed.status === 200 ? 2 : 0)
    }
  })

  it('is told by webhooks to endpoints of the company alone', async () => {
    const { world, protect, receivers, drain, id } = await setUp(await database())
    await protect()
    await receivers.received()
    await world.db.sql('routing_decisions').delete()
    const threadIds = ['widow', 'router'].map(id)
    await world.outbox.append({ type: 'threads.changed', sourceId: 'src', importId: 'imp', threadIds })
    await drain()
    const told = (await receivers.received()).map(({ to, data }) => [
      to,
      (data as { thread?: { id: string } }).thread?.id,
    ])
    expect(told).toContainEqual(['staff', id('widow')])
    expect(told).toContainEqual(['world', id('router')])
    expect(told).not.toContainEqual(['world', id('widow')])
  })

  it('is protected no more when the label no longer protects', async () => {
    const { protect, call, drain, titlesSeenBy } = await setUp(await database())
    await protect()
    await call('sol', 'PATCH', '/facets/sensitivity/labels/sensitive', { protectFrom: null })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(all)
  })
})
