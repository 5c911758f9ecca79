import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const article = (id: number, title: string, translation: string) => ({
  ...{ id, locale: 'fr', title, draft: false, body: '<p>Ouvrez les réglages.</p>' },
  translations: [{ locale: 'en', title: translation, body: '<p>Open the settings.</p>', draft: false }],
})
const GUIDE = {
  articles: [
    article(1, 'Activer l’itinérance à l’étranger', 'Turn on roaming abroad'),
    article(2, 'Payer l’itinérance', 'Pay for roaming'),
    article(3, 'Lire sa facture', 'Read your bill'),
  ],
}
const createdAt = '2025-06-01T10:00:00Z'
const post = (id: string, kind: string, body: string) => ({
  ...{ type: 'post', kind, id, threadId: 't1', authorId: 'm1', body, createdAt },
})
const FORUM = [
  { type: 'member', id: 'm1', name: 'Ana' },
  { type: 'thread', id: 't1', title: 'Itinérance en mer, sans réseau', createdAt },
  post('q1', 'question', 'Mon itinérance ne marche pas en mer. Que faire de mon forfait ?'),
  post('a1', 'answer', 'Attendez le port, puis activez l’itinérance dans les réglages.'),
  { type: 'acceptance', threadId: 't1', postIds: ['a1'] },
]
const VISITS = 5

describeInBrowser('the search box of the help centre', (workbench) => {
  describeEachDatabase.rarely('of articles in two languages', (database) => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-suggestions-'))
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
      for (let visit = 0; visit < VISITS; visit++)
        for (const path of ['fr/search?q=payer+son+itin%C3%A9rance', 'en/search?q=how+to+pay+for+roaming'])
          await eventually(
            async () => (await fetch(`${service.url}/help/${path}`)).status,
            (status) => status === 200,
          )
      // What was asked is stored a moment later, and read anew some minutes after.
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      const suggested = async () => (await fetch(`${service.url}/help/fr/suggestions?q=itin`)).text()
      await eventually(suggested, (text) => text.includes('"question"'))
    })
    afterAll(() => service.stop())
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))

    const open = async (path: string, options?: Parameters<typeof workbench.openAt>[2]) => {
      const { page } = await workbench.openAt(service, path, options)
      const option = page.getByRole('option')
      /** Types a text into the box, key by key. @returns what is suggested for it */
      const type = async (text: string) => {
        await page.getByRole('combobox').pressSequentially(text)
        return shown(page)
      }
      return { page, option, box: page.getByRole('combobox'), type }
    }

    /** What stands in the list, by the names of its groups, once the list is of what stands in the box. */
    async function shown(page: Page): Promise<Record<string, string[]>> {
      const typed = await page.getByRole('combobox').inputValue()
      await page
        .getByRole('option')
        .filter({ hasText: new RegExp(`[“«].?${typed.trim()}.?[”»]$`) })
        .waitFor()
      const groups = await page.getByRole('group').all()
      return Object.fromEntries(
        await Promise.all(
          groups.map(async (group) => [
            await group.getAttribute('aria-label'),
            await group.getByRole('option').allTextContents(),
          ]),
        ),
      )
    }

    it('completes words, and suggests questions, articles and threads, in French', async () => {
      const { page, option, box, type } = await open('/help/fr')
      expect(await type('itin')).toEqual({
        'Poursuivre la saisie': ['itinérance'],
        'Souvent demandé': ['payer son itinérance'],
        Articles: ['Payer l’itinérance', 'Activer l’itinérance à l’étranger'],
        'Répondu dans la communauté': ['Itinérance en mer, sans réseau'],
      })
      expect(await page.getByRole('status').textContent()).toBe('5 suggestions')
      expect(await option.first().locator('b').allTextContents()).toEqual(['itin'])
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('ArrowDown')
      expect(await box.getAttribute('aria-activedescendant')).toBe(await option.first().getAttribute('id'))
      await page.keyboard.press('Enter')
      expect(await box.inputValue()).toBe('itinérance')
      expect((await shown(page))['Poursuivre la saisie']).toEqual([
        'itinérance à l’étranger',
        'itinérance en mer',
      ])
      expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Itinérance en mer' }).waitFor()
    })

    it('does so in English, by mouse too, and forgives a slip', async () => {
      const { page, option, box, type } = await open('/help/en', { colorScheme: 'dark' })
      expect(await type('roma')).toMatchObject({ 'Go on typing': ['roaming'] })
      await option.first().click()
      expect(await box.inputValue()).toBe('roaming')
      expect(await shown(page)).toEqual({
        'Go on typing': ['roaming abroad'],
        'Often asked': ['how to pay for roaming'],
        Articles: ['Pay for roaming', 'Turn on roaming abroad'],
      })
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      expect(await option.count()).toBe(0)
      await box.press('s')
      await box.press('Backspace')
      await shown(page)
      await option.filter({ hasText: 'how to pay' }).click()
      await page.getByRole('heading', { level: 1, name: 'how to pay for roaming' }).waitFor()
    })

    it('fits 320 pixels', async () => {
      const { page, type } = await open('/help/fr', { viewport: { width: 320, height: 640 } })
      await type('itin')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      expect(await accessibilityFaults(page)).toEqual([])
    })
  })
})
