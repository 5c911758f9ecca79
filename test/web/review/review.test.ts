import type { CDPSession } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { COMMUNITY } from '../../support/demo.ts'
import { eventually } from '../../support/eventually.ts'
import { SERVED } from '../../support/prepared.ts'
import { type Service, startService } from '../../support/service.ts'
import { addFacet } from '../support/facets.ts'
import { annotationsIn, LABELS, nextTitle, press, shownTitle } from '../support/review-desk.ts'
import { describeInBrowser } from '../support/workbench.ts'

const PATH = '/review?facet=product'

describeInBrowser('the review queue in the browser', (workbench) => {
  describeEachDatabase('with threads of a community', (database) => {
    let address: TestDatabase
    let service: Service
    let annotations: ReturnType<typeof annotationsIn>

    beforeAll(async () => {
      address = await database([...COMMUNITY, SERVED])
      annotations = annotationsIn(address)
      service = await startService(address)
      await addFacet(service, 'product', LABELS)
    })
    afterAll(() => service.stop())
    // What an agent was handed is nobody else's for a quarter of an hour.
    afterEach(() => address.db.sql('review_claims').delete())

    const agent = (path = PATH) => workbench.open(service, { role: 'agent' }, path)

    it('is worked through by the keyboard alone: twenty posts, each once, in the order in which they were shown', async () => {
      const before = (await annotations.inForce()).length
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const shown: string[] = []
      for (let at = 0; at < 20; at += 1) {
        // A person answers what they see: the next post has another title.
        shown.push(
          await eventually(
            () => shownTitle(page),
            (title) => title !== shown.at(-1),
          ),
        )
        await press(page, `Digit${(at % 3) + 1}`)
      }
      expect(shown.filter((title, at) => shown.indexOf(title) !== at)).toEqual([])
      const made = await annotations.since(before, 20)
      expect(made.map(({ title }) => title)).toEqual(shown)
      expect(made.map(({ label }) => label)).toEqual(shown.map((_, at) => LABELS[at % 3]))
      expect(await page.locator('.review-past').count()).toBe(10)
      await page.getByText(/^Saved at/).waitFor()
    })

    it('takes answers back one after the other, and gives them again', async () => {
      const before = (await annotations.inForce()).length
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const shown: string[] = []
      for (const key of ['Digit1', 'Digit2', 's']) {
        shown.push(await shownTitle(page))
        await press(page, key)
      }
      await annotations.since(before, 2)
      expect(await press(page, 'z')).toBe(shown[2])
      expect(await press(page, 'Backspace')).toBe(shown[1])
      expect(await press(page, 'z')).toBe(shown[0])
      expect(await annotations.since(before, 0)).toEqual([])
      expect(await press(page, 'Shift+Z')).toBe(shown[1])
      expect((await annotations.since(before, 1)).map(({ label, title }) => [label, title])).toEqual([
        ['bill', shown[0]],
      ])
      await page.locator('.review-past').getByRole('button').first().click()
      expect(await annotations.since(before, 0)).toEqual([])
      const skips = await address.db.sql('review_skips').whereNull('undone_at')
      expect(skips).toEqual([])
    })

    it('goes by the place of a digit on the keyboard, whatever the layout writes there', async () => {
      const before = (await annotations.inForce()).length
      const { page, context } = await agent()
      await page.waitForSelector('.review-label')
      const title = await shownTitle(page)
      await typeOn(await context.newCDPSession(page), { key: 'é', code: 'Digit2' })
      await nextTitle(page, title)
      expect(await annotations.since(before, 1)).toMatchObject([{ label: 'other', title }])
    })

    it('loses nothing while the server is stopped under the open page, nor when the tab is closed', async () => {
      const before = (await annotations.inForce()).length
      const { page, context } = await agent()
      await page.waitForSelector('.review-label')
      await page.waitForLoadState('networkidle')
      const everBefore = (await annotations.all()).length
      const shown: string[] = []
      const port = new URL(service.url).port
      await service.kill()
      for (const key of ['Digit1', 'Digit2', 'Digit3']) {
        shown.push(await shownTitle(page))
        await press(page, key)
      }
      await press(page, 'z')
      expect(await shownTitle(page)).toBe(shown[2])
      await page.getByText('2 answers are kept here and wait for the server.').waitFor()
      service = await startService(address, { PORT: port })
      expect((await annotations.since(before, 2)).map(({ title }) => title)).toEqual(shown.slice(0, 2))
      await page.getByText(/^Saved at/).waitFor()

      await service.kill()
      await press(page, 'Digit3')
      await page.locator('.review-past').nth(2).waitFor()
      await page.close()
      service = await startService(address, { PORT: port })
      const again = await context.newPage()
      await again.goto(`/app${PATH}`)
      const made = await annotations.since(before, 3)
      expect(made.map(({ title }) => title)).toEqual(shown)
      expect((await annotations.all()).slice(everBefore)).toHaveLength(3)
      await again.waitForSelector('.review-past')
      expect(shown).not.toContain(await shownTitle(again))
    })

    it('puts an item back that the server refused, with its reason', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const title = await shownTitle(page)
      const detail = 'There is no label bill'
      await page.route('**/api/annotations', (route) =>
        route.fulfill({ status: 404, json: { code: 'LABEL_NOT_FOUND', detail } }),
      )
      await page.keyboard.press('Digit1')
      await page.locator('.review-past').getByText(detail).waitFor()
      await eventually(
        () => shownTitle(page),
        (shown) => shown === title,
      )
      expect(await shownTitle(page)).toBe(title)
      await page.unroute('**/api/annotations')
      const before = (await annotations.inForce()).length
      await press(page, 'Digit2')
      expect(await annotations.since(before, 1)).toMatchObject([{ label: 'other', title }])
    })

    it('sends a note with the answer; what is typed in it answers nothing, and survives a reload', async () => {
      const before = (await annotations.inForce()).length
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const title = await shownTitle(page)
      await page.keyboard.press('n')
      await page.keyboard.type('1 invoice, 2 contracts')
      expect(await shownTitle(page)).toBe(title)
      await page.reload()
      await page.getByLabel('Note', { exact: true }).waitFor()
      expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('1 invoice, 2 contracts')
      await press(page, 'Digit1')
      expect(await annotations.since(before, 1)).toMatchObject([
        { title, label: 'bill', note: '1 invoice, 2 contracts' },
      ])
    })

    it('leaves what is skipped or unclear to another agent, who reads who was not sure', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const first = await shownTitle(page)
      await press(page, 's')
      const second = await shownTitle(page)
      await page.keyboard.press('n')
      await page.keyboard.type('Could be both')
      await page.keyboard.press('Enter')
      await press(page, 'Shift+S')
      const skips = await eventually(
        () =>
          address.db
            .sql('review_skips as z')
            .join('threads as t', 't.id', 'z.thread_id')
            .whereNull('z.undone_at')
            .orderBy('z.id')
            .select('t.title', 'z.why', 'z.note'),
        (found) => found.length === 2,
      )
      expect(skips).toEqual([
        { title: first, why: 'skip', note: null },
        { title: second, why: 'not-sure', note: 'Could be both' },
      ])
      await page.reload()
      await page.waitForSelector('.review-label')
      expect([first, second]).not.toContain(await shownTitle(page))
    })

    it('opens a conflict with the reason of a dispute', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const title = await shownTitle(page)
      await page.keyboard.press('c')
      await page.getByLabel('What is wrong?').fill('No label fits')
      await page.getByRole('button', { name: 'Send dispute' }).click()
      await nextTitle(page, title)
      const found = await eventually(
        () =>
          address.db
            .sql('conflicts as c')
            .join('threads as t', 't.id', 'c.thread_id')
            .join('conflict_grounds as g', 'g.conflict_id', 'c.id')
            .whereNull('c.closed_at')
            .select('t.title', 'g.kind'),
        (rows) => rows.length === 1,
      )
      expect(found).toEqual([{ title, kind: 'dispute' }])
      await press(page, 'z')
      expect(await shownTitle(page)).toBe(title)
    })
  })
})

/** A key of another layout: the letter that it writes is not the digit printed on it. */
async function typeOn(session: CDPSession, { key, code }: { readonly key: string; readonly code: string }) {
  const event = { key, code, text: key }
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code })
}
