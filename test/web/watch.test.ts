import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../src/access/actor.ts'
import { burst } from '../support/burst.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { DEMO, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const TABS = ['', '/alerts', '/audit', '/parity', '/drift', '/topics']

describeInBrowser('what supervisors watch in the browser', (workbench) => {
  describeEachDatabase.rarely('over the demo community and a burst of posts', (database) => {
    let address: TestDatabase
    let service: Service
    let key: string

    beforeAll(async () => {
      address = await database([...DEMO, SERVED, TRAIN])
      key = (await keyOf(address, 'supervisor')).token
      mkdirSync(join(address.home, 'in'), { recursive: true })
      const file = join(address.home, 'in', 'burst.ndjson')
      writeFileSync(file, burst(Date.now()))
      await runJson(address, ['import', 'ndjson', file, '--source', 'desk', '--audience', 'public'])
      service = await startService(address)
    })
    afterAll(async () => {
      expect(await service.stop()).toBe(0)
    })

    const open = (who: { readonly role: Role }, path: string) => workbench.open(service, who, path)

    it('measure drift when asked, and say what changed with threads that show it', async () => {
      const { page } = await open({ role: 'supervisor' }, '/watch/drift')
      await page.getByRole('heading', { name: 'Drift has not been measured yet.' }).waitFor()
      await page.getByRole('button', { name: 'Measure now' }).click()
      await page.getByText(/^Being measured/).waitFor()
      const measured = async () => {
        const { body } = await service.call<{ items: unknown[] }>('/api/insight/drift?facet=category', {
          key,
        })
        return body.items.length
      }
      expect(await eventually(measured, (count) => count > 0)).toBe(1)
      await page.reload()
      await page.getByText(/differ from those that the model knows/).waitFor()
      const lumora = page.getByRole('row', { name: /Posts with “lumora”/ }).first()
      expect(await lumora.getByRole('cell').allInnerTexts()).toEqual([
        '0',
        '24',
        expect.stringMatching(/^Hardly/),
      ])
      await lumora.getByText(/^\d+ examples?$/).click()
      await lumora
        .getByRole('link', { name: /Lumora/ })
        .first()
        .waitFor()
    })

    it('accept a rising topic as a label, keeping what was typed over a reload', async () => {
      const topics = async () => {
        const { body } = await service.call<{ items: unknown[] }>('/api/insight/topics', { key })
        return body.items.length
      }
      expect(await eventually(topics, (count) => count > 0)).toBeGreaterThan(0)
      const { page } = await open({ role: 'supervisor' }, '/watch/topics')
      await page
        .getByText(/fit no label/)
        .first()
        .waitFor()
      await page.getByRole('button', { name: 'Accept as a label' }).first().click()
      const name = page.getByLabel('Name of the label')
      await name.fill('television-stick')
      await page.reload()
      await page.getByRole('button', { name: 'Accept as a label' }).first().click()
      expect(
        await eventually(
          () => name.inputValue(),
          (text) => text === 'television-stick',
        ),
      ).toBe('television-stick')
      await page.getByLabel('Description (optional)').fill('The Lumora stick')
      await name.press('Enter')
      await name.waitFor({ state: 'detached' })
      await page.getByRole('link', { name: 'Accepted' }).click()
      await page.getByRole('heading', { name: 'television-stick' }).waitFor()
      const { body } = await service.call<{ items: { name: string }[] }>('/api/facets/category/labels', {
        key,
      })
      expect(body.items.map((label) => label.name)).toContain('television-stick')
    })

    it('compare French and English, and say where there are too few to say', async () => {
      const { page } = await open({ role: 'supervisor' }, '/watch/parity')
      const chart = page.getByRole('listbox', { name: 'French and English' })
      await chart.focus()
      await page.keyboard.press('ArrowDown')
      const english = chart.getByRole('option', { selected: true })
      expect(await english.innerText()).toMatch(/Right, English\s+\d+% \(\d+–\d+%\) of \d+/)
      await page.keyboard.press('t')
      expect(await page.getByRole('rowheader', { name: /French/ }).count()).toBe(2)

      await page.getByRole('link', { name: 'Audit' }).click()
      await page.getByText('None: nothing to say').first().waitFor()
      await page.getByLabel('Judged').selectOption('active')
      await eventually(
        () => page.url(),
        (url) => url.endsWith('judged=active'),
      )
      expect(page.url()).toMatch(/\/watch\/audit\?judged=active$/)
    })

    it('are a supervisor’s place', async () => {
      const { page } = await open({ role: 'agent' }, '/watch')
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    })

    it.each([
      ['light', 'fr'],
      ['dark', 'en'],
    ])('are accessible in the %s theme, in %s, at any width', async (theme, language) => {
      const { page, context } = await open({ role: 'supervisor' }, '/watch')
      await context.addCookies([
        { name: 'entraide_theme', value: theme, url: service.url },
        { name: 'entraide_language', value: language, url: service.url },
      ])
      for (const tab of TABS) {
        await page.goto(`/app/watch${tab}`)
        await page.locator('h1').waitFor()
        await eventually(
          () => page.locator('.loading').count(),
          (count) => count === 0,
        )
        expect([tab, await accessibilityFaults(page)]).toEqual([tab, []])
        await page.setViewportSize({ width: 320, height: 640 })
        const width = () => page.evaluate<number>('document.documentElement.scrollWidth')
        expect([tab, await eventually(width, (wide) => wide === 320)]).toEqual([tab, 320])
        await page.setViewportSize({ width: 1440, height: 900 })
      }
    })
  })
})
