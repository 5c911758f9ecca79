import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'
import { accessibilityFaults, administrator, describeInBrowser } from './support/workbench.ts'

const EMBED_BUDGET = 3 * 1024
const CHAT = 'https://chat.example.org/'
const TITLE = 'Redémarrer le décodeur'
const GUIDE = {
  articles: [TITLE, 'Déplacer le décodeur', 'Rendre le décodeur'].map((title, at) => ({
    id: at + 1,
    locale: 'fr',
    title,
    body: `<p>${title}, pas à pas.</p>`,
    draft: false,
  })),
  sections: [],
}
const NO_SCRIPT = { javaScriptEnabled: false }

describeInBrowser('who gives up in the help centre', (workbench) => {
  describeEachDatabase.rarely('of a company that answers', (database) => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-giving-up-'))
    let service: Service
    let db: TestDatabase['db']
    let elsewhere: Server

    beforeAll(async () => {
      const address = await database([SERVED])
      const guide = join(scratch, 'guide.json')
      writeFileSync(guide, JSON.stringify(GUIDE))
      await runJson(address, ['articles', 'import', '--format', 'zendesk', guide, '--audience', 'public'])
      db = address.db
      service = await startService(address)
      const key = await administrator(address)
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const at = new URL('/api/help-centre/settings', service.url)
      const read = await fetch(at, { headers })
      const { logo: _, asking, chat, ...settings } = await read.json()
      const saved = await fetch(at, {
        method: 'PUT',
        headers: { ...headers, 'if-match': read.headers.get('etag')! },
        body: JSON.stringify({
          ...settings,
          asking: { ...asking, open: true },
          chat: { ...chat, url: CHAT },
        }),
      })
      expect(saved.status).toBe(200)
      elsewhere = createServer((request, response) => {
        const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
        response.setHeader('content-type', 'text/html; charset=utf-8')
        response.setHeader(
          'content-security-policy',
          `default-src 'none'; script-src ${service.url}; connect-src ${service.url}; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
        )
        response.end(otherPage(searchParams.get('attributes') ?? ''))
      })
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    })
    afterAll(() => new Promise((resolve) => elsewhere.close(resolve)))
    afterAll(() => service.stop())
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))

    /** A page of another company, whose policy allows nothing but the help centre's script. */
    const otherPage = (attributes: string) => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Boutique</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>Boutique</h1>
<script src="${service.url}/help/embed.js" ${attributes}></script>
<noscript><a href="${service.url}/help/fr">Rechercher dans l’aide</a></noscript>
</main></body></html>`
    // Another site than 127.0.0.1.
    const elsewhereAt = (attributes = '') =>
      `http://localhost:${(elsewhere.address() as AddressInfo).port}/?attributes=${encodeURIComponent(attributes)}`

    const open = (path: string, options?: BrowserContextOptions) => workbench.openAt(service, path, options)

    async function searchInVain(page: Page): Promise<void> {
      const rows = async () => Number((await db.sql('searches').count({ n: '*' }))[0]?.n)
      const before = await rows()
      for (const [at, q] of ['décodeur', 'redémarrer le décodeur'].entries()) {
        await page.goto(`/help/fr/search?q=${encodeURIComponent(q)}`)
        await eventually(rows, (count) => count > before + at)
      }
      await page.goto(`/help/fr/search?q=${encodeURIComponent('rendre le décodeur')}`)
    }

    it.each([
      ['with', {}],
      ['without', NO_SCRIPT],
    ] as const)('is offered help once, %s JavaScript, and may close it', async (_, options) => {
      const { page } = await open('/help/fr', { ...options, viewport: { width: 320, height: 640 } })
      await searchInVain(page)
      const offer = page.locator('details.offer')
      const ask = offer.getByRole('link', { name: 'Poser une question' })
      await ask.waitFor()
      expect(await offer.getByRole('link', { name: 'Discuter avec nous' }).getAttribute('href')).toBe(CHAT)
      if (options !== NO_SCRIPT) expect(await accessibilityFaults(page)).toEqual([])
      const { width, height } = page.viewportSize()!
      expect([width, height]).toEqual([320, 640])
      await page.getByText('Masquer').click()
      await ask.waitFor({ state: 'hidden' })
      await page.goto(`/help/fr/search?q=${encodeURIComponent('déplacer')}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await offer.count()).toBe(0)
      await page.getByRole('link', { name: 'Poser une question' }).waitFor()

      await page.getByRole('link', { name: 'Déplacer le décodeur' }).first().click()
      await page.getByRole('button', { name: 'Non', exact: true }).click()
      await page.getByText('Voulez-vous que quelqu’un vous aide').waitFor()
      if (options !== NO_SCRIPT) {
        expect(await accessibilityFaults(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      }
      await page.getByRole('link', { name: 'Poser une question' }).click()
      await page.getByLabel('Votre question en quelques mots').waitFor()
      expect(await page.locator('input[name=after]').getAttribute('value')).toMatch(/^art_/)
    })

    it('is seen by a knowledge manager, by page and by search, who sets the chat', async () => {
      const { page: reader } = await open('/help/fr')
      await searchInVain(reader)
      await reader.goto('/help/fr/search?q=d%C3%A9placer')
      await reader.getByRole('link', { name: 'Déplacer le décodeur' }).first().click()
      await reader.getByRole('button', { name: 'Non', exact: true }).click()
      await reader.getByText('Voulez-vous que quelqu’un vous aide').waitFor()
      const noted = () => db.sql('abandonment_signs').where({ sign: 'no' }).select()
      await eventually(noted, (rows) => rows.length > 0)

      const { page } = await workbench.open(service, { role: 'knowledge-manager' }, '/search/gaps')
      await page.getByRole('link', { name: 'Abandonment' }).click()
      await page.getByRole('link', { name: 'Déplacer le décodeur' }).waitFor()
      await page.getByText('too few to say').first().waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByLabel('Sign', { exact: true }).selectOption({ label: 'Asked all the same' })
      await page.getByText('Nothing fits these filters').waitFor()
      await page.getByRole('link', { name: 'Clear filters' }).click()
      await page.getByLabel('List by').selectOption({ label: 'Searches' })
      await page.getByText('déplacer', { exact: true }).waitFor()
      expect(page.url()).toContain('by=query')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.setViewportSize({ width: 320, height: 640 })
      for (const by of ['page', 'query']) {
        await page.goto(`/app/search/abandonment?by=${by}`)
        await page.getByText('déplacer').first().waitFor()
        expect([by, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([by, 320])
      }
      await page.goto('/app/settings/help-centre')
      await page.getByLabel('Address of the chat').fill('javascript:alert(1)')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Give an address that begins with https://').waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
    })

    it('finds the help centre from a page of another site with a strict policy', async () => {
      const { page, context } = await workbench.openAt(service, elsewhereAt())
      const box = page.getByRole('combobox', { name: 'Rechercher dans le centre d’aide' })
      await box.pressSequentially('rendre')
      const option = page.getByRole('option')
      await option.first().waitFor()
      expect(await option.allTextContents()).toEqual(['Rendre le décodeur'])
      expect(await page.getByRole('status').textContent()).toBe('Suggestions\u00a0: 1')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('ArrowDown')
      expect(await option.first().getAttribute('aria-selected')).toBe('true')
      await page.keyboard.press('Escape')
      expect(await box.getAttribute('aria-expanded')).toBe('false')
      await box.fill('zzzz')
      const said = () => page.getByRole('status').textContent()
      expect(await eventually(said, (text) => text === 'Aucune suggestion')).toBe('Aucune suggestion')
      expect(await context.cookies()).toEqual([])
      await box.fill('décodeur')
      await page.getByRole('button', { name: 'Rechercher' }).click()
      await page.waitForURL(`${service.url}/help/fr/search?q=d%C3%A9codeur`)

      await page.goto(
        elsewhereAt(
          'data-language="en" data-label="Find help" data-accent="#7a0019" data-on-accent="#ffffff"',
        ),
      )
      const english = page.getByRole('combobox', { name: 'Find help' })
      await english.waitFor()
      const colour = await page
        .getByRole('button', { name: 'Search' })
        .evaluate((button) => getComputedStyle(button).backgroundColor)
      expect(colour).toBe('rgb(122, 0, 25)')
      await page.setViewportSize({ width: 320, height: 640 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await accessibilityFaults(page)).toEqual([])
      await english.fill('decoder')
      await page.keyboard.press('Enter')
      await page.waitForURL(`${service.url}/help/en/search?q=decoder`)
    })

    it('finds a link there without JavaScript, and the script is small', async () => {
      const { page } = await workbench.openAt(service, elsewhereAt(), NO_SCRIPT)
      await page.getByRole('link', { name: 'Rechercher dans l’aide' }).click()
      await page.getByRole('searchbox').waitFor()
      const script = await (await fetch(`${service.url}/help/embed.js`)).text()
      expect(gzipSync(script).byteLength).toBeLessThan(EMBED_BUDGET)
    })
  })
})
