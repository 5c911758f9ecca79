import { beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { openTranslations, type Setting } from './setting.ts'

describeEachDatabase.always('lists of translations', (database) => {
  let setting: Setting
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    setting = await openTranslations(await database())
    const { world, call, add, begin, edit } = setting
    const threads = await world.importThreads('forum', 'public', {
      viewed: {
        question: 'Pourquoi la box chauffe-t-elle ?',
        answers: [{ body: 'Elle travaille beaucoup.', accepted: true }],
        views: 900,
      },
    })
    ids.viewed = (await call('manager', 'POST', `/threads/${threads('viewed')}/promote`)).body.id
    await edit(ids.viewed!, { language: 'fr', title: 'Vu' })
    await call('manager', 'POST', `/articles/${ids.viewed}/publish`, { audience: 'public' })
    ids.unused = await add({ title: 'Inutilisé' }, 'public')
    ids.used = await add({ title: 'Utilisé' }, 'public')
    ids.draft = await add({ title: 'Brouillon' })
    ids.english = await add({ title: 'English', language: 'en' }, 'public')
    ids.translated = await add({ title: 'Traduit' }, 'public')
    ids.stale = await begin(ids.translated)
    for (const reference of ['CAS-1', 'CAS-2'])
      await call('ana', 'POST', `/articles/${ids.used}/uses`, { kind: 'case', reference })
    ids.other = await add({ title: 'Autre' }, 'public')
    ids.staleToo = await begin(ids.other)
    await call('ana', 'POST', `/articles/${ids.other}/uses`, { kind: 'case', reference: 'CAS-3' })
    ids.staleGerman = await begin(ids.other, 'de')
    for (const id of [ids.translated, ids.other])
      await edit(id!, { cause: 'Une autre cause.', significant: true })
  })

  const list = async (query: string) => (await setting.call('ana', 'GET', `/translations?${query}`)).body
  type Item = { original: { id: string }; translation?: { id: string } }

  it('name published articles without a translation, the most wanted first', async () => {
    const { items } = await list('state=missing&language=en')
    expect(items.map(({ original }: Item) => original.id)).toEqual([ids.used, ids.viewed, ids.unused])
    expect(items).toMatchObject([
      { state: 'missing', language: 'en', uses: 2, views: 0, original: { title: 'Utilisé', language: 'fr' } },
      { uses: 0, views: 900 },
      { uses: 0, views: 0 },
    ])
    expect((await list('state=missing&language=fr')).items.map(({ original }: Item) => original.id)).toEqual([
      ids.english,
    ])
    expect(await setting.call('ana', 'GET', '/translations?state=missing')).toMatchObject({
      status: 400,
      body: { code: 'TRANSLATION_LANGUAGE_NEEDED' },
    })
  })

  it('name stale translations with since when and how much is to do', async () => {
    const { items } = await list('state=stale&language=en')
    expect(items.map(({ translation }: Item) => translation!.id)).toEqual([ids.staleToo, ids.stale])
    expect(items[0]).toMatchObject({
      language: 'en',
      uses: 1,
      passages: 8,
      staleSince: expect.stringMatching(/^2026-01-10T/),
      original: { id: ids.other },
    })
    expect((await list('state=stale')).items).toHaveLength(3)
  })

  it('go on where a page ended', async () => {
    for (const query of ['state=missing&language=en', 'state=stale']) {
      const { items: all } = await list(query)
      const one = await list(`${query}&limit=1`)
      const rest = await list(`${query}&cursor=${one.next}`)
      expect([...one.items, ...rest.items]).toEqual(all)
      expect(rest).not.toHaveProperty('next')
    }
    const { next } = await list('state=stale&limit=1')
    expect(
      await setting.call('ana', 'GET', `/translations?state=missing&language=en&cursor=${next}`),
    ).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    })
  })
})
