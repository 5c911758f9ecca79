import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeCommunity } from '../support/community.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { describeInBrowser } from './support/workbench.ts'

const BROKEN = [
  'not a record',
  JSON.stringify({ type: 'post', id: 'lost', threadId: 'nowhere', kind: 'answer' }),
]

describeInBrowser('sources in the browser', (workbench) => {
  describeEachDatabase.rarely('of a service without any', (database) => {
    let address: TestDatabase
    let service: Service
    let file: string

    beforeAll(async () => {
      address = await database([SERVED])
      file = writeCommunity(join(address.home, 'export.ndjson'), { threads: 60 })
      appendFileSync(file, `${BROKEN.join('\n')}\n`)
      service = await startService(address)
    })
    afterAll(async () => {
      expect(await service.stop()).toBe(0)
    })

    it('let a knowledge manager import a file, see what it brought and what was rejected, and open the threads', async () => {
      const { page } = await workbench.open(service, { role: 'knowledge-manager' }, '/sources')
      await page.getByText('No community yet').waitFor()
      await page.getByRole('button', { name: 'Import a file' }).click()
      const form = page.getByRole('dialog', { name: 'Import a file' })
      await form.getByLabel('Files').setInputFiles(file)
      await form.getByLabel('Source').fill('routers')
      await form.getByRole('button', { name: 'Import', exact: true }).click()

      await page.getByRole('heading', { name: 'Import of routers' }).waitFor()
      await page.getByText('completed', { exact: true }).waitFor()
      const threads = page.getByRole('row', { name: /^Threads/ })
      expect(await threads.getByRole('cell').allInnerTexts()).toEqual(['Threads', '60', '0', '0', '0'])
      const rejected = page.getByRole('region', { name: 'Rejected records' }).getByRole('row')
      await rejected.nth(BROKEN.length).waitFor()
      const lines = (await rejected.allInnerTexts()).slice(1)
      expect(lines).toHaveLength(BROKEN.length)
      for (const line of lines) expect(line).toMatch(/export\.ndjson(:\d+)?\s.+\s[A-Z_]+/)

      await page.getByRole('link', { name: 'routers' }).click()
      await page.getByRole('link', { name: 'Its threads' }).click()
      await page.waitForURL(/\/app\/threads\?source=routers/)
      await page
        .getByText(/^Router model \d+ loses its/)
        .first()
        .waitFor()
    })

    it('connect a platform, rotate its secret so that both hold for a while, and revoke the old one', async () => {
      const { page } = await workbench.open(service, { role: 'admin' }, '/sources/routers')
      const secretOf = async (button: string) => {
        await page.getByRole('button', { name: button }).click()
        const made = page.getByRole('dialog', { name: 'Discourse' })
        await made.locator('.secret code').nth(1).waitFor()
        const texts = await made.locator('.secret code').allInnerTexts()
        await made.getByRole('button', { name: 'I have copied it' }).click()
        return texts
      }
      const [where, first] = await secretOf('Connect Discourse')
      expect(where).toMatch(new RegExp(`^${service.url}/`))
      const secrets = page.getByRole('region', { name: 'Live updates' }).getByRole('row')
      await secrets.nth(1).waitFor()

      const [again, second] = await secretOf('New secret for Discourse')
      expect(again).toBe(where)
      expect(second).not.toBe(first)
      await secrets.nth(2).waitFor()
      const old = secrets.filter({ hasText: /\d{4}.+\d{4}/ })
      await old.getByRole('button', { name: 'Revoke' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
      await old.waitFor({ state: 'detached' })
      expect(await secrets.count()).toBe(2)
      expect(await page.content()).not.toContain(second)
    })

    it('show a supervisor the imports, and nothing that only others may do', async () => {
      const { page } = await workbench.open(service, { role: 'supervisor' }, '/sources/routers')
      await page.getByRole('link', { name: 'Its threads' }).waitFor()
      await page.getByText('completed', { exact: true }).waitFor()
      expect(await page.locator('main').getByRole('button').count()).toBe(0)
      expect(await page.locator('main').getByRole('alert').count()).toBe(0)
    })

    it('say in the form why an upload is refused, and keep what was entered', async () => {
      const { page } = await workbench.open(service, { role: 'knowledge-manager' }, '/sources')
      await page.getByRole('button', { name: 'Import a file' }).click()
      const form = page.getByRole('dialog', { name: 'Import a file' })
      await form.getByLabel('Files').setInputFiles(file)
      await form.getByLabel('Source').fill('routers')
      await page.route('**/api/imports', (route) =>
        route.fulfill({ status: 413, json: { code: 'UPLOAD_TOO_LARGE', detail: 'The file is too large.' } }),
      )
      await form.getByRole('button', { name: 'Import', exact: true }).click()
      await form.getByText('The file is too large.').waitFor()
      await form.getByRole('alert').waitFor()
      expect(await form.getByLabel('Source').inputValue()).toBe('routers')
    })
  })
})
