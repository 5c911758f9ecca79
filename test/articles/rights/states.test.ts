import { expect, it } from 'vitest'
import { CONFIDENCES } from '../../../src/articles/article.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, trained } from '../world.ts'

describeEachDatabase.always('the state of an article', (database) => {
  async function promoted() {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: { question: 'Where is the lantern?', answers: [{ body: 'It is here.', accepted: true }] },
      open: { question: 'Where is the moon?' },
    })
    const call = await world.app([
      manager,
      actor('agent', 'internal', 'agent'),
      actor('supervisor', 'internal', 'supervisor'),
      trained('contributor', 'contributor'),
    ])
    const promote = async (name: string, who = 'manager') =>
      (await call(who, 'POST', `/threads/${thread(name)}/promote`)).body.id as string
    const move = (id: string, state: object, who = 'manager') =>
      call(who, 'PUT', `/articles/${id}/state`, state)
    const findings = async () => (await call(undefined, 'GET', '/search?q=lantern&kind=article')).body.total
    return { world, call, promote, move, found: findings, thread }
  }

  it('goes from any to any: each move is a revision with its author, in the audit log and an event', async () => {
    const { world, call, promote, move, found } = await promoted()
    const id = await promote('t')
    await move(id, { confidence: 'validated', audience: 'public' })
    let { revision, confidence } = (await call('manager', 'GET', `/articles/${id}`)).body
    for (const from of CONFIDENCES)
      for (const to of CONFIDENCES) {
        for (const next of [from, to]) {
          const answer = await move(id, { confidence: next })
          if (next !== confidence) revision += 1
          confidence = next
          expect(answer).toMatchObject({
            status: 200,
            body: { confidence: next, audience: 'public', revision },
          })
        }
        expect(await found()).toBe(to === 'validated' ? 1 : 0)
        expect((await call(undefined, 'GET', `/articles/${id}`)).status).toBe(to === 'validated' ? 200 : 404)
      }
    const [entry] = (await world.audit.list({ target: id, limit: 1 })).items
    expect(entry).toMatchObject({ actor: { name: 'manager' }, after: { confidence, revision } })
    const revisions = await call('manager', 'GET', `/articles/${id}/revisions?limit=1`)
    expect(revisions.body.items).toMatchObject([{ number: revision, actor: { name: 'manager' } }])
    const events: string[] = await world.db.sql('events').where({ type: 'article.changed' }).pluck('payload')
    expect(events.filter((payload) => payload.includes(id)).length).toBeGreaterThanOrEqual(revision - 1)
  })

  it('is not validated while something is missing, but may be anything else', async () => {
    const { promote, move } = await promoted()
    const id = await promote('open')
    expect((await move(id, { confidence: 'validated' })).body.code).toBe('ARTICLE_INCOMPLETE')
    for (const confidence of ['not_validated', 'archived', 'wip'])
      expect((await move(id, { confidence })).status).toBe(200)
    expect((await move(id, { confidence: 'wip', audience: 'partner' })).status).toBe(200)
  })

  it('is narrowed without a question, and widened again with all of them', async () => {
    const { call, world, promote, move } = await promoted()
    const id = await promote('t')
    await move(id, { confidence: 'validated', audience: 'public' })
    await world.db.sql('articles').where({ id }).update({ cause: 'Ask sam@example.com' })
    expect((await move(id, { confidence: 'validated', audience: 'internal' })).status).toBe(200)
    expect((await move(id, { confidence: 'validated', audience: 'public' })).body.code).toBe(
      'ARTICLE_PERSONAL_DATA',
    )
    expect((await call(undefined, 'GET', `/articles/${id}`)).status).toBe(404)
  })

  it('is changed on what was read alone', async () => {
    const { call, promote } = await promoted()
    const id = await promote('t')
    const stale = await call(
      'manager',
      'PUT',
      `/articles/${id}/state`,
      { confidence: 'wip' },
      { 'if-match': '"7"' },
    )
    expect(stale).toMatchObject({ status: 412, body: { code: 'ARTICLE_CONFLICT' } })
  })

  it('lets agents write drafts of their own, which others validate and show', async () => {
    const { call, promote, move } = await promoted()
    const id = await promote('t', 'agent')
    const path = `/articles/${id}`
    expect((await call('agent', 'GET', path)).body.may).toEqual({
      edit: true,
      validate: false,
      widen: false,
      archive: false,
      approve: false,
    })
    expect((await call('agent', 'PATCH', path, { cause: 'Night.' }, { 'if-match': '"1"' })).status).toBe(200)
    const refused = await call(
      'agent',
      'PUT',
      `${path}/state`,
      { confidence: 'validated' },
      { 'accept-language': 'fr' },
    )
    expect(refused).toMatchObject({
      status: 403,
      body: {
        code: 'ARTICLE_NEEDS_CONTRIBUTOR',
        detail: expect.stringMatching(
          /^Un candidat en gestion des connaissances écrit ses propres brouillons/,
        ),
      },
    })
    expect((await move(id, { confidence: 'validated' }, 'contributor')).status).toBe(200)
    expect((await move(id, { confidence: 'validated', audience: 'public' }, 'contributor')).body.code).toBe(
      'ARTICLE_NEEDS_PUBLISHER',
    )
    expect((await move(id, { confidence: 'validated', audience: 'public' })).status).toBe(200)
    expect((await call('contributor', 'GET', `${path}/draft`)).body.code).toBe('ARTICLE_NEEDS_PUBLISHER')
    expect((await call(undefined, 'GET', path)).body).not.toHaveProperty('may')
  })

  it('does not let supervisors write who were never said to be trained', async () => {
    const { call, thread } = await promoted()
    const refused = await call('supervisor', 'POST', `/threads/${thread('t')}/promote`)
    expect(refused).toMatchObject({ status: 403, body: { code: 'ARTICLE_NEEDS_CANDIDATE' } })
  })
})
