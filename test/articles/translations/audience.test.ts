import { beforeAll, expect, it } from 'vitest'
import { AUDIENCES, type Audience } from '../../../src/access/audience.ts'
import { editPassages } from '../../../src/articles/passages/edit-passages.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, trained, type World } from '../world.ts'
import { ORIGINAL } from './setting.ts'

const STAFF = ['agent', 'knowledge-manager', 'supervisor'] as const
const sees = (reader: Audience, audience: Audience) =>
  AUDIENCES.indexOf(audience) >= AUDIENCES.indexOf(reader)

/** A public original with a translation an audience, and one whose original is internal; each published or not. */
describeEachDatabase.always('who learns of which translation', (database) => {
  let world: World
  let call: Awaited<ReturnType<World['app']>>
  let original: string
  let secret: string
  const translations = new Map<
    string,
    { audience: Audience; isPublished: boolean; id: string; language: string }
  >()
  let ofSecret: string

  const people = AUDIENCES.flatMap((audience) => [
    actor(`${audience}-reader`, audience),
    actor(`${audience}-router`, audience, 'router'),
    ...STAFF.map((role) => ({
      ...actor(`${audience}-${role}`, audience, role),
      proficiency: 'publisher' as const,
    })),
  ])

  const add = (language: string, title: string, audience: Audience, isPublished: boolean) =>
    world.db.transaction(async () => {
      const article = await world.articles.add(
        {
          ...ORIGINAL,
          language,
          title,
          threadIds: [],
          confidence: isPublished ? 'validated' : 'not_validated',
          audience,
        },
        manager,
      )
      await editPassages(world, { article: article!, passages: [], actor: manager })
      return article!.id
    })

  beforeAll(async () => {
    world = await openWorld(await database())
    call = await world.app([manager, trained('ana', 'publisher'), ...people])
    original = await add('fr', 'Original', 'public', true)
    const languages = ['en', 'de', 'it', 'es', 'pt', 'nl', 'pl', 'cs']
    for (const audience of AUDIENCES)
      for (const isPublished of [true, false]) {
        const language = languages.shift()!
        const id = await add(language, `Hidden ${audience} ${isPublished}`, audience, isPublished)
        await call('ana', 'PUT', `/articles/${id}/translation`, { originalId: original })
        translations.set(language, { audience, isPublished, id, language })
      }
    secret = await add('fr', 'Secret original', 'internal', true)
    ofSecret = await add('en', 'Of a secret', 'public', true)
    await call('ana', 'PUT', `/articles/${ofSecret}/translation`, { originalId: secret })
    for (const id of [original, secret]) {
      const { etag } = await call('manager', 'GET', `/articles/${id}`)
      const change = { cause: 'Another cause.', title: 'Another title', significant: true }
      expect((await call('manager', 'PATCH', `/articles/${id}`, change, { 'if-match': etag! })).status).toBe(
        200,
      )
    }
  })

  const visible = (audience: Audience, isStaff: boolean) =>
    [...translations.values()].filter(
      (each) => sees(audience, each.audience) && (isStaff || each.isPublished),
    )

  it.each(
    [...people, { name: undefined, audience: 'public' as const, roles: [] }].map(
      (person) => [person.name, person] as const,
    ),
  )('shows %s those for their audience, and no other, in every answer', async (name, { audience, roles }) => {
    const isStaff = roles.some((role) => (STAFF as readonly string[]).includes(role))
    const seen = visible(audience, isStaff)
    const ids = seen.map(({ id }) => id).sort()

    const article = (await call(name, 'GET', `/articles/${original}`)).body
    expect(article.translations.map(({ id }: { id: string }) => id).sort()).toEqual(ids)
    if (!isStaff) expect(JSON.stringify(article)).not.toMatch(/staleSince|originalId/)

    const translated = (await call(name, 'GET', `/articles/${ofSecret}`)).body
    expect(translated.translations).toHaveLength(audience === 'internal' ? 1 : 0)
    expect('translation' in translated).toBe(audience === 'internal' && isStaff)
    expect(JSON.stringify(translated).includes(secret)).toBe(audience === 'internal')

    const stale = await call(name, 'GET', '/translations?state=stale&limit=100')
    if (!isStaff) {
      expect([401, 403]).toContain(stale.status)
      for (const { id } of translations.values())
        expect([401, 403]).toContain((await call(name, 'GET', `/articles/${id}/translation`)).status)
      return
    }
    const listed = stale.body.items.map((item: { translation: { id: string } }) => item.translation.id)
    expect(listed.sort()).toEqual([...ids, ...(audience === 'internal' ? [ofSecret] : [])].sort())

    for (const { id, language, ...hidden } of translations.values()) {
      const isSeen = ids.includes(id)
      const missing = (await call(name, 'GET', `/translations?state=missing&language=${language}`)).body.items
      expect([
        language,
        missing.some((item: { original: { id: string } }) => item.original.id === original),
      ]).toEqual([language, !isSeen])
      const page = await call(name, 'GET', `/articles/${id}/translation`)
      expect([language, page.status, page.body.code]).toEqual(
        isSeen ? [language, 200, undefined] : [language, 404, 'ARTICLE_NOT_FOUND'],
      )
      if (isSeen) continue
      const lock = await call(name, 'PUT', `/articles/${id}/translation/passages/x/lock`)
      expect(lock.body.code).toBe('ARTICLE_NOT_FOUND')
      expect(hidden.audience).not.toBe('public')
    }

    const page = await call(name, 'GET', `/articles/${ofSecret}/translation`)
    expect([page.status, page.body.code]).toEqual(
      audience === 'internal' ? [200, undefined] : [404, 'TRANSLATION_NOT_FOUND'],
    )
  })

  it('tells nobody by an error that there is a translation which they may not see', async () => {
    const internal = [...translations.values()].find(
      ({ audience, isPublished }) => audience === 'internal' && isPublished,
    )!
    const begun = await call('partner-agent', 'POST', `/articles/${original}/translations`, {
      language: internal.language,
    })
    expect(begun.status).toBe(201)
    expect(JSON.stringify(begun.body)).not.toContain(internal.id)
    const again = await call('partner-agent', 'POST', `/articles/${original}/translations`, {
      language: internal.language,
    })
    expect(again.body).toMatchObject({ code: 'TRANSLATION_EXISTS' })
    expect(again.body.detail).toContain(begun.body.id)
    expect((await call('partner-agent', 'DELETE', `/articles/${begun.body.id}/translation`)).status).toBe(204)
    const closed = await call('partner-agent', 'POST', `/articles/${ofSecret}/translations`, {
      language: 'de',
    })
    expect(closed.body.code).toBe('TRANSLATION_CLOSED')
    expect(JSON.stringify(closed.body)).not.toContain(secret)
    const unlinked = await call('partner-agent', 'DELETE', `/articles/${ofSecret}/translation`)
    expect(unlinked.body.code).toBe('TRANSLATION_NOT_FOUND')
  })

  it('closes an unpublished translation with its original', async () => {
    const draft = await add('en', 'Of a closed draft', 'partner', false)
    const closed = await add('fr', 'Closed draft', 'internal', false)
    expect((await call('partner-agent', 'GET', `/articles/${draft}`)).status).toBe(200)
    await call('ana', 'PUT', `/articles/${draft}/translation`, { originalId: closed })
    for (const path of ['', '/draft', '/translation', '/revisions'])
      expect((await call('partner-agent', 'GET', `/articles/${draft}${path}`)).status).toBe(404)
    const { body } = await call('ana', 'GET', `/articles/${draft}/publication?audience=public`)
    expect(body.reasons).toMatchObject([{ code: 'ARTICLE_AUDIENCE_WIDER', permitted: 'internal' }])
  })

  it('hides a published translation outside while a thread of its original is locked', async () => {
    const thread = await world.importThreads('forum', 'public', {
      loss: {
        question: 'Where is the lantern?',
        answers: [{ body: 'The lantern is here.', accepted: true }],
      },
    })
    const { body } = await call('ana', 'POST', `/threads/${thread('loss')}/promote`)
    await call('ana', 'POST', `/articles/${body.id}/publish`, { audience: 'public' })
    const french = await add('fr', 'La lanterne perdue', 'public', true)
    expect(
      (await call('ana', 'PUT', `/articles/${french}/translation`, { originalId: body.id })).status,
    ).toBe(200)
    const found = async () =>
      (await call(undefined, 'GET', '/search?q=lanterne&language=fr')).body.items.map(
        ({ id }: { id: string }) => id,
      )
    expect((await call('customer-reader', 'GET', `/articles/${french}`)).status).toBe(200)
    expect(await found()).toContain(french)
    await world.protections.inherit(thread('loss'), {
      facet: 'sensitivity',
      label: 'sensitive',
      basis: 'split',
    })
    for (const who of ['customer-reader', 'partner-agent', undefined])
      expect((await call(who, 'GET', `/articles/${french}`)).status).toBe(404)
    expect(await found()).not.toContain(french)
    expect((await call('ana', 'GET', `/articles/${french}`)).status).toBe(200)
  })
})
