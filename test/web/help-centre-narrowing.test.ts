import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const article = (id: number, title: string, section_id: number, body: string, french?: string) => ({
  ...{ id, locale: 'en', title, body: `<p>${body}</p>`, section_id, draft: false },
  translations:
    french === undefined ? [] : [{ locale: 'fr', title: french, body: '<p>Data.</p>', draft: false }],
})
const GUIDE = {
  articles: [
    article(1, 'Use data abroad', 1, 'Switch the airplane mode off.', 'Data à l’étranger'),
    article(2, 'Data is slow', 2, 'Choose another network.', 'Data trop lente'),
    article(3, 'Data prices', 1, 'Airplane or not, in any mode.'),
  ],
  sections: [
    { id: 1, name: 'Abroad' },
    { id: 2, name: 'Network' },
  ],
}

const createdAt = '2025-06-01T10:00:00Z'
const post = (kind: string, body: string) => ({
  ...{ type: 'post', kind, id: kind, threadId: 't1', authorId: 'm1', body, createdAt },
})
const FORUM = [
  { type: 'member', id: 'm1', name: 'Ana' },
  { type: 'thread', id: 't1', title: 'Data does not work', createdAt },
  post('question', 'No data at all.'),
  post('answer', 'Restart the phone.'),
  { type: 'acceptance', threadId: 't1', postIds: ['answer'] },
]

describeInBrowser('narrowing results of the help centre', (workbench) => {
  describeEachDatabase.rarely('by links', (database) => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-narrowing-'))
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
    const titles = (page: Page) => page.locator('.results a').allTextContents()
    const number = (page: Page) => page.locator('main [role=status]').textContent()

    it.each([true, false])('works by mouse and keyboard, JavaScript: %s', async (javaScriptEnabled) => {
      const { page } = await open('/help/en', { javaScriptEnabled })
      await page.getByRole(javaScriptEnabled ? 'combobox' : 'searchbox').fill('data')
      await page.keyboard.press('Enter')
      const choices = page.getByRole('navigation', { name: 'Show only' })
      await choices.getByRole('link', { name: 'Abroad 2' }).click()
      await choices.getByRole('link', { name: 'Abroad 2 (show the others again)' }).waitFor()
      expect(await number(page)).toBe('2 results')
      expect((await titles(page)).sort()).toEqual(['Data prices', 'Use data abroad'])
      expect(new URL(page.url()).searchParams.get('q')).toBe('data')
      await choices.getByRole('link', { name: 'Français 1' }).press('Enter')
      await page.getByText('1 result', { exact: true }).waitFor()
      expect(await titles(page)).toEqual(['Data à l’étranger'])
      await page.goBack()
      await choices.getByRole('link', { name: 'Abroad 2 (show the others again)' }).click()
      await page.getByText('4 results').waitFor()
      await choices.getByRole('link', { name: 'Answered questions 1' }).click()
      await page.getByText('1 result', { exact: true }).waitFor()
      expect(await titles(page)).toEqual(['Data does not work'])
      await page.getByRole('link', { name: 'Show all results' }).click()
      await page.getByText('4 results').waitFor()
    })

    it('follows operators, which a short help explains', async () => {
      const { page } = await open('/help/en/search?q=data', { javaScriptEnabled: false })
      const help = page.getByText('How to write a search')
      await help.click()
      await page.getByText('these words, next to each other').waitFor()
      await page.getByRole('searchbox').fill('"airplane mode"')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Results for “"airplane mode"”' }).waitFor()
      expect(await titles(page)).toEqual(['Use data abroad'])
      expect(await page.locator('.results mark').allTextContents()).toEqual(['airplane mode'])
    })

    it('is accessible and fits 320 pixels, light and dark, in both languages', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await open('/help/fr', { colorScheme, viewport: { width: 320, height: 640 } })
        for (const path of ['/help/en/search?q=data&topic=Abroad', '/help/fr/search?q=data']) {
          await page.goto(path)
          await page.locator('.how summary').click()
          expect([path, colorScheme, ...(await accessibilityFaults(page))]).toEqual([path, colorScheme])
          expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320])
        }
      }
    })
  })
})
