import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, trained } from '../world.ts'

describeEachDatabase.always('a category that demands approvals', (database) => {
  async function governed() {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: {
        question: 'Where is the lantern?',
        answers: [{ body: 'It is here.', accepted: true }],
        labels: { category: 'billing' },
      },
      other: { question: 'Where is the moon?', answers: [{ body: 'Up.', accepted: true }] },
    })
    const owner = await world.accounts.insert({ name: 'Olga', roles: ['agent'], audience: 'internal' })
    const call = await world.app([
      manager,
      actor('second', 'internal', 'knowledge-manager'),
      actor('agent', 'internal', 'agent'),
      trained('contributor', 'contributor'),
      { id: owner!.id, name: 'Olga', roles: ['agent'], audience: 'internal' },
    ])
    const govern = (label: string, body: object, who = 'manager') =>
      call(who, 'PUT', `/articles/categories/${label}`, body)
    const promote = async (name: string) =>
      (await call('manager', 'POST', `/threads/${thread(name)}/promote`)).body.id as string
    const approve = async (id: string, who: string, etag?: string) => {
      const read = await call('manager', 'GET', `/articles/${id}`)
      return call(who, 'POST', `/articles/${id}/approval`, undefined, { 'if-match': etag ?? read.etag! })
    }
    const publish = (id: string, audience = 'public') =>
      call('manager', 'POST', `/articles/${id}/publish`, { audience })
    return { world, call, owner: owner!, govern, promote, approve, publish }
  }
  const compliance = { governance: 'compliance' }

  it('is governed and owned as managers say, which the audit log keeps', async () => {
    const { world, call, owner, govern } = await governed()
    expect((await call('agent', 'GET', '/articles/categories')).body.items).toEqual([
      { label: 'billing', governance: 'experience' },
    ])
    const body = { ...compliance, ownerId: owner.id }
    const expected = { label: 'billing', governance: 'compliance', owner: { id: owner.id, name: 'Olga' } }
    expect((await govern('billing', body, 'agent')).status).toBe(403)
    expect((await govern('billing', body)).body).toEqual(expected)
    expect((await call('agent', 'GET', '/articles/categories/billing')).body).toEqual(expected)
    expect((await world.audit.list({ target: 'billing', limit: 1 })).items).toMatchObject([
      { action: 'article.category-changed', after: { governance: 'compliance', owner: owner.id } },
    ])
    expect((await govern('lanterns', body)).status).toBe(404)
    expect((await govern('billing', { ...compliance, ownerId: 'usr_nobody' })).body.code).toBe(
      'ARTICLE_OWNER_UNKNOWN',
    )
    const owners = await call('manager', 'GET', '/articles/owners?search=olg')
    expect(owners.body.items).toEqual([{ id: owner.id, name: 'Olga' }])
  })

  it('lets nothing be validated or shown to more people before somebody else approved it', async () => {
    const { world, call, owner, govern, promote, approve, publish } = await governed()
    await govern('billing', { ...compliance, ownerId: owner.id })
    const id = await promote('t')
    for (const audience of ['internal', 'public']) {
      const refused = await publish(id, audience)
      expect(refused).toMatchObject({ status: 409, body: { code: 'ARTICLE_APPROVAL_NEEDED' } })
      const { reasons } = (await call('manager', 'GET', `/articles/${id}/publication?audience=${audience}`))
        .body
      expect(reasons).toMatchObject([
        { code: 'ARTICLE_APPROVAL_NEEDED', blocks: true, sentence: expect.stringContaining('Ask Olga to') },
      ])
    }
    expect((await approve(id, 'manager')).body.code).toBe('ARTICLE_APPROVAL_OWN')
    for (const who of ['agent', 'contributor'])
      expect((await approve(id, who)).body.code).toBe('ARTICLE_APPROVAL_FORBIDDEN')
    expect((await approve(id, 'Olga', '"4"')).body.code).toBe('ARTICLE_CONFLICT')
    expect((await approve(id, 'Olga')).body).toMatchObject({
      governance: {
        kind: 'compliance',
        category: 'billing',
        owner: { name: 'Olga' },
        approval: { by: { name: 'Olga' } },
      },
      may: { approve: true },
    })
    expect((await approve(id, 'second')).body.governance.approval.by.name).toBe('Olga')
    expect((await world.audit.list({ target: id, limit: 1 })).items).toMatchObject([
      { action: 'article.approved', actor: { name: 'Olga' }, after: { revision: 1 } },
    ])
    expect((await publish(id, 'internal')).status).toBe(200)
    // Approved for the company: its next revision is for everyone.
    expect((await publish(id, 'public')).body.code).toBe('ARTICLE_APPROVAL_NEEDED')
    await approve(id, 'second')
    expect((await publish(id, 'public')).status).toBe(200)
  })

  it('takes an article from its readers once its text changes, until that is approved', async () => {
    const { call, govern, promote, approve, publish } = await governed()
    await govern('billing', compliance)
    const id = await promote('t')
    await approve(id, 'second')
    await publish(id)
    const { etag } = await call('manager', 'GET', `/articles/${id}`)
    const edited = await call(
      'second',
      'PATCH',
      `/articles/${id}`,
      { cause: 'Night.' },
      { 'if-match': etag! },
    )
    expect(edited.body).toMatchObject({ confidence: 'not_validated', audience: 'public' })
    expect(edited.body.governance).not.toHaveProperty('approval')
    expect((await call(undefined, 'GET', `/articles/${id}`)).status).toBe(404)
    expect((await call(undefined, 'GET', '/search?q=lantern&kind=article')).body.total).toBe(0)
    expect((await publish(id)).body.code).toBe('ARTICLE_APPROVAL_NEEDED')
    // A move of the state does not make its author the writer of the text.
    await call('manager', 'PUT', `/articles/${id}/state`, { confidence: 'wip' })
    expect((await approve(id, 'second')).body.code).toBe('ARTICLE_APPROVAL_OWN')
    expect((await approve(id, 'manager')).status).toBe(200)
    expect((await publish(id)).status).toBe(200)
  })

  it('leaves articles of other categories, or of none, alone', async () => {
    const { govern, promote, approve, publish } = await governed()
    await govern('billing', compliance)
    const id = await promote('other')
    expect((await approve(id, 'second')).body.code).toBe('ARTICLE_APPROVAL_NOT_NEEDED')
    expect((await publish(id)).status).toBe(200)
  })
})

describeEachDatabase.always('the names of members in credits', (database) => {
  it('are shown to readers unless the company hides them, and always to those who work on articles', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: { question: 'Where is the lantern?', answers: [{ body: 'It is here.', accepted: true }] },
    })
    const call = await world.app([
      manager,
      actor('agent', 'internal', 'agent'),
      actor('customer', 'customer'),
    ])
    const { id } = (await call('manager', 'POST', `/threads/${thread('t')}/promote`)).body
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'public' })
    const names = async (who: string | undefined) => {
      const { authors, citations } = (await call(who, 'GET', `/articles/${id}`)).body
      return [
        authors.length,
        citations.filter(({ author }: { author?: string }) => author !== undefined).length,
      ]
    }
    expect((await call('agent', 'GET', '/articles/settings')).body).toEqual({ credits: 'shown' })
    for (const who of [undefined, 'customer', 'agent']) expect(await names(who)).toEqual([2, 2])
    const hidden = { credits: 'hidden' }
    expect((await call('agent', 'PUT', '/articles/settings', hidden)).status).toBe(403)
    expect((await call('manager', 'PUT', '/articles/settings', hidden)).body).toEqual(hidden)
    for (const who of [undefined, 'customer']) expect(await names(who)).toEqual([0, 0])
    expect(await names('agent')).toEqual([2, 2])
    expect((await world.audit.list({ target: 'article-settings', limit: 1 })).items).toMatchObject([
      { action: 'article.credits-changed', before: { credits: 'shown' }, after: hidden },
    ])
  })
})
