import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type Actor, commandLine } from '../../../src/access/actor.ts'
import type { Audience } from '../../../src/access/audience.ts'
import { type HelpCentreFormat, importArticles } from '../../../src/articles/imports/import-articles.ts'
import type { Remark } from '../../../src/articles/imports/import-report.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { manager, openWorld, trained, type World } from '../world.ts'

const guide = (change: Record<string, unknown> = {}) => ({
  count: 3,
  articles: [
    {
      id: 360001,
      locale: 'en-us',
      source_locale: 'en-us',
      title: 'Use data abroad',
      body: '<h2>Symptoms</h2><p>No internet in Spain.</p><h2>Applies to</h2><p>All plans</p><h2>Solution</h2><h3>Steps</h3><ol><li>Open <b>Settings</b>.</li><li>Enable roaming.</li></ol><pre><code># Cause\n</code></pre><h2>Cause:</h2><p>It is off at first.</p>',
      section_id: 7,
      draft: false,
      label_names: ['roaming'],
      created_at: '2024-03-01T10:00:00Z',
      updated_at: '2024-05-01T10:00:00Z',
      edited_at: '2024-04-01T10:00:00Z',
      user_segment_id: null,
      translations: [
        { locale: 'en-us', title: 'Use data abroad', body: '', draft: false },
        {
          locale: 'fr',
          title: 'Utiliser ses données à l’étranger',
          body: '<p><strong>Problème :</strong></p><p>Pas d’internet.</p><p><strong>Solution</strong></p><p>Activez l’itinérance.</p>',
          draft: true,
          updated_at: '2024-04-02T10:00:00Z',
        },
      ],
      ...change,
    },
    {
      id: 360002,
      locale: 'fr',
      title: 'Ma facture',
      body: '<p>Elle est en ligne.</p>',
      section_id: 7,
      draft: false,
    },
    {
      id: 360003,
      locale: 'fr',
      title: 'Tarifs internes',
      body: '<p>Grille.</p>',
      draft: false,
      user_segment_id: 12,
    },
    { id: 360004, locale: '???', title: 'Bad', body: 'x' },
    {
      id: 360005,
      locale: 'en',
      body: '<p>Call <a href="javascript:x()">0145671234</a>.</p>',
      title: 'Reach Anna',
    },
  ],
  sections: [{ id: 7, name: 'Abroad', category_id: 3 }],
  categories: [{ id: 3, name: 'Mobile' }],
})

const item = (fields: Record<string, string>, more = '') =>
  `<item>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}${more}</item>\n`
const wxr = (items: string) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Aide</title><language>fr-FR</language>
${items}</channel></rss>
`
const post = (id: number, fields: Record<string, string> = {}) => ({
  title: `Article ${id}`,
  'content:encoded': 'Une réponse.',
  'wp:post_id': String(id),
  'wp:post_date_gmt': '2023-02-03 04:05:06',
  'wp:post_modified_gmt': '2023-03-03 04:05:06',
  'wp:status': 'publish',
  'wp:post_type': 'post',
  ...fields,
})

describeEachDatabase('articles of another help centre', (database) => {
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-help-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  async function importText(
    world: World,
    format: HelpCentreFormat,
    text: string,
    { audience = 'public', by = commandLine }: { audience?: Audience; by?: Actor } = {},
  ) {
    const path = join(scratch, 'export')
    writeFileSync(path, text)
    const remarks: Remark[] = []
    world.clock.advance(1)
    const { counts, unpublished } = await importArticles(world, {
      format,
      paths: [path],
      source: format,
      audience,
      actor: by,
      onRemark: (remark) => remarks.push(remark),
    })
    const met = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
    return { counts: met, unpublished, codes: remarks.map(({ code }) => code) }
  }

  const articlesOf = async ({ db }: World) => {
    const rows = await db
      .sql('articles as a')
      .join('article_origins as o', 'o.article_id', 'a.id')
      .orderBy('o.external_id')
    return rows as Record<string, string>[]
  }

  it('of Zendesk Guide come with sections, translations, dates and restrictions', async () => {
    const world = await openWorld(await database())
    const report = await importText(world, 'zendesk', JSON.stringify(guide()))
    expect(report).toEqual({
      counts: { new: 5, refused: 1 },
      unpublished: 1,
      codes: ['IMPORT_RECORD_INVALID', 'ARTICLE_PERSONAL_DATA'],
    })
    const [english, french, bill, internal, anna] = await articlesOf(world)
    expect(english).toMatchObject({
      external_id: '360001:en-us',
      title: 'Use data abroad',
      issue: 'No internet in Spain.',
      environment: 'All plans',
      resolution: '### Steps\n\n1. Open **Settings**.\n2. Enable roaming.\n\n```\n# Cause\n```',
      cause: 'It is off at first.',
      language: 'en',
      confidence: 'validated',
      audience: 'public',
      section: 'Mobile › Abroad',
      created_at: '2024-03-01T10:00:00.000Z',
      updated_at: '2024-04-01T10:00:00.000Z',
      published_at: '2024-04-01T10:00:00.000Z',
    })
    expect(french).toMatchObject({
      language: 'fr',
      confidence: 'wip',
      issue: 'Pas d’internet.',
      resolution: 'Activez l’itinérance.',
    })
    expect(french!.translation_group).toBe(english!.translation_group)
    const links = await world.db.sql('article_translations').select('article_id', 'original_id')
    expect(links).toEqual([{ article_id: french!.article_id, original_id: english!.article_id }])
    expect(bill).toMatchObject({
      issue: 'Ma facture',
      resolution: 'Elle est en ligne.',
      confidence: 'validated',
    })
    expect(internal).toMatchObject({ audience: 'internal', confidence: 'validated' })
    expect(anna).toMatchObject({
      confidence: 'not_validated',
      audience: 'internal',
      resolution: 'Call 0145671234.',
      published_at: null,
    })
    const call = await world.app()
    const found = await call(undefined, 'GET', '/search?q=roaming')
    expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([english!.article_id])
    expect((await call(undefined, 'GET', '/search?q=grille')).body.items).toEqual([])
  })

  it('come once, change where they changed, and are left alone where somebody edited them here', async () => {
    const world = await openWorld(await database())
    await importText(world, 'zendesk', JSON.stringify(guide()))
    expect((await importText(world, 'zendesk', JSON.stringify(guide()))).counts).toEqual({
      same: 5,
      refused: 1,
    })
    const changed = JSON.stringify(guide({ title: 'Use your data abroad', translations: [] }))
    expect((await importText(world, 'zendesk', changed)).counts).toEqual({ changed: 1, same: 3, refused: 1 })
    const [english] = await articlesOf(world)
    expect(english).toMatchObject({ title: 'Use your data abroad', confidence: 'validated' })

    const call = await world.app([manager])
    const id = english!.article_id!
    await call('manager', 'PATCH', `/articles/${id}`, { cause: 'Ours.' }, { 'if-match': '"2"' })
    expect((await importText(world, 'zendesk', changed)).counts).toEqual({ same: 4, refused: 1 })
    const again = await importText(world, 'zendesk', JSON.stringify(guide({ title: 'Theirs' })))
    expect([again.counts, again.codes]).toEqual([
      { conflict: 1, same: 4, refused: 1 },
      ['IMPORT_CONFLICT', 'IMPORT_RECORD_INVALID'],
    ])
    expect((await call('manager', 'GET', `/articles/${id}`)).body).toMatchObject({
      cause: 'Ours.',
      revision: 3,
    })
    const audit = await world.audit.list({ target: id, limit: 10 })
    expect(audit.items.map(({ action }) => action)).toEqual([
      'article.edited',
      'article.edited',
      'article.imported',
    ])
  })

  it('with possible personal data stay internal, drafts too, until each finding is decided', async () => {
    const world = await openWorld(await database())
    const body = '<p>Call 0145671234.</p>'
    const text = JSON.stringify({
      articles: [
        { id: 1, locale: 'en', title: 'Reach us', body, draft: false },
        { id: 2, locale: 'en', title: 'Reach them', body, draft: true },
      ],
    })
    expect(await importText(world, 'zendesk', text)).toEqual({
      counts: { new: 2 },
      unpublished: 2,
      codes: ['ARTICLE_PERSONAL_DATA', 'ARTICLE_PERSONAL_DATA'],
    })
    const [first, second] = await articlesOf(world)
    expect(first).toMatchObject({ confidence: 'not_validated', audience: 'internal' })
    expect(second).toMatchObject({ confidence: 'wip', audience: 'internal' })
    const call = await world.app()
    const path = `/articles/${first!.article_id}`
    // It cites nobody, so there is no narrower audience to confirm.
    const publish = () => call('manager', 'POST', `${path}/publish`, { audience: 'public' })
    expect((await publish()).body.code).toBe('ARTICLE_PERSONAL_DATA')
    const { body: read, etag } = await call('manager', 'GET', `${path}/personal-data`)
    const decisions = [{ finding: read.findings[0].id, action: 'waive', reason: 'Our own number' }]
    await call('manager', 'POST', `${path}/personal-data/decisions`, { decisions }, { 'if-match': etag! })
    expect((await publish()).status).toBe(200)
    expect((await importText(world, 'zendesk', text)).counts).toEqual({ same: 2 })

    const changed = text.replace('Reach us', 'Reach our desk')
    expect((await importText(world, 'zendesk', changed)).counts).toEqual({ same: 1, changed: 1 })
    const leaking = text.replace('Reach us', 'Reach Anna: anna.larsen@example.net')
    const refused = await importText(world, 'zendesk', leaking)
    expect([refused.counts, refused.codes]).toEqual([{ same: 1, refused: 1 }, ['ARTICLE_PERSONAL_DATA']])
  })

  it('have passages without sources, which follow their texts', async () => {
    const world = await openWorld(await database())
    await importText(world, 'zendesk', JSON.stringify(guide()))
    const [english] = await articlesOf(world)
    const call = await world.app()
    const passages = async () => {
      const { body } = await call('manager', 'GET', `/articles/${english!.article_id}/passages`)
      return body.items.map((each: { text: string; unsourced: boolean }) => [each.text, each.unsourced])
    }
    expect(await passages()).toContainEqual(['No internet in Spain.', true])
    const changed = JSON.stringify(guide()).replace('in Spain', 'in Italy')
    await importText(world, 'zendesk', changed)
    expect(await passages()).toContainEqual(['No internet in Italy.', true])
    expect(await world.db.sql('article_passages').countDistinct('article_id as n')).toEqual([
      { n: expect.toSatisfy((n) => Number(n) === 5) },
    ])
  })

  it('are changed by who may edit them; anyone else is refused with a code', async () => {
    const world = await openWorld(await database())
    await importText(world, 'zendesk', JSON.stringify(guide()))
    const changed = JSON.stringify(guide({ title: 'Use your data abroad' }))
    const refused = await importText(world, 'zendesk', changed, { by: trained('Ada', 'candidate') })
    expect([refused.counts, refused.codes[0]]).toEqual([{ same: 4, refused: 2 }, 'ARTICLE_NEEDS_PUBLISHER'])
    expect((await importText(world, 'zendesk', changed, { by: manager })).counts).toMatchObject({
      changed: 1,
    })
  })

  it('come once when two imports run at the same time', async () => {
    const world = await openWorld(await database())
    const text = JSON.stringify(guide())
    const reports = await Promise.all([1, 2].map(() => importText(world, 'zendesk', text)))
    const sum = (outcome: string) => reports.reduce((all, { counts }) => all + (counts[outcome] ?? 0), 0)
    expect([sum('new'), sum('same'), sum('conflict')]).toEqual([5, 5, 0])
    for (const table of ['articles', 'article_origins', 'article_revisions'])
      expect([table, (await world.db.sql(table)).length]).toEqual([table, 5])

    const changed = JSON.stringify(guide({ title: 'Use your data abroad' }))
    const edited = await Promise.all([1, 2].map(() => importText(world, 'zendesk', changed)))
    expect(edited.map(({ counts }) => counts)).toContainEqual({ changed: 1, same: 4, refused: 1 })
    expect(await world.db.sql('article_revisions')).toHaveLength(6)
  })

  it('of WordPress come with their language, translations, dates and state', async () => {
    const world = await openWorld(await database())
    const term = (domain: string, nicename: string, name: string) =>
      `<category domain="${domain}" nicename="${nicename}"><![CDATA[${name}]]></category>`
    const meta = (key: string, value: string) =>
      `<wp:postmeta><wp:meta_key><![CDATA[${key}]]></wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`
    const blocks =
      '<!-- wp:heading --><h2>Problème</h2><!-- /wp:heading --><!-- wp:paragraph --><p>La box s’arrête.</p><!-- /wp:paragraph --><h2>Solution</h2><p>Redémarrez-la.</p>'
    const classic = 'First line\nsecond line\n\nNext <em>paragraph</em>.\n\n<pre>a\n\nb</pre>'
    const text = wxr(
      [
        item(
          post(1, { 'content:encoded': blocks }),
          term('category', 'box', 'Box &amp; co') +
            term('post_translations', 'pll_1', 'pll_1') +
            term('language', 'fr', 'Français'),
        ),
        item(
          post(2, { 'content:encoded': classic }),
          term('post_translations', 'pll_1', 'pll_1') + term('language', 'en', 'English'),
        ),
        item(post(3, { 'wp:status': 'draft', 'wp:post_date_gmt': '0000-00-00 00:00:00' })),
        item(post(4, { 'wp:status': 'private' })),
        item(
          post(5, { 'wp:post_password': 'open' }),
          meta('_wpml_import_language_code', 'de') + meta('_wpml_import_translation_group', '77'),
        ),
        item(post(6, { 'wp:post_type': 'attachment' })),
        item(post(7, { 'wp:status': 'trash' })),
        item(post(8, { title: '' })),
      ].join(''),
    )
    expect(await importText(world, 'wordpress', text)).toEqual({
      counts: { new: 5, refused: 1, ignored: 2 },
      unpublished: 0,
      codes: ['IMPORT_RECORD_INVALID'],
    })
    const [first, second, draft, hidden, locked] = await articlesOf(world)
    expect(first).toMatchObject({
      language: 'fr',
      issue: 'La box s’arrête.',
      resolution: 'Redémarrez-la.',
      section: 'Box &amp; co',
      translation_group: 'pll_1',
      created_at: '2023-02-03T04:05:06.000Z',
      updated_at: '2023-03-03T04:05:06.000Z',
      confidence: 'validated',
      audience: 'public',
    })
    expect(second).toMatchObject({ language: 'en', translation_group: 'pll_1', issue: 'Article 2' })
    expect(second!.resolution).toMatch(
      /^First line(?: {2}|\\)\nsecond line\n\nNext _paragraph_\.\n\n```\na\n\nb\n```$/,
    )
    expect(draft).toMatchObject({ confidence: 'wip', language: 'fr' })
    expect(hidden).toMatchObject({ confidence: 'validated', audience: 'internal' })
    expect(locked).toMatchObject({ audience: 'internal', language: 'de', translation_group: '77' })
    expect((await importText(world, 'wordpress', text)).counts).toEqual({ same: 5, refused: 1, ignored: 2 })
  })

  it('end in a coded error where a file is no such export, and keep what came before', async () => {
    const world = await openWorld(await database())
    const refused: [HelpCentreFormat, string, string][] = [
      ['wordpress', '', 'FILE_FORMAT_UNEXPECTED'],
      ['wordpress', '<html><p>x</p></html>', 'FILE_FORMAT_UNEXPECTED'],
      ['wordpress', '<!DOCTYPE rss [<!ENTITY a "b">]><rss></rss>', 'XML_DOCTYPE_REFUSED'],
      ['wordpress', `<rss>${'<a>'.repeat(100)}`, 'FILE_FORMAT_UNEXPECTED'],
      ['zendesk', '{"articles":[{]}', 'JSON_MALFORMED'],
      ['zendesk', '', 'FILE_EMPTY'],
    ]
    for (const [format, text, code] of refused)
      await expect(importText(world, format, text)).rejects.toMatchObject({ code })
    const cut = wxr(item(post(1)) + item(post(2))).slice(0, -10)
    await expect(importText(world, 'wordpress', cut)).rejects.toMatchObject({
      code: 'FILE_FORMAT_UNEXPECTED',
    })
    expect(await world.db.sql('articles')).toHaveLength(2)
  })
})
