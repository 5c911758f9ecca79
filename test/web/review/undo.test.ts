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

describeInBrowser('answers that are given again', (workbench) => {
  describeEachDatabase.rarely('with threads of a community', (database) => {
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

    const agent = async () => {
      const { page } = await workbench.open(service, { role: 'agent' }, PATH)
      await page.waitForSelector('.review-label')
      return page
    }

    it('keep their note, which is shown again for as long as the answer is undone', async () => {
      const before = (await annotations.inForce()).length
      const page = await agent()
      const title = await shownTitle(page)
      await page.keyboard.press('n')
      await page.keyboard.type('The charge is on the June invoice')
      await page.keyboard.press('Enter')
      await press(page, 'Digit1')
      await annotations.since(before, 1)
      expect(await press(page, 'z')).toBe(title)
      expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe(
        'The charge is on the June invoice',
      )
      expect(await annotations.since(before, 0)).toEqual([])
      await press(page, 'Shift+Z')
      expect(await annotations.since(before, 1)).toMatchObject([
        { title, label: 'bill', note: 'The charge is on the June invoice' },
      ])
    })

    it('may be disputes, with the reason that was given', async () => {
      const page = await agent()
      const title = await shownTitle(page)
      await page.keyboard.press('c')
      await page.getByLabel('What is wrong?').fill('No label fits')
      await page.getByRole('button', { name: 'Send dispute' }).click()
      await nextTitle(page, title)
      expect(await press(page, 'z')).toBe(title)
      await press(page, 'Shift+Z')
      const disputes = await eventually(
        () =>
          address.db
            .sql('review_skips as z')
            .join('threads as t', 't.id', 'z.thread_id')
            .where('z.why', 'dispute')
            .whereNull('z.undone_at')
            .select('t.title', 'z.note'),
        (found) => found.length === 1,
      )
      expect(disputes).toEqual([{ title, note: 'No label fits' }])
    })

    it('may be about look-alikes, all of which are labelled again', async () => {
      const before = (await annotations.inForce()).length
      const rows = await address.db.sql('threads').orderBy('id').limit(2).select('id', 'title', 'language')
      const { page } = await workbench.open(service, { role: 'agent' }, '/review?facet=product')
      const threads = rows.map(({ id, title, language }) => ({
        threadId: id,
        title,
        language,
        excerpt: 'It is broken',
        source: 'fr',
        likeness: 0.9,
      }))
      await page.route('**/api/review/clusters*', (route) =>
        route.fulfill({ json: { items: [{ likely: { label: 'repair', threads: 2 }, threads }] } }),
      )
      await page.getByRole('link', { name: 'Look-alikes together' }).click()
      await page.getByText('Answer for 2 posts').waitFor()
      await page.keyboard.press('Digit3')
      await annotations.since(before, 2)
      await page.keyboard.press('z')
      expect(await annotations.since(before, 0)).toEqual([])
      await page.keyboard.press('Shift+Z')
      expect(await annotations.since(before, 2)).toHaveLength(2)
      await page.getByText('No look-alikes wait for a label').waitFor()
    })

    it('count where the browser keeps nothing, and the page says that it must stay open', async () => {
      const before = (await annotations.inForce()).length
      const page = await agent()
      await page.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      })
      await page.reload()
      await page.waitForSelector('.review-label')
      let letThrough = () => {}
      const held = new Promise<void>((resolve) => (letThrough = resolve))
      await page.route('**/api/annotations', async (route) => {
        await held
        await route.continue()
      })
      const title = await shownTitle(page)
      await press(page, 'Digit1')
      await page.getByText('This browser keeps nothing').waitFor()
      letThrough()
      expect(await annotations.since(before, 1)).toMatchObject([{ title, label: 'bill' }])
      await page.getByText('This browser keeps nothing').waitFor({ state: 'detached' })
    })
  })
})
