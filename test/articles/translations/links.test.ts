import { beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { ORIGINAL, openTranslations, type Setting } from './setting.ts'

describeEachDatabase.always('translations of articles', (database) => {
  let setting: Setting
  beforeAll(async () => {
    setting = await openTranslations(await database())
  })

  const link = (id: string, originalId: string, who = 'ana') =>
    setting.call(who, 'PUT', `/articles/${id}/translation`, { originalId })

  it('begin as drafts with the passages of their original, all open', async () => {
    const { call, add, show } = setting
    const original = await add()
    const begun = await call('ana', 'POST', `/articles/${original}/translations`, { language: 'en' })
    expect(begun).toMatchObject({
      status: 201,
      etag: '"1"',
      body: {
        language: 'en',
        title: '',
        confidence: 'wip',
        audience: 'internal',
        translation: { originalId: original },
        translations: [{ id: original, title: ORIGINAL.title, language: 'fr', original: true }],
      },
    })
    const work = await show(begun.body.id)
    expect(
      work.passages.map(({ section, state, text, source }) => [section, state, text, source?.text]),
    ).toEqual([
      ['title', 'open', '', ORIGINAL.title],
      ['issue', 'open', '', 'Pas d’internet en Espagne.'],
      ['issue', 'open', '', 'Le réseau est pourtant affiché.'],
      ['environment', 'open', '', 'Mobile'],
      ['resolution', 'open', '', 'Ouvrez les réglages.'],
      ['resolution', 'open', '', '- Touchez **Réseau**.\n- Activez l’itinérance.'],
      ['resolution', 'open', '', 'Redémarrez le téléphone.'],
    ])
    expect(work.passages[5]!.source!.html).toContain('<strong>Réseau</strong>')
    expect((await call('ana', 'GET', `/articles/${original}`)).body.translations).toMatchObject([
      { id: begun.body.id, language: 'en', original: false },
    ])
  })

  it('see their siblings, also where one is begun from another', async () => {
    const { call, add, begin } = setting
    const original = await add()
    const english = await begin(original)
    const german = await begin(english, 'de')
    const names = async (id: string) =>
      (await call('ana', 'GET', `/articles/${id}`)).body.translations.map(
        (each: { language: string; original: boolean }) => [each.language, each.original],
      )
    expect(await names(german)).toEqual([
      ['fr', true],
      ['en', false],
    ])
    expect(await names(original)).toEqual([
      ['de', false],
      ['en', false],
    ])
  })

  it('are linked where both exist, their passages paired in their order', async () => {
    const { call, add, show } = setting
    const original = await add()
    const english = await add({
      language: 'en',
      title: 'Data abroad',
      issue: 'No internet in Spain.',
      environment: 'Mobile',
      resolution: 'Open the settings.\n\n- Tap **Network**.\n\nRestart the phone.\n\nAsk us.',
    })
    const linked = await link(english, original)
    expect(linked).toMatchObject({ status: 200, body: { translation: { originalId: original } } })
    expect((await link(english, original)).status).toBe(200)
    const work = await show(english)
    expect(work.passages.map(({ state, text }) => [state, text])).toEqual([
      ['translated', 'Data abroad'],
      ['translated', 'No internet in Spain.'],
      ['open', ''],
      ['translated', 'Mobile'],
      ['translated', 'Open the settings.'],
      ['translated', '- Tap **Network**.'],
      ['translated', 'Restart the phone.'],
    ])
    expect(work.additions).toMatchObject([
      { section: 'resolution', text: 'Ask us.', after: work.passages[6]!.id },
    ])

    expect((await call('ana', 'DELETE', `/articles/${english}/translation`)).status).toBe(204)
    expect((await call('ana', 'GET', `/articles/${original}`)).body.translations).toEqual([])
    const { body } = await call('ana', 'GET', `/articles/${english}`)
    expect(body).toMatchObject({ title: 'Data abroad', translations: [] })
    expect(body).not.toHaveProperty('translation')
    expect(await call('ana', 'DELETE', `/articles/${english}/translation`)).toMatchObject({
      status: 404,
      body: { code: 'TRANSLATION_NOT_FOUND' },
    })
  })

  it('are refused where they make no sense, with the reason', async () => {
    const { call, add, begin, edit } = setting
    const original = await add()
    const english = await begin(original)
    const other = await add({ language: 'en' })
    const german = await add({ language: 'de' })
    const unknown = await add({ language: 'und' })
    const translate = (id: string, language: string, who = 'ana') =>
      call(who, 'POST', `/articles/${id}/translations`, { language })
    const answers = {
      itself: await link(original, original),
      sameLanguage: await translate(original, 'fr'),
      sameLanguageOfTwo: await link(await add(), original),
      second: await translate(original, 'en'),
      secondOfTwo: await link(other, original),
      circular: await link(original, english),
      hasTranslations: await link(original, german),
      linked: await link(english, german),
      unknown: await translate(unknown, 'en'),
      unknownOfTwo: await link(unknown, original),
      moved: await edit(original, { language: 'en' }),
      missing: await translate('art_missing', 'en'),
      router: await translate(original, 'de', 'router'),
      customer: await translate(original, 'de', 'customer'),
      stranger: await call(undefined, 'POST', `/articles/${original}/translations`, { language: 'de' }),
      candidate: await link(german, original, 'cleo'),
    }
    expect(
      Object.fromEntries(
        Object.entries(answers).map(([name, { status, body }]) => [name, [status, body.code]]),
      ),
    ).toEqual({
      itself: [409, 'TRANSLATION_OF_ITSELF'],
      sameLanguage: [409, 'TRANSLATION_SAME_LANGUAGE'],
      sameLanguageOfTwo: [409, 'TRANSLATION_SAME_LANGUAGE'],
      second: [409, 'TRANSLATION_EXISTS'],
      secondOfTwo: [409, 'TRANSLATION_EXISTS'],
      circular: [409, 'TRANSLATION_CIRCULAR'],
      hasTranslations: [409, 'TRANSLATION_HAS_TRANSLATIONS'],
      linked: [409, 'TRANSLATION_LINKED'],
      unknown: [409, 'TRANSLATION_LANGUAGE_UNKNOWN'],
      unknownOfTwo: [409, 'TRANSLATION_LANGUAGE_UNKNOWN'],
      moved: [409, 'TRANSLATION_EXISTS'],
      missing: [404, 'ARTICLE_NOT_FOUND'],
      router: [403, 'ROLE_FORBIDDEN'],
      customer: [403, 'ROLE_FORBIDDEN'],
      stranger: [401, 'KEY_REQUIRED'],
      candidate: [403, 'ARTICLE_NEEDS_CONTRIBUTOR'],
    })
    await call('manager', 'POST', `/articles/${german}/archive`)
    expect((await translate(german, 'en')).body.code).toBe('ARTICLE_ARCHIVED')
    expect((await link(other, german)).body.code).toBe('ARTICLE_ARCHIVED')
    expect((await link(german, original)).body.code).toBe('ARTICLE_ARCHIVED')
    const french = await call(
      'ana',
      'POST',
      `/articles/${original}/translations`,
      { language: 'en' },
      { 'accept-language': 'fr' },
    )
    expect(french.body.detail).toContain('existe déjà dans la langue')
  })

  it('are edited by a candidate who began them, and by nobody without the right', async () => {
    const { call, add, begin, show, translate } = setting
    const original = await add()
    const english = await begin(original, 'en', 'cleo')
    expect((await translate(english, 0, 'Data abroad', 'cleo')).status).toBe(200)
    expect((await call('reader', 'GET', `/articles/${english}/translation`)).body.code).toBe(
      'ARTICLE_NEEDS_CONTRIBUTOR',
    )
    expect((await show(english, 'ben')).title).toBe('Data abroad')
  })

  it('are governed by the category of their original', async () => {
    const { world, call, begin } = setting
    const thread = await world.importThreads('billing', 'internal', {
      bill: {
        question: 'Why is it higher?',
        answers: [{ body: 'See page two.', accepted: true }],
        labels: { category: 'billing' },
      },
    })
    const { body } = await call('manager', 'POST', `/threads/${thread('bill')}/promote`)
    await call('manager', 'PUT', '/articles/categories/billing', { governance: 'compliance' })
    const french = await begin(body.id, body.language === 'fr' ? 'en' : 'fr')
    expect((await call('ana', 'GET', `/articles/${french}`)).body.governance).toMatchObject({
      kind: 'compliance',
      category: 'billing',
    })
  })
})
