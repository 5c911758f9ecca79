import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DatabaseAddress, describeEachDatabase } from '../../support/databases.ts'
import { keyOf } from '../../support/keys.ts'
import { SERVED } from '../../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../../support/service.ts'
import { accessibilityFaults, describeInBrowser } from '../support/workbench.ts'

const PAGE_BUDGET = 30 * 1024
const BASE = 'https://help.example.org/kb'

const GUIDE = {
  articles: [
    {
      id: 1,
      locale: 'fr',
      title: 'Utiliser ses données à l’étranger',
      body: '<h2>Problème</h2><p>Plus d’internet en itinérance.</p><h2>Solution</h2><h3>Étapes du réglage</h3><ol><li>Ouvrez les réglages.</li></ol><pre><code>ping -c 1 une-adresse-vraiment-tres-longue-qui-ne-tient-pas-dans-un-petit-ecran.example.org</code></pre><table><tr><th>Forfait</th><th>Zone</th></tr><tr><td>Été</td><td>Europe</td></tr></table>',
      section_id: 7,
      draft: false,
      created_at: '2024-03-01T10:00:00Z',
      updated_at: '2024-05-01T10:00:00Z',
      translations: [
        { locale: 'en', title: 'Use data abroad', body: '<p>Enable roaming.</p>', draft: false },
      ],
    },
    { id: 2, locale: 'fr', title: 'Lire sa facture', body: '<p>Elle est en ligne.</p>', draft: false },
    { id: 3, locale: 'fr', title: 'INTERNE', body: '<p>Grille.</p>', draft: false, user_segment_id: 4 },
    { id: 4, locale: 'fr', title: 'BROUILLON', body: '<p>Bientôt.</p>', draft: true },
    {
      id: 5,
      locale: 'de',
      title: '</title><script>alert(1)</script>',
      body: '<p>&lt;/script&gt;&lt;img onerror=x&gt;</p>',
      draft: false,
    },
  ],
  sections: [{ id: 7, name: 'À l’étranger' }],
}

const createdAt = '2025-06-01T10:00:00Z'
const FORUM = [
  { type: 'member', id: 'm1', name: 'Ana' },
  { type: 'thread', id: 't1', title: 'Why does the box restart?', createdAt },
  { type: 'post', kind: 'question', id: 'q1', threadId: 't1', body: 'It restarts every hour.', createdAt },
  {
    type: 'post',
    kind: 'answer',
    id: 'a1',
    threadId: 't1',
    authorId: 'm1',
    body: 'Replace its cable.',
    createdAt,
  },
  { type: 'acceptance', threadId: 't1', postIds: ['a1'] },
]

const exportSite = (address: DatabaseAddress, path: string, more: readonly string[] = []) =>
  runJson<object>(address, ['articles', 'export', '--format', 'site', '--out', path, ...more])

describeInBrowser('an exported help centre', (workbench) => {
  describeEachDatabase('of imported articles and one of a thread', (database) => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-site-'))
    const path = join(scratch, 'site')
    const guide = join(scratch, 'guide.json')
    let service: Service
    let key: string

    beforeAll(async () => {
      const address = await database([SERVED])
      const forum = join(scratch, 'forum.ndjson')
      writeFileSync(guide, JSON.stringify(GUIDE))
      writeFileSync(forum, FORUM.map((record) => `${JSON.stringify(record)}\n`).join(''))
      const forEveryone = ['--audience', 'public']
      expect(
        await runJson(address, ['articles', 'import', '--format', 'zendesk', guide, ...forEveryone]),
      ).toMatchObject({ new: 6, refused: 0 })
      await runJson(address, ['import', 'ndjson', forum, '--source', 'forum', '--audience', 'public'])
      service = await startService(address)
      key = (await keyOf(address, 'knowledge-manager')).token
      const threads = await service.call<{ items: { id: string }[] }>('/api/threads', { key })
      const promote = `/api/threads/${threads.body.items[0]?.id}/promote`
      const { body } = await service.call<{ id: string }>(promote, { key, method: 'POST' })
      const publish = `/api/articles/${body.id}/publish`
      expect((await service.call(publish, { key, body: { audience: 'public' } })).status).toBe(200)
      await exportSite(address, path, ['--base-url', `${BASE}/`])
    })
    afterAll(() => service.stop())
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))

    const pages = (folder = path) =>
      readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.html'))
    const pageOf = (title: string) => pages().find((name) => name.includes(title))!
    const textOf = (name: string) => readFileSync(join(path, name), 'utf8')

    /** Everything that a page asks for, apart from files. */
    function requestsOf(page: Page): string[] {
      const requests: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) requests.push(request.url())
      })
      return requests
    }

    it('finds a word with an accent typed without it, from files, and asks the network for nothing', async () => {
      const { page } = await workbench.openFile(join(path, 'index.html'))
      const requests = requestsOf(page)
      await page.getByRole('link', { name: 'Français' }).click()
      await page.getByRole('heading', { level: 2, name: 'À l’étranger' }).waitFor()
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Aller au contenu')
      await page.getByRole('searchbox').fill('itinerance')
      await page.keyboard.press('Enter')
      const result = page.getByRole('main').getByRole('link')
      await page.getByText('1 article correspond').waitFor()
      expect(await result.allTextContents()).toEqual(['Utiliser ses données à l’étranger'])
      expect(await page.getByRole('status').textContent()).toBe(
        '1 article correspond à «\u202fitinerance\u202f».',
      )
      for (const words of ['réglage', 'etrang', 'l’étranger données', 'ITINÉRANCES']) {
        await page.getByRole('searchbox').fill(words)
        await page.getByText(`«\u202f${words}\u202f»`).waitFor()
        expect([words, ...(await result.allTextContents())]).toEqual([
          words,
          'Utiliser ses données à l’étranger',
        ])
      }
      await page.getByRole('searchbox').fill('zebre')
      await page.getByText('Aucun article ne correspond à «\u202fzebre\u202f».').waitFor()
      expect(await result.count()).toBe(0)
      await page.getByRole('searchbox').fill('facture')
      await result.click()
      await page.getByRole('heading', { level: 1, name: 'Lire sa facture' }).waitFor()
      expect(requests).toEqual([])
    })

    it('shows an article with its sections, code, table, people and translations', async () => {
      const { page } = await workbench.openFile(join(path, pageOf('use-data-abroad')))
      await page.getByRole('link', { name: 'Français' }).click()
      await page.getByRole('heading', { level: 1, name: 'Utiliser ses données à l’étranger' }).waitFor()
      expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
        'Problème',
        'Résolution',
      ])
      expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual(['Étapes du réglage'])
      expect(await page.getByRole('cell').allTextContents()).toEqual(['Été', 'Europe'])
      expect(await page.locator('html').getAttribute('lang')).toBe('fr')
      const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent())!)
      expect(data).toMatchObject({
        '@type': 'TechArticle',
        inLanguage: 'fr',
        datePublished: '2024-05-01T10:00:00.000Z',
        url: `${BASE}/${pageOf('utiliser-ses')}`,
      })
      const links = await page
        .locator('link[rel="alternate"]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('hreflang')))
      expect(links.sort()).toEqual(['en', 'fr'])
      await page.goto(`file://${join(path, pageOf('box'))}`)
      await page.getByText('With thanks to').waitFor()
    })

    it('is accessible and fits 320 pixels, light and dark', async () => {
      for (const colorScheme of ['light', 'dark'] as const)
        for (const name of ['index.html', 'fr/index.html', 'fr/search.html', pageOf('utiliser-ses')]) {
          const { page } = await workbench.openFile(join(path, name), {
            colorScheme,
            viewport: { width: 320, height: 640 },
          })
          expect([name, colorScheme, ...(await accessibilityFaults(page))]).toEqual([name, colorScheme])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
        }
    })

    it('runs nothing that stands in a text', async () => {
      const { page } = await workbench.openFile(
        join(path, pages().find((name) => name.startsWith('de/') && name.includes('art_'))!),
      )
      let alerts = 0
      page.on('dialog', () => (alerts += 1))
      await page.reload()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
        '</title><script>alert(1)</script>',
      )
      expect(await page.locator('main img').count()).toBe(0)
      expect(alerts).toBe(0)
    })

    it('holds what its audience sees and nothing else, within its weight', () => {
      expect(pages().filter((name) => name.includes('art_'))).toHaveLength(5)
      for (const name of readdirSync(path, { recursive: true, withFileTypes: true }))
        if (name.isFile()) {
          const text = readFileSync(join(name.parentPath, name.name), 'utf8')
          for (const word of ['INTERNE', 'BROUILLON', 'Grille', 'key_manager'])
            expect(text).not.toContain(word)
        }
      for (const name of pages().filter((each) => each.includes('art_'))) {
        const weight = gzipSync(textOf(name)).length + gzipSync(textOf('assets/site.css')).length
        expect(weight).toBeLessThan(PAGE_BUDGET)
        expect(textOf(name)).not.toMatch(/<script src/)
      }
      const map = textOf('sitemap.xml')
      for (const name of pages().filter((each) => each.includes('art_')))
        expect(map).toContain(`<loc>${BASE}/${name}</loc>`)
      expect(map).toContain(`hreflang="en" href="${BASE}/${pageOf('use-data-abroad')}"`)
      expect(textOf('licences.txt')).toMatch(
        /lunr 2[\s\S]*MIT[\s\S]*lunr-languages 1[\s\S]*Mozilla Public License/i,
      )
    })

    it('replaces an earlier one, without the articles that were archived since, and no other folder', async () => {
      const gone = pageOf('use-data-abroad')
      const id = /art_\w+/.exec(gone)![0]
      await service.call(`/api/articles/${id}/archive`, { key, method: 'POST' })
      expect(await exportSite(service.address, path)).toMatchObject({
        articles: 4,
        languages: ['de', 'en', 'fr'],
      })
      expect(pages()).not.toContain(gone)
      expect(readdirSync(scratch).filter((name) => name.startsWith('.'))).toEqual([])

      const mine = join(scratch, 'mine')
      mkdirSync(mine)
      writeFileSync(join(mine, 'letter.txt'), 'Dear …')
      for (const foreign of [mine, guide]) {
        const args = ['articles', 'export', '--format', 'site', '--out', foreign]
        const { code, stderr } = await runCommand(service.address, args)
        expect([code, stderr]).toEqual([1, expect.stringContaining('EXPORT_PATH_FOREIGN')])
      }
      expect(readdirSync(mine)).toEqual(['letter.txt'])
    })
  })
})
