import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { exportSite } from '../../../src/articles/exports/site/export-site.ts'
import { importRecords } from '../../../src/articles/imports/import-records.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { exported } from '../exports/library.ts'
import { manager, openWorld } from '../world.ts'
import { openTranslations } from './setting.ts'

describeEachDatabase.always('translations in exports', (database) => {
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-translations-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it('come back as they were, and follow their original again', async () => {
    const setting = await openTranslations(await database())
    const { add, begin, translate, edit } = setting
    const original = await add({}, 'public')
    const english = await begin(original)
    for (const [place, text] of ['Data abroad', 'No internet.'].entries())
      await translate(english, place, text)
    await edit(original, { title: 'Données en Espagne', significant: true })
    const text = await exported(setting.world)

    const other = await openWorld(await database())
    const path = join(scratch, 'copy.jsonl')
    writeFileSync(path, text)
    expect(await importRecords(other, { path, actor: commandLine })).toMatchObject({ complete: true })
    expect(await exported(other)).toBe(text)
    const call = await other.app([manager])
    const work = (await call('manager', 'GET', `/articles/${english}/translation`)).body
    expect(work.passages.map(({ state }: { state: string }) => state)).toEqual([
      'stale',
      'translated',
      ...Array(5).fill('open'),
    ])
    const { etag } = await call('manager', 'GET', `/articles/${original}`)
    const change = { issue: 'Rien.', significant: true }
    await call('manager', 'PATCH', `/articles/${original}`, change, { 'if-match': etag! })
    expect((await call('manager', 'GET', `/articles/${english}/translation`)).body.passages[1]).toMatchObject(
      { state: 'stale', before: 'Pas d’internet en Espagne.', source: { text: 'Rien.' } },
    )
  })

  it('are named for an audience only beside an original that it sees, and link the pages of a help centre', async () => {
    const { world, call, add } = await openTranslations(await database())
    const original = await add({ title: 'Original' }, 'public')
    const english = await add({ title: 'English', language: 'en' }, 'public')
    const german = await add({ title: 'Deutsch', language: 'de' }, 'internal', true)
    const secret = await add({ title: 'Secret' }, 'internal', true)
    const ofSecret = await add({ title: 'Of a secret', language: 'en' }, 'public')
    for (const [id, originalId] of [
      [english, original],
      [german, original],
      [ofSecret, secret],
    ])
      expect((await call('ana', 'PUT', `/articles/${id}/translation`, { originalId })).status).toBe(200)

    const lines = (await exported(world, { audience: 'public' }))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.filter(({ type }) => type.startsWith('translation'))).toEqual([
      { type: 'translation', articleId: english, originalId: original, linkedAt: expect.any(String) },
    ])
    expect(JSON.stringify(lines)).not.toContain(secret)
    expect(JSON.stringify(lines)).not.toContain(german)

    // An audience's copy has no passages of translations: they are paired anew when somebody opens one.
    const path = join(scratch, 'public.jsonl')
    writeFileSync(path, await exported(world, { audience: 'public' }))
    const other = await openWorld(await database())
    await importRecords(other, { path, actor: commandLine })
    const there = await other.app([manager])
    const work = (await there('manager', 'GET', `/articles/${english}/translation`)).body
    expect(work.passages.map(({ state }: { state: string }) => state)).toEqual(Array(7).fill('translated'))

    const site = join(scratch, 'site')
    await exportSite(world, { path: site, audience: 'public', baseUrl: 'https://help.example.org' })
    const page = (language: string, of: string) => {
      const file = readdirSync(join(site, language)).find((each) => each.includes(of))!
      return readFileSync(join(site, language, file), 'utf8')
    }
    for (const [language, title] of [
      ['fr', 'original'],
      ['en', 'english'],
    ] as const) {
      expect(page(language, title)).toContain('hreflang="en"')
      expect(page(language, title)).toContain('hreflang="fr"')
      expect(page(language, title)).not.toContain('hreflang="de"')
    }
    expect(page('en', 'of-a-secret')).not.toMatch(/rel="alternate"[^>]*hreflang="fr"/)
  })
})
