import { beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { ORIGINAL, openTranslations, type Setting } from './setting.ts'

describeEachDatabase.always('passages of translations', (database) => {
  let setting: Setting
  beforeAll(async () => {
    setting = await openTranslations(await database())
  })

  const ENGLISH = [
    'Data abroad',
    'No internet in Spain.',
    'The network is shown all the same.',
    'Mobile',
    'Open the settings.',
    '- Tap **Network**.\n- Switch on roaming.',
    'Restart the phone.',
  ]
  async function translated(): Promise<{ original: string; english: string }> {
    const original = await setting.add()
    const english = await setting.begin(original)
    for (const [place, text] of ENGLISH.entries()) await setting.translate(english, place, text)
    return { original, english }
  }
  const states = async (id: string) => (await setting.show(id)).passages.map(({ state }) => state)
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]

  it('are saved in any order into the draft, which becomes the article', async () => {
    const { call, add, begin, translate, apply } = setting
    const original = await add()
    const english = await begin(original)
    for (const place of [6, 4, 0, 5, 2, 1, 3]) {
      const saved = await translate(english, place, ENGLISH[place]!)
      expect(saved).toMatchObject({ status: 200, body: { state: 'translated', version: 1 } })
    }
    const draft = (await call('ana', 'GET', `/articles/${english}/draft`)).body
    expect(draft.content).toEqual({
      title: 'Data abroad',
      issue: `${ENGLISH[1]}\n\n${ENGLISH[2]}`,
      environment: 'Mobile',
      resolution: `${ENGLISH[4]}\n\n${ENGLISH[5]}\n\n${ENGLISH[6]}`,
      cause: '',
      language: 'en',
    })
    expect((await apply(english)).body).toMatchObject({ title: 'Data abroad', revision: 2 })
    expect(await states(english)).toEqual(Array(7).fill('translated'))
    await translate(english, 2, '')
    expect((await call('ana', 'GET', `/articles/${english}/draft`)).body.content.issue).toBe(ENGLISH[1])
    expect((await states(english))[2]).toBe('open')
  })

  it('belong to whoever locked them, until they leave or the lease has ended', async () => {
    const { world, call, add, begin, show, at } = setting
    const english = await begin(await add())
    const passage = (await show(english)).passages[1]!
    const lock = (who: string) => call(who, 'PUT', `${at(english, passage)}/lock`)
    const save = (who: string, text: string, version = 0) =>
      call(who, 'PUT', at(english, passage), { text, version })
    expect(code(await save('ana', 'x'))).toEqual([412, 'TRANSLATION_PASSAGE_UNLOCKED'])
    expect((await lock('ana')).body.lock).toMatchObject({ by: { name: 'ana' }, own: true })
    expect((await show(english, 'ben')).passages[1]!.lock).toMatchObject({ by: { name: 'ana' }, own: false })
    const refused = await lock('ben')
    expect(refused).toMatchObject({
      status: 412,
      body: { code: 'TRANSLATION_PASSAGE_LOCKED', detail: expect.stringContaining('ana works on this') },
    })
    expect((await save('ana', 'No internet.')).status).toBe(200)
    expect(await save('ben', 'Mine')).toMatchObject({
      status: 412,
      body: { code: 'TRANSLATION_PASSAGE_LOCKED', current: { text: 'No internet.', version: 1 } },
    })

    await call('ben', 'DELETE', `${at(english, passage)}/lock`)
    expect((await lock('ben')).status).toBe(412)
    await call('ana', 'DELETE', `${at(english, passage)}/lock`)
    expect((await lock('ben')).status).toBe(200)
    expect(await save('ben', 'Mine', 0)).toMatchObject({
      status: 412,
      body: { code: 'TRANSLATION_PASSAGE_CONFLICT', current: { text: 'No internet.', version: 1 } },
    })

    world.clock.advance(91_000)
    expect((await show(english)).passages[1]!).not.toHaveProperty('lock')
    expect(await save('ben', 'Too late', 1)).toMatchObject({
      status: 412,
      body: { code: 'TRANSLATION_PASSAGE_UNLOCKED', current: { text: 'No internet.' } },
    })
    expect((await lock('ana')).body.lock.own).toBe(true)
    expect((await save('ana', 'No internet in Spain.', 1)).body.version).toBe(2)
    const gone = { id: 'tpg_gone' } as typeof passage
    expect(code(await call('ana', 'PUT', `${at(english, gone)}/lock`))).toEqual([
      404,
      'TRANSLATION_PASSAGE_NOT_FOUND',
    ])
  })

  it('become stale one by one by a significant edit of the original, with since when', async () => {
    const { call, show, edit, translate } = setting
    const { original, english } = await translated()
    await edit(original, { environment: 'Mobile et tablette', significant: false })
    expect(await states(english)).toEqual(Array(7).fill('translated'))
    const changed = await edit(original, {
      resolution: ORIGINAL.resolution.replace(
        'Redémarrez le téléphone.',
        'Redémarrez le téléphone deux fois.',
      ),
      significant: true,
    })
    expect(await states(english)).toEqual([...Array(6).fill('translated'), 'stale'])
    const passage = (await show(english)).passages[6]!
    expect(passage).toMatchObject({
      before: 'Redémarrez le téléphone.',
      source: { text: 'Redémarrez le téléphone deux fois.' },
      text: 'Restart the phone.',
      since: changed.body.updatedAt,
    })
    const shown = (await call('ana', 'GET', `/articles/${english}`)).body
    expect(shown.translation).toEqual({ originalId: original, staleSince: changed.body.updatedAt })
    expect((await call('ana', 'GET', `/articles/${original}`)).body.translations[0].staleSince).toBe(
      changed.body.updatedAt,
    )
    await translate(english, 6, 'Restart the phone twice.')
    expect((await call('ana', 'GET', `/articles/${english}`)).body.translation).toEqual({
      originalId: original,
    })
  })

  it('are opened where the original says something new, and kept where it no longer says it', async () => {
    const { show, edit, translate, at, call } = setting
    const { original, english } = await translated()
    await edit(original, {
      issue: 'Pas d’internet en Espagne.',
      cause: 'L’itinérance est coupée par défaut.',
      significant: true,
    })
    const { passages } = await show(english)
    expect(
      passages.slice(1).map(({ section, state, text, source }) => [section, state, text, source?.text]),
    ).toEqual([
      ['issue', 'translated', ENGLISH[1], 'Pas d’internet en Espagne.'],
      ['issue', 'stale', ENGLISH[2], undefined],
      ['environment', 'translated', ENGLISH[3], 'Mobile'],
      ...ENGLISH.slice(4).map((text) => ['resolution', 'translated', text, expect.any(String)]),
      ['cause', 'open', '', 'L’itinérance est coupée par défaut.'],
    ])
    expect(passages[2]!.since).toBe(passages[7]!.since)
    await call('ana', 'PUT', `${at(english, passages[2]!)}/lock`)
    await call('ana', 'PUT', at(english, passages[2]!), { text: '', version: passages[2]!.version })
    await translate(english, 6, 'Roaming is off by default.')
    expect(await states(english)).toEqual(Array(7).fill('translated'))
    expect((await call('ana', 'GET', `/articles/${english}/draft`)).body.content).toMatchObject({
      issue: ENGLISH[1],
      cause: 'Roaming is off by default.',
    })
  })

  it('are no longer stale once the original says again what was translated', async () => {
    const { call, edit } = setting
    const { original, english } = await translated()
    await edit(original, { title: 'Données en Espagne', significant: true })
    expect((await states(english))[0]).toBe('stale')
    const { etag } = await call('manager', 'GET', `/articles/${original}`)
    await call('manager', 'POST', `/articles/${original}/revisions/1/restore`, undefined, {
      'if-match': etag!,
    })
    expect(await states(english)).toEqual(Array(7).fill('translated'))
  })

  it('follow the draft of the original when it is applied as significant', async () => {
    const { call, edit } = setting
    const { original, english } = await translated()
    const content = { ...ORIGINAL, environment: 'Tablette' }
    await call(
      'manager',
      'PUT',
      `/articles/${original}/draft`,
      { basedOn: 1, content },
      { 'if-match': '"0"' },
    )
    expect(await states(english)).toEqual(Array(7).fill('translated'))
    await call('manager', 'POST', `/articles/${original}/draft/apply?significant=true`, undefined, {
      'if-match': '"1"',
    })
    expect((await states(english))[3]).toBe('stale')
    expect((await edit(original, { environment: 'Mobile' })).status).toBe(200)
    expect((await states(english))[3]).toBe('translated')
  })

  it('are found again where the translation was edited as a whole', async () => {
    const { call, show, apply } = setting
    const { english } = await translated()
    await apply(english)
    const { etag, body } = await call('ana', 'GET', `/articles/${english}`)
    const resolution = `Before all, charge it.\n\n${ENGLISH[5]}\n\n---\n\nOpen the settings app.`
    const edited = await call('ana', 'PATCH', `/articles/${english}`, { resolution }, { 'if-match': etag! })
    expect([edited.status, body.revision]).toEqual([200, 2])
    const work = await show(english)
    expect(work.passages.slice(4).map(({ state, text }) => [state, text])).toEqual([
      ['translated', 'Open the settings app.'],
      ['translated', ENGLISH[5]],
      ['open', ''],
    ])
    expect(work.additions.map(({ text }) => text)).toEqual(['Before all, charge it.'])
    await setting.translate(english, 6, 'Restart.')
    expect((await call('ana', 'GET', `/articles/${english}/draft`)).body.content.resolution).toBe(
      `Before all, charge it.\n\n${ENGLISH[5]}\n\nRestart.\n\n---\n\nOpen the settings app.`,
    )
  })

  it('say no more than an article may hold, and no HTML', async () => {
    const { add, begin, translate, call } = setting
    const english = await begin(await add())
    expect(code(await translate(english, 0, 'x'.repeat(501)))).toEqual([400, 'TRANSLATION_TOO_LONG'])
    expect((await translate(english, 0, 'Two\n lines')).body.text).toBe('Two lines')
    await translate(english, 1, 'a'.repeat(99_000))
    expect(code(await translate(english, 2, 'b'.repeat(2000)))).toEqual([400, 'TRANSLATION_TOO_LONG'])
    expect((await translate(english, 4, '<b>Open</b> it<script>x</script>')).body.text).toBe('**Open** it')
    await call('manager', 'POST', `/articles/${english}/archive`)
    expect(code(await call('ana', 'GET', `/articles/${english}/translation`))).toEqual([
      409,
      'ARTICLE_ARCHIVED',
    ])
  })

  it('are each saved when several people work at once', async () => {
    const { add, begin, show, at, call } = setting
    const english = await begin(await add())
    const { passages } = await show(english)
    for (const [place, passage] of passages.entries())
      await call(place % 2 === 0 ? 'ana' : 'ben', 'PUT', `${at(english, passage)}/lock`)
    await Promise.all(
      passages.map((passage, place) =>
        call(place % 2 === 0 ? 'ana' : 'ben', 'PUT', at(english, passage), {
          text: ENGLISH[place],
          version: 0,
        }),
      ),
    )
    expect((await show(english)).passages.map(({ text }) => text)).toEqual(ENGLISH)
  })
})
