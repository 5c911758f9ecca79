import { beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { AUDIENCES, type Audience } from '../../src/access/audience.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { actor, manager, openWorld, type World } from './world.ts'

/** Readers without any role; whoever has no key is public. */
const readers: readonly Actor[] = AUDIENCES.map((audience) => actor(`${audience}-reader`, audience))
const staff = [
  actor('agent', 'internal', 'agent'),
  actor('router', 'internal', 'router'),
  actor('partner-manager', 'partner', 'knowledge-manager'),
]

const sees = (reader: Audience, audience: Audience) =>
  AUDIENCES.indexOf(audience) >= AUDIENCES.indexOf(reader)

describeEachDatabase.always('who sees which article', (database) => {
  let world: World
  let call: Awaited<ReturnType<World['app']>>
  /** A published article an audience, each from a thread of a source of that audience. */
  const articleFor = new Map<Audience, string>()
  let draft: string
  let widened: string
  let secret: (name: string) => string

  beforeAll(async () => {
    world = await openWorld(await database())
    call = await world.app([manager, ...readers, ...staff])
    const fixture = (word: string) => ({
      question: `Where is the ${word}?`,
      answers: [{ body: `The ${word} is here.`, accepted: true }],
    })
    const promote = async (threadId: string) =>
      (await call('manager', 'POST', `/threads/${threadId}/promote`)).body.id as string
    for (const audience of AUDIENCES) {
      const thread = await world.importThreads(`${audience}-forum`, audience, { t: fixture('lantern') })
      articleFor.set(audience, await promote(thread('t')))
      await call('manager', 'POST', `/articles/${articleFor.get(audience)}/publish`, { audience })
    }
    const open = await world.importThreads('open', 'public', { t: fixture('draftword') })
    draft = await promote(open('t'))
    secret = await world.importThreads('closed', 'internal', { t: fixture('widened') })
    widened = await promote(secret('t'))
  })

  const callers: readonly [string, string | undefined, Audience][] = [
    ['somebody without a key', undefined, 'public'],
    ...readers.map(({ name, audience }): [string, string, Audience] => [
      `a reader of the ${audience} circle`,
      name,
      audience,
    ]),
  ]
  for (const [who, key, reader] of callers) {
    const visible = AUDIENCES.filter((audience) => sees(reader, audience))
    it(`shows ${who} the published articles for ${visible.join(', ')} and no other`, async () => {
      for (const [audience, id] of articleFor) {
        const { status } = await call(key, 'GET', `/articles/${id}`)
        expect([audience, status]).toEqual([audience, sees(reader, audience) ? 200 : 404])
      }
      const { body: list } = await call(key, 'GET', '/articles')
      const allowed = visible.map((audience) => articleFor.get(audience)).sort()
      expect(list.items.map(({ id }: { id: string }) => id).sort()).toEqual(allowed)
      const { body: found } = await call(key, 'GET', '/search?q=lantern&limit=50')
      expect(found.total).toBe(2 * visible.length)
      for (const item of found.items) {
        const audience = item.kind === 'article' ? undefined : item.source.replace('-forum', '')
        if (audience !== undefined) expect(visible).toContain(audience)
        else expect(allowed).toContain(item.id)
      }
    })
  }

  it('hides drafts from readers of every circle, in lists, by id and in search', async () => {
    for (const key of [undefined, 'router', ...readers.map(({ name }) => name)]) {
      expect((await call(key, 'GET', `/articles/${draft}`)).status).toBe(404)
      const { body } = await call(key, 'GET', '/articles?confidence=not_validated')
      expect(body.items).toEqual([])
      expect((await call(key, 'GET', '/search?q=draftword&kind=article')).body.total).toBe(0)
    }
    expect((await call('agent', 'GET', `/articles/${draft}`)).status).toBe(200)
  })

  it('lets nobody promote, edit, publish and archive who is not trained for it', async () => {
    const attempts: Parameters<typeof call>[] = ['agent', 'router', undefined].flatMap((key) => [
      [key, 'PATCH', `/articles/${draft}`, { title: 'Mine' }, { 'if-match': '"1"' }],
      [key, 'POST', `/articles/${draft}/publish`, { audience: 'public' }],
      [key, 'POST', `/articles/${draft}/archive`],
    ])
    attempts.push(['router', 'POST', `/threads/${secret('t')}/promote`])
    attempts.push([undefined, 'POST', `/threads/${secret('t')}/promote`])
    for (const attempt of attempts)
      expect((await call(...attempt)).status).toBe(attempt[0] === undefined ? 401 : 403)
  })

  it('shows revisions and flagged articles to colleagues only', async () => {
    const id = articleFor.get('public')
    expect((await call(undefined, 'GET', `/articles/${id}/revisions`)).status).toBe(401)
    expect((await call('public-reader', 'GET', `/articles/${id}/revisions`)).status).toBe(403)
    expect((await call('agent', 'GET', `/articles/${id}/revisions`)).status).toBe(200)
    const flagged = await call('customer-reader', 'GET', '/articles?flagged=true')
    expect(flagged).toMatchObject({ status: 403, body: { code: 'ARTICLE_FLAGS_FORBIDDEN' } })
  })

  it('does not know, for a manager of an outer circle, what belongs to an inner one', async () => {
    for (const [method, path, body, headers] of [
      ['GET', ''],
      ['PATCH', '', { title: 'Mine' }, { 'if-match': '"1"' }],
      ['POST', '/publish', { audience: 'public' }],
      ['POST', '/archive'],
      ['GET', '/revisions'],
    ] as const) {
      const answer = await call('partner-manager', method, `/articles/${draft}${path}`, body, headers)
      expect(answer).toMatchObject({ status: 404, body: { code: 'ARTICLE_NOT_FOUND' } })
    }
  })

  it('asks before an article goes to more people than its thread, and notes that it was confirmed', async () => {
    for (const audience of ['partner', 'customer', 'public']) {
      const refused = await call('manager', 'POST', `/articles/${widened}/publish`, { audience })
      expect(refused).toMatchObject({ status: 409, body: { code: 'ARTICLE_AUDIENCE_WIDER' } })
    }
    const wish = { audience: 'public', confirmWiderAudience: true }
    expect((await call('manager', 'POST', `/articles/${widened}/publish`, wish)).status).toBe(200)
    const [entry] = (await world.audit.list({ target: widened, limit: 1 })).items
    expect(entry).toMatchObject({ action: 'article.published', after: { widerThan: 'internal' } })
  })

  it('shows a widened article without its thread, its citations, its authors or its earlier life', async () => {
    await call('manager', 'POST', `/articles/${widened}/publish`, {
      audience: 'public',
      confirmWiderAudience: true,
    })
    for (const key of [undefined, 'customer-reader', 'partner-reader']) {
      const { status, body } = await call(key, 'GET', `/articles/${widened}`)
      expect(status).toBe(200)
      expect(body).toMatchObject({ citations: [], authors: [] })
      expect(body.threadId).toBeUndefined()
      expect((await call(key, 'GET', '/search?q=widened')).body.total).toBe(1)
    }
    const inside = (await call('manager', 'GET', `/articles/${widened}`)).body
    expect(inside).toMatchObject({ threadId: secret('t'), citations: [{}, {}], authors: [{}, {}] })
    const revisions = (await call('partner-manager', 'GET', `/articles/${widened}/revisions`)).body.items
    expect(revisions.map(({ audience }: { audience: Audience }) => audience)).toEqual(['public'])
  })

  it('takes an article from those it is narrowed away from, at once and everywhere', async () => {
    const id = articleFor.get('public') as string
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'partner' })
    expect((await call(undefined, 'GET', `/articles/${id}`)).status).toBe(404)
    const { body } = await call(undefined, 'GET', '/search?q=lantern&kind=article')
    expect(body).toMatchObject({ total: 0, items: [] })
    expect((await call('partner-reader', 'GET', `/articles/${id}`)).status).toBe(200)
  })

  it('closes a draft, its revisions and its publication with the source of its thread', async () => {
    const open = await world.importThreads('closing', 'public', {
      t: { question: 'Where is the key?', answers: [{ body: 'Under the mat.', accepted: true }] },
      u: { question: 'Where is the lock?', answers: [{ body: 'In the door.', accepted: true }] },
    })
    const { id } = (await call('partner-manager', 'POST', `/threads/${open('t')}/promote`)).body
    const published = (await call('partner-manager', 'POST', `/threads/${open('u')}/promote`)).body.id
    await call('partner-manager', 'POST', `/articles/${published}/publish`, { audience: 'public' })
    expect((await call('partner-manager', 'GET', `/articles/${id}`)).status).toBe(200)
    const revisions = async () =>
      (await call('partner-manager', 'GET', `/articles/${published}/revisions`)).body.items.length
    expect(await revisions()).toBe(2)

    await world.db.sql('sources').where({ name: 'closing' }).update({ audience: 'internal' })
    const confirmed = { audience: 'public', confirmWiderAudience: true }
    const attempts: Parameters<typeof call>[] = [
      ['partner-manager', 'GET', `/articles/${id}`],
      ['partner-manager', 'GET', `/articles/${id}/revisions`],
      ['partner-manager', 'PATCH', `/articles/${id}`, { title: 'Mine' }, { 'if-match': '"1"' }],
      ['partner-manager', 'POST', `/articles/${id}/publish`, confirmed],
      ['partner-manager', 'POST', `/articles/${id}/archive`],
    ]
    for (const attempt of attempts)
      expect([attempt, await call(...attempt)]).toMatchObject([
        attempt,
        { body: { code: 'ARTICLE_NOT_FOUND' } },
      ])
    const { body } = await call('partner-manager', 'GET', '/articles?confidence=not_validated&limit=100')
    expect(body.items.map((item: { id: string }) => item.id)).not.toContain(id)
    expect((await call('manager', 'GET', `/articles/${id}`)).status).toBe(200)
    // What is published was meant for its readers; the draft that it was is not.
    expect((await call(undefined, 'GET', `/articles/${published}`)).status).toBe(200)
    expect(await revisions()).toBe(1)
  })
})
