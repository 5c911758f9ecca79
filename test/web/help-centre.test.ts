import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'
import { storedScripts } from './support/stored-scripts.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const PAGE_BUDGET = 30 * 1024
const SCRIPT_BUDGET = 5 * 1024
const STYLE_BUDGET = 8 * 1024

const SCRIPTS = storedScripts('window.ran=1').join('\n\n')

const GUIDE = {
  articles: [
    {
      id: 1,
      locale: 'fr',
      title: 'Utiliser ses données à l’étranger',
      body: '<p>Plus d’internet en itinérance.</p><h2>Solution</h2><h3>Sur Android</h3><ol><li>Ouvrez les réglages.</li><li>Activez l’itinérance des données.</li></ol><h3>Sur iPhone</h3><p>Ouvrez <b>Données cellulaires</b>.</p><pre><code>une-adresse-vraiment-tres-longue-qui-ne-tient-pas-dans-un-petit-ecran.example.org</code></pre><table><tr><th>Forfait</th><th>Zone</th></tr><tr><td>Été</td><td>Europe</td></tr></table>',
      section_id: 7,
      draft: false,
      translations: [
        { locale: 'en', title: 'Use data abroad', body: '<p>Switch roaming on.</p>', draft: false },
      ],
    },
    { id: 2, locale: 'fr', title: 'Lire sa facture', body: '<p>Elle est en ligne.</p>', draft: false },
    {
      id: 3,
      locale: 'en',
      title: `Scripts ${storedScripts('window.ran=1')[1]}`,
      body: SCRIPTS,
      draft: false,
    },
  ],
  sections: [{ id: 7, name: 'À l’étranger' }],
}

const createdAt = '2025-06-01T10:00:00Z'
const post = (id: string, kind: string, body: string) => ({
  ...{ type: 'post', kind, id, threadId: 't1', authorId: 'm1', body, createdAt },
})
const FORUM = [
  { type: 'member', id: 'm1', name: storedScripts('window.ran=1')[0] },
  { type: 'thread', id: 't1', title: `Hostile ${storedScripts('window.ran=1')[6]}`, createdAt },
  post('q1', 'question', SCRIPTS),
  post('a1', 'answer', SCRIPTS),
  { type: 'acceptance', threadId: 't1', postIds: ['a1'] },
]

const NO_SCRIPT = { javaScriptEnabled: false }

describeInBrowser('the help centre in the browser', (workbench) => {
  describeEachDatabase.rarely('of imported articles and a hostile thread', (database) => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-help-'))
    let service: Service

    beforeAll(async () => {
      const address = await database([SERVED])
      const guide = join(scratch, 'guide.json')
      const forum = join(scratch, 'forum.ndjson')
      writeFileSync(guide, JSON.stringify(GUIDE))
      writeFileSync(forum, FORUM.map((record) => `${JSON.stringify(record)}\n`).join(''))
      const forEveryone = ['--audience', 'public']
      await runJson(address, ['articles', 'import', '--format', 'zendesk', guide, ...forEveryone])
      await runJson(address, ['import', 'ndjson', forum, '--source', 'forum', ...forEveryone])
      service = await startService(address)
    })
    afterAll(() => service.stop())
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))

    const open = (path: string, options?: BrowserContextOptions) => workbench.openAt(service, path, options)
    const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

    it('lets a customer without JavaScript find, read and rate an article', async () => {
      const { page } = await open('/help/fr', NO_SCRIPT)
      await page.getByRole('searchbox').fill('données à l’étranger')
      await page.keyboard.press('Enter')
      await page.waitForURL(/search/)
      const result = page.getByRole('link', { name: 'Utiliser ses données à l’étranger' })
      expect(await result.locator('mark').allTextContents()).toEqual(['données', 'étranger'])
      await result.click()
      await heading(page, 'Utiliser ses données à l’étranger').waitFor()
      expect(new URL(page.url()).hash).toBe('#found')
      expect(await page.locator('#found mark').first().textContent()).toBe('données')
      expect(await page.getByRole('cell').allTextContents()).toEqual(['Été', 'Europe'])
      await page.getByRole('button', { name: 'Non', exact: true }).click()
      await page.getByRole('status').getByText('Merci de nous l’avoir dit.').waitFor()
      await page.getByRole('textbox', { name: 'Que manque-t-il' }).fill('Le menu a un autre nom.')
      await page.getByRole('button', { name: 'Envoyer' }).click()
      await page.getByText('Vos mots vont aux personnes').waitFor()
      await page.getByRole('link', { name: 'Lire cette page en English' }).click()
      await heading(page, 'Use data abroad').waitFor()
      await page.getByRole('link', { name: 'Français', exact: true }).click()
      await heading(page, 'Utiliser ses données à l’étranger').waitFor()
      await page.getByRole('link', { name: 'Sur iPhone' }).click()
      expect(new URL(page.url()).hash).toBe('#resolution-2')
      await page.goto('/help/fr/search?q=zzzz')
      await heading(page, 'Rien ne correspond').waitFor()
    })

    it('suggests pages while somebody types, by keyboard, and says how many', async () => {
      const { page } = await open('/help/fr')
      const box = page.getByRole('combobox', { name: 'Rechercher dans le centre d’aide' })
      await box.pressSequentially('fact')
      const option = page.getByRole('option')
      await option.first().waitFor()
      expect(await option.allTextContents()).toEqual([
        'facture',
        'Lire sa facture',
        'Tous les résultats pour «\u00a0fact\u00a0»',
      ])
      expect(await page.getByRole('status').textContent()).toBe('2 suggestions')
      expect(await box.getAttribute('aria-expanded')).toBe('true')
      expect(await page.locator('[aria-selected="true"]').count()).toBe(0)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      expect(await page.locator('[aria-selected="true"]').textContent()).toBe('Lire sa facture')
      await page.keyboard.press('Escape')
      expect(await box.getAttribute('aria-expanded')).toBe('false')
      await box.pressSequentially('u')
      await option.first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await heading(page, 'Lire sa facture').waitFor()

      await page.getByRole('combobox').fill('facture')
      await page.keyboard.press('Enter')
      await heading(page, 'Résultats pour «\u00a0facture\u00a0»').waitFor()
      await page.goto('/help/fr')
      await page.getByRole('link', { name: 'facture', exact: true }).waitFor()
      await page.getByRole('button', { name: 'Les oublier' }).click()
      expect(await page.getByRole('link', { name: 'facture', exact: true }).count()).toBe(0)
      await page.getByRole('combobox').fill('zzzz')
      const said = () => page.getByRole('status').textContent()
      expect(await eventually(said, (text) => text === 'Aucune suggestion')).toBe('Aucune suggestion')
    })

    it('is accessible and fits 320 pixels, light and dark, in both languages', async () => {
      const article = await addressOf('/help/fr', 'Utiliser ses données à l’étranger')
      const paths = [
        ...['/help/en', '/help/fr/search?q=donn%C3%A9es', '/help/en/search?q=zzzz', '/help/fr/nothing'],
        ...[article, `${article}?solved=no`, '/help/fr/sign-in'],
      ]
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await open('/help/fr', { colorScheme, viewport: { width: 320, height: 640 } })
        for (const path of paths) {
          await page.goto(path)
          expect([path, colorScheme, ...(await accessibilityFaults(page))]).toEqual([path, colorScheme])
          expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320])
        }
      }
    })

    it('runs nothing that a stranger wrote', async () => {
      const { page } = await open('/help/en/search?q=Hostile')
      const ran = () => page.evaluate(() => (window as unknown as { ran?: number }).ran)
      expect(await ran()).toBeUndefined()
      await page.locator('.results a').first().click()
      await page.getByText('Accepted answer').waitFor()
      expect(await ran()).toBeUndefined()
      await page.goto('/help/en/search?q=Scripts')
      await page.locator('.results a').first().click()
      await page.getByText('Did this solve').waitFor()
      expect(await ran()).toBeUndefined()
      await page.getByRole('combobox').fill('Scri')
      await page.getByRole('option').first().waitFor()
      await page.goto(`/help/en/search?q=${encodeURIComponent(storedScripts('window.ran=1')[2]!)}`)
      expect(await ran()).toBeUndefined()
    })

    it('weighs little', async () => {
      const article = await addressOf('/help/fr', 'Utiliser ses données à l’étranger')
      const { page } = await open('about:blank')
      const weights = new Map<string, number>()
      page.on('response', async (response) => {
        weights.set(response.request().resourceType(), (await response.request().sizes()).responseBodySize)
      })
      await page.goto(article)
      await page.waitForLoadState('networkidle')
      const of = (kind: string) => weights.get(kind) ?? 0
      expect(of('script')).toBeGreaterThan(0)
      expect(of('script')).toBeLessThan(SCRIPT_BUDGET)
      expect(of('stylesheet')).toBeLessThan(STYLE_BUDGET)
      expect([...weights.values()].reduce((sum, each) => sum + each, 0)).toBeLessThan(PAGE_BUDGET)
    })

    it('is made theirs by a knowledge manager, who is told which colour cannot be read', async () => {
      const { page } = await workbench.open(service, { role: 'knowledge-manager' }, '/settings/help-centre')
      await page.getByLabel('Name (English)').fill('Acme Help')
      await page.getByLabel('Colour on a light background').fill('#8ab0ff')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('links need 4.5 at least').waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByLabel('Colour on a light background').fill('#7a0019')
      await page.getByRole('button', { name: 'Add Links at the end' }).click()
      const row = page.locator('.named-row')
      await row.getByLabel('Address').fill('/privacy')
      await row.getByLabel('English').fill('Privacy')
      await row.getByLabel('French').fill('Confidentialité')
      await page.getByRole('button', { name: 'Save' }).click()
      const { page: customer } = await open('/help/en')
      const titled = async () => {
        await customer.reload()
        return customer.title()
      }
      expect(await eventually(titled, (title) => title === 'Acme Help')).toBe('Acme Help')
      await customer.getByRole('link', { name: 'Privacy' }).waitFor()
      await page.getByLabel('Choose a picture').setInputFiles({
        name: 'logo.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'),
      })
      await page.getByText('The SVG holds <script>').waitFor()
    })

    async function addressOf(path: string, name: string): Promise<string> {
      const { page } = await open(path)
      return (await page.getByRole('link', { name }).first().getAttribute('href'))!
    }
  })
})
