import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../src/access/actor.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { QUESTIONS, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { addFacet } from './support/facets.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const TABS = ['', '/labels', '/confusion', '/reliability', '/budget', '/curve', '/compare']

describeInBrowser('models in the browser', (workbench) => {
  describeEachDatabase.rarely('trained on the demo questions', (database) => {
    let address: TestDatabase
    let service: Service

    beforeAll(async () => {
      address = await database([...QUESTIONS, SERVED, TRAIN, TRAIN])
      service = await startService(address)
      await addFacet(service, 'colour')
    })
    afterAll(async () => {
      expect(await service.stop()).toBe(0)
    })

    const open = (who: { readonly role: Role }, path: string) => workbench.open(service, who, path)

    /** Where the address bar stands, below `/app`. */
    const addressOf = (page: Page) => page.evaluate<string>('location.pathname.slice(4) + location.search')

    const hasFocus = async (element: Locator) =>
      (await element.and(element.page().locator(':focus')).count()) === 1

    it('let a supervisor drag the budget, apply it, see the coverage change, and undo it', async () => {
      const { page } = await open({ role: 'supervisor' }, '/models/message-kind/budget')
      const now = page
        .getByRole('row', { name: /^Assigned \d/ })
        .getByRole('cell')
        .first()
      const before = await now.innerText()
      const handle = page.getByRole('slider', { name: 'Highest share of wrong labels among those assigned' })
      const box = await handle.boundingBox()
      if (box === null) throw new Error('no handle')
      const middle = box.y + box.height / 2
      await page.mouse.move(box.x + box.width / 2, middle)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width - 1, middle, { steps: 8 })
      await page.mouse.up()
      await page.getByText('With at most 30% wrong among assigned labels').waitFor()
      expect(await addressOf(page)).toBe('/models/message-kind/budget?budget=0.3')
      expect(await handle.getAttribute('aria-valuetext')).toMatch(/With at most 30% wrong .+ a day go/)

      await page.getByRole('button', { name: 'Apply 30%' }).click()
      await page.getByText('The budget is 30% now, 7% before.').waitFor()
      const changed = await eventually(
        () => now.innerText(),
        (text) => text !== before,
      )
      expect(Number.parseFloat(changed)).toBeGreaterThan(Number.parseFloat(before))
      const { token } = await keyOf(address, 'supervisor')
      const budget = async () => {
        const { body } = await service.call<{ items: { name: string; riskBudget: number }[] }>(
          '/api/facets',
          {
            key: token,
          },
        )
        return body.items.find(({ name }) => name === 'message-kind')?.riskBudget
      }
      expect(await budget()).toBe(0.3)

      await page.keyboard.press('z')
      expect(
        await eventually(
          () => now.innerText(),
          (text) => text === before,
        ),
      ).toBe(before)
      expect(await budget()).toBe(0.07)
    })

    it('move the budget by arrow keys, and by dragging over the curve', async () => {
      const { page } = await open({ role: 'supervisor' }, '/models/category/budget')
      const handle = page.getByRole('slider')
      await handle.focus()
      await page.keyboard.press('End')
      await page.getByRole('button', { name: 'Apply 30%' }).waitFor()
      await page.keyboard.press('ArrowLeft')
      expect(await page.getByRole('button', { name: 'Apply 30%' }).count()).toBe(0)
      const drawing = page.getByRole('listbox', { name: 'Risk and coverage' }).locator('svg')
      const box = await drawing.boundingBox()
      if (box === null) throw new Error('no drawing')
      await page.mouse.move(box.x + box.width / 2, box.y + 40)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width / 2, box.y + 30)
      await page.mouse.up()
      await page.getByRole('button', { name: 'Apply 30%' }).waitFor()
    })

    it('show agents the budget and its price, and let them change nothing', async () => {
      const { page } = await open({ role: 'agent' }, '/models/category/budget')
      await page.getByText('Supervisors may change the budget.').waitFor()
      expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0)
      expect(await page.getByRole('button', { name: 'Train now' }).count()).toBe(0)
      await page.getByRole('link', { name: 'Learning curve' }).click()
      await page.getByRole('heading', { name: 'Supervisors see the learning curve' }).waitFor()
    })

    it('open the threads of a cell of the matrix by keyboard, and go back to that cell', async () => {
      const { page } = await open({ role: 'agent' }, '/models/category/confusion')
      const grid = page.getByRole('grid', { name: 'Confusion' })
      await grid.waitFor()
      await grid.locator('[tabindex="0"]').focus()
      const focused = () => page.evaluate<string>("document.activeElement?.getAttribute('data-cell')")
      expect(await focused()).toBe('0-0')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      expect(await focused()).toBe('1-1')
      const cell = page.locator('[data-cell="1-1"]')
      const count = Number(await cell.innerText())
      expect(await cell.getAttribute('aria-label')).toMatch(new RegExp(`predicted as .+: ${count} of \\d+$`))

      await page.keyboard.press('Enter')
      const heading = page.getByRole('heading', { name: /recognised as such/ })
      await heading.waitFor()
      expect(await addressOf(page)).toMatch(/confusion\?truth=.+&predicted=/)
      expect(await eventually(() => hasFocus(heading), Boolean)).toBe(true)
      await eventually(
        () => page.locator('.thread-row').count(),
        (shown) => shown === Math.min(20, count),
      )
      expect(await page.locator('.thread-row a').count()).toBe(Math.min(20, count))

      await page.goBack()
      await heading.waitFor({ state: 'detached' })
      expect(await focused()).toBe('1-1')
      await page.goForward()
      await heading.waitFor()
      await page.reload()
      await grid.waitFor()
      await heading.waitFor()
      await page.getByRole('button', { name: 'Close' }).click()
      expect(await eventually(focused, (cellOf) => cellOf === '1-1')).toBe('1-1')
    })

    it('say a chart point by point, as a table, as a file, and by what is behind it', async () => {
      const { page } = await open({ role: 'agent' }, '/models/category/reliability')
      const chart = page.getByRole('listbox', { name: 'Reliability' })
      await chart.focus()
      const selected = () => chart.getByRole('option', { selected: true }).innerText()
      const first = await selected()
      expect(first).toMatch(/^Confidence \d+–\d+%: /)
      await page.keyboard.press('ArrowRight')
      const second = await eventually(selected, (text) => text !== first)
      expect(second).not.toBe(first)
      await page.keyboard.press('End')
      await page.keyboard.press('Home')
      expect(await eventually(selected, (text) => text === first)).toBe(first)

      await page.keyboard.press('t')
      const table = page.getByRole('table')
      await table.waitFor()
      expect(await addressOf(page)).toBe('/models/category/reliability?table=reliability')
      const region = page.getByRole('region', { name: 'Reliability' })
      expect(await eventually(() => hasFocus(region), Boolean)).toBe(true)
      expect(await table.getByRole('rowheader').count()).toBe(10)
      const downloading = page.waitForEvent('download')
      await page.keyboard.press('d')
      const download = await downloading
      expect(download.suggestedFilename()).toBe('reliability.csv')
      const lines = readFileSync(await download.path(), 'utf8')
        .trimEnd()
        .split('\r\n')
      expect(lines[0]).toBe('\ufeffConfidence,Predictions,Mean confidence,Right')
      expect(lines).toHaveLength(11)

      await page.keyboard.press('t')
      await chart.waitFor()
      expect(await eventually(() => hasFocus(chart), Boolean)).toBe(true)
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: /^Confidence \d+–\d+%$/ }).waitFor()
      await page.locator('.thread-row').first().waitFor()
    })

    it('activate another version and undo it, and compare the two on the same threads', async () => {
      const { page } = await open({ role: 'supervisor' }, '/models/category')
      const rows = page
        .getByRole('listitem')
        .filter({ has: page.getByRole('heading', { name: /^Version / }) })
      await rows.first().waitFor()
      const statusOf = (version: number) =>
        rows
          .filter({ has: page.getByRole('heading', { name: `Version ${version} ` }) })
          .locator('.badge')
          .innerText()
      const active = (await statusOf(2)) === 'active' ? 2 : 1
      const other = 3 - active
      await page.getByRole('button', { name: /^(Roll back to|Activate)/ }).click()
      await page.getByText(`Version ${other} is active now.`).waitFor()
      const undo = page.getByRole('button', { name: 'Undo' })
      expect(await eventually(() => hasFocus(undo), Boolean)).toBe(true)
      expect(
        await eventually(
          () => statusOf(other),
          (status) => status === 'active',
        ),
      ).toBe('active')
      await page.keyboard.press('z')
      expect(
        await eventually(
          () => statusOf(active),
          (status) => status === 'active',
        ),
      ).toBe('active')

      // An event of another change is not the end of a training that was only asked for.
      await page.route('**/api/models/category/train', (route) => route.fulfill({ status: 202, body: '' }))
      await page.getByRole('button', { name: 'Train now' }).click()
      await page.getByText(/^Training\. This page shows/).waitFor()
      expect(await page.getByText('The training has ended.').count()).toBe(0)

      await page.getByRole('link', { name: 'Compare with the active one' }).click()
      await page
        .getByText(/threads that both predicted held out|same held-out predictions/)
        .first()
        .waitFor()
      expect(await addressOf(page)).toBe(`/models/category/compare?version=${other}&other=${active}`)
    })

    it('say what is missing where there is nothing to show', async () => {
      const { page } = await open({ role: 'supervisor' }, '/models/colour/budget')
      await page.getByRole('heading', { name: 'No version has been trained yet' }).waitFor()
      await page.goto('/app/models/nothing')
      await page.getByRole('alert').waitFor()
    })

    it.each([
      ['light', 'en'],
      ['dark', 'fr'],
    ])('are accessible in the %s theme, in %s, at any width', async (theme, language) => {
      const { page, context } = await open({ role: 'supervisor' }, '/models')
      await context.addCookies([
        { name: 'entraide_theme', value: theme, url: service.url },
        { name: 'entraide_language', value: language, url: service.url },
      ])
      for (const tab of [undefined, ...TABS]) {
        await page.goto(tab === undefined ? '/app/models' : `/app/models/category${tab}`)
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
