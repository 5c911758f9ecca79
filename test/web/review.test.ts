import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { COMMUNITY } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { type Service, startService } from '../support/service.ts'
import { addFacet } from './support/facets.ts'
import { accessibilityFaults, describeInBrowser } from './support/workbench.ts'

const LABELS = ['bill', 'other', 'repair']
const MANY = [
  'amber',
  'blue',
  'coral',
  'denim',
  'ecru',
  'fawn',
  'gold',
  'hazel',
  'ivory',
  'jade',
  'khaki',
  'lilac',
]
const PATH = '/review?facet=product'

describeInBrowser('the review queue in the browser', (workbench) => {
  describeEachDatabase('with threads of a community', (database) => {
    let address: TestDatabase
    let service: Service

    beforeAll(async () => {
      address = await database(COMMUNITY)
      service = await startService(address)
      await addFacet(service, 'product', LABELS)
      await addFacet(service, 'colour', MANY)
    })
    afterAll(() => service.stop())
    // What an agent was handed is nobody else's for a quarter of an hour.
    afterEach(() => address.db.sql('review_claims').delete())

    const agent = (path = PATH) => workbench.open(service, { role: 'agent' }, path)
    const titleOf = (page: Page) => page.locator('.review-title').innerText()
    const nextTitle = async (page: Page, before: string) =>
      eventually(
        () => titleOf(page),
        (title) => title !== before,
        5,
      )
    const press = async (page: Page, key: string) => {
      const before = await titleOf(page)
      await page.keyboard.press(key)
      return nextTitle(page, before)
    }
    const annotations = async () => {
      const rows: {
        label: string
        revoked: string | null
        note: string | null
        blind: unknown
        title: string
      }[] = await address.db
        .sql('annotations as a')
        .join('labels as l', 'l.id', 'a.label_id')
        .join('threads as t', 't.id', 'a.thread_id')
        .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
        .where('a.provenance', 'agent')
        .orderBy('a.id')
        .select('l.name as label', 'r.annotation_id as revoked', 'a.note', 'a.blind', 't.title')
      return rows
    }
    const inForce = async () => (await annotations()).filter(({ revoked }) => revoked === null)
    /** The annotations in force that are more than those before. */
    const since = (before: number, wanted: number) =>
      eventually(
        async () => (await inForce()).slice(before),
        (found) => found.length === wanted,
      )

    it('is worked through by the keyboard alone: twenty posts, each once, in the order in which they were shown', async () => {
      const before = (await inForce()).length
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const shown: string[] = []
      for (let at = 0; at < 20; at += 1) {
        // A person answers what they see: the next post has another title.
        shown.push(
          await eventually(
            () => titleOf(page),
            (title) => title !== shown.at(-1),
          ),
        )
        await press(page, `Digit${(at % 3) + 1}`)
      }
      expect(shown.filter((title, at) => shown.indexOf(title) !== at)).toEqual([])
      const made = await since(before, 20)
      expect(made.map(({ title }) => title)).toEqual(shown)
      expect(made.map(({ label }) => label)).toEqual(shown.map((_, at) => LABELS[at % 3]))
      expect(await page.locator('.review-past').count()).toBe(10)
      await page.getByText(/^Saved at/).waitFor()
    })

    it('takes answers back one after the other, and gives them again', async () => {
      const before = (await inForce()).length
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const shown: string[] = []
      for (const key of ['Digit1', 'Digit2', 's']) {
        shown.push(await titleOf(page))
        await press(page, key)
      }
      await since(before, 2)
      expect(await press(page, 'z')).toBe(shown[2])
      expect(await press(page, 'Backspace')).toBe(shown[1])
      expect(await press(page, 'z')).toBe(shown[0])
      expect(await since(before, 0)).toEqual([])
      expect(await press(page, 'Shift+Z')).toBe(shown[1])
      expect((await since(before, 1)).map(({ label, title }) => [label, title])).toEqual([['bill', shown[0]]])
      await page.locator('.review-past').getByRole('button').first().click()
      expect(await since(before, 0)).toEqual([])
      const skips = await address.db.sql('review_skips').whereNull('undone_at')
      expect(skips).toEqual([])
    })

    it('goes by the place of a digit on the keyboard, whatever the layout writes there', async () => {
      const before = (await inForce()).length
      const { page, context } = await agent()
      await page.waitForSelector('.review-label')
      const title = await titleOf(page)
      await typeOn(await context.newCDPSession(page), { key: 'é', code: 'Digit2' })
      await nextTitle(page, title)
      expect(await since(before, 1)).toMatchObject([{ label: 'other', title }])
    })

    it('loses nothing while the server is stopped under the open page, nor when the tab is closed', async () => {
      const before = (await inForce()).length
      const { page, context } = await agent()
      await page.waitForSelector('.review-label')
      await page.waitForLoadState('networkidle')
      const everBefore = (await annotations()).length
      const shown: string[] = []
      const port = new URL(service.url).port
      await service.kill()
      for (const key of ['Digit1', 'Digit2', 'Digit3']) {
        shown.push(await titleOf(page))
        await press(page, key)
      }
      await press(page, 'z')
      expect(await titleOf(page)).toBe(shown[2])
      await page.getByText('2 answers are kept here and wait for the server.').waitFor()
      service = await startService(address, { PORT: port })
      expect((await since(before, 2)).map(({ title }) => title)).toEqual(shown.slice(0, 2))
      await page.getByText(/^Saved at/).waitFor()

      await service.kill()
      await press(page, 'Digit3')
      await page.locator('.review-past').nth(2).waitFor()
      await page.close()
      service = await startService(address, { PORT: port })
      const again = await context.newPage()
      await again.goto(`/app${PATH}`)
      const made = await since(before, 3)
      expect(made.map(({ title }) => title)).toEqual(shown)
      expect((await annotations()).slice(everBefore)).toHaveLength(3)
      await again.waitForSelector('.review-past')
      expect(shown).not.toContain(await titleOf(again))
    })

    it('puts an item back that the server refused, with its reason', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const title = await titleOf(page)
      const detail = 'There is no label bill'
      await page.route('**/api/annotations', (route) =>
        route.fulfill({ status: 404, json: { code: 'LABEL_NOT_FOUND', detail } }),
      )
      await page.keyboard.press('Digit1')
      await page.locator('.review-past').getByText(detail).waitFor()
      await eventually(
        () => titleOf(page),
        (shown) => shown === title,
      )
      expect(await titleOf(page)).toBe(title)
      await page.unroute('**/api/annotations')
      const before = (await inForce()).length
      await press(page, 'Digit2')
      expect(await since(before, 1)).toMatchObject([{ label: 'other', title }])
    })

    it('sends a note with the answer; what is typed in it answers nothing, and survives a reload', async () => {
      const before = (await inForce()).length
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const title = await titleOf(page)
      await page.keyboard.press('n')
      await page.keyboard.type('1 invoice, 2 contracts')
      expect(await titleOf(page)).toBe(title)
      await page.reload()
      await page.getByLabel('Note', { exact: true }).waitFor()
      expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('1 invoice, 2 contracts')
      await press(page, 'Digit1')
      expect(await since(before, 1)).toMatchObject([{ title, label: 'bill', note: '1 invoice, 2 contracts' }])
    })

    it('leaves what is skipped or unclear to another agent, who reads who was not sure', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const first = await titleOf(page)
      await press(page, 's')
      const second = await titleOf(page)
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
      expect([first, second]).not.toContain(await titleOf(page))
    })

    it('of more than ten labels gives nine a digit, and finds the others by a few letters', async () => {
      const before = (await inForce()).length
      const { page } = await agent('/review?facet=colour')
      await page.waitForSelector('.review-label')
      expect(await page.locator('.review-label[aria-keyshortcuts]').allInnerTexts()).toHaveLength(9)
      const title = await titleOf(page)
      await page.keyboard.press('l')
      await page.keyboard.type('lila')
      await page.getByRole('option', { name: 'lilac' }).waitFor()
      await page.keyboard.press('Enter')
      await nextTitle(page, title)
      expect(await since(before, 1)).toMatchObject([{ label: 'lilac', title }])
    })

    it('keeps the facet and the open panels in the address, and shows the whole thread on e', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      await page.keyboard.press('e')
      await page.keyboard.press('w')
      await page.waitForURL(/facet=product.*whole=1.*why=1/)
      await page.reload()
      await page.getByRole('region', { name: 'Why' }).waitFor()
      await page.getByRole('link', { name: 'colour' }).click()
      await page.waitForURL(/facet=colour/)
    })

    it('opens a conflict with the reason of a dispute', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      const title = await titleOf(page)
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
      expect(await titleOf(page)).toBe(title)
    })

    it('labels look-alikes together, without those that were taken out, and takes all back at once', async () => {
      const before = (await inForce()).length
      const rows = await address.db.sql('threads').orderBy('id').limit(3).select('id', 'title', 'language')
      const { page } = await agent()
      await page.route('**/api/review/clusters*', (route) =>
        route.fulfill({
          json: {
            items: [
              {
                likely: { label: 'repair', threads: 2 },
                threads: rows.map(({ id, title, language }) => ({
                  threadId: id,
                  title,
                  language,
                  excerpt: 'It is broken',
                  source: 'fr',
                  likeness: 0.9,
                })),
              },
            ],
          },
        }),
      )
      await page.getByRole('link', { name: 'Look-alikes together' }).click()
      await page.getByText('Answer for 3 posts').waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.getByText('Answer for 2 posts').waitFor()
      await page.keyboard.press('Digit3')
      const made = await since(before, 2)
      expect(new Set(made.map(({ title, label }) => `${title}: ${label}`))).toEqual(
        new Set([`${rows[0].title}: repair`, `${rows[2].title}: repair`]),
      )
      await page.keyboard.press('z')
      expect(await since(before, 0)).toEqual([])
      await page.getByText('Answer for 2 posts').waitFor()
    })

    it('shows misroutes first, with what their reporter said', async () => {
      const { token } = await keyOf(address, 'supervisor')
      const list = await service.call<{
        readonly items: readonly { readonly id: string; readonly title: string }[]
      }>('/api/threads?limit=1', { key: token })
      const [thread] = list.body.items
      await service.call(`/api/threads/${thread!.id}/misroutes`, {
        key: token,
        body: { facet: 'product', reason: 'It came to invoices by mistake' },
      })
      const { page } = await agent()
      await page.getByText('It came to invoices by mistake').waitFor()
      expect(await titleOf(page)).toBe(thread!.title)
      await press(page, 'Digit1')
    })

    it('shows no prediction of a blind item, says why, and labels it as blind', async () => {
      const before = (await inForce()).length
      const { page } = await agent('/review?facet=colour&why=1')
      await page.route('**/api/review/queue*', async (route) => {
        const response = await route.fetch()
        const { items, ...queue } = await response.json()
        await route.fulfill({
          response,
          json: { ...queue, items: items.map((item: object) => ({ ...item, why: 'audit', blind: true })) },
        })
      })
      const explanations: string[] = []
      page.on('request', (request) => {
        if (request.url().includes('/explanation')) explanations.push(request.url())
      })
      await page.reload()
      await page.getByText('No prediction is shown').first().waitFor()
      const labels = await page.locator('.review-label[aria-keyshortcuts] .review-label-name').allInnerTexts()
      expect(labels).toEqual(MANY.slice(0, 9))
      await press(page, 'Digit2')
      const [made] = await since(before, 1)
      expect([made?.label, Boolean(made?.blind)]).toEqual(['blue', true])
      expect(explanations).toEqual([])
    })

    it('tells what a new version learned from the last labels', async () => {
      const { page } = await agent()
      await page.waitForSelector('.review-label')
      await page.route('**/api/events*', (route) =>
        route.fulfill({
          contentType: 'text/event-stream',
          body: 'retry: 600000\nid: 1\nevent: model.activated\ndata: {"facet":"product","version":4}\n\n',
        }),
      )
      const side = (label: string, decision: string) => ({ label, confidence: 0.9, decision })
      await page.route('**/api/facets/product/activations/latest', (route) =>
        route.fulfill({
          json: {
            facet: 'product',
            version: 4,
            newAnnotations: 21,
            predictions: { compared: 5200, changed: 61 },
            examples: [
              {
                threadId: 'thr_1',
                title: 'Charged twice',
                before: side('repair', 'abstained'),
                after: side('bill', 'assigned'),
              },
            ],
          },
        }),
      )
      await page.reload()
      await page.getByText('It learned from 21 new labels and changed 61 predictions of 5,200.').waitFor()
      await page.getByText('What changed').click()
      await page.getByRole('cell', { name: 'unsure: repair (90%)' }).waitFor()
    })

    it('says what to do next when nothing is left', async () => {
      await addFacet(service, 'empty')
      const { page } = await workbench.open(
        service,
        { role: 'agent', audience: 'public' },
        '/review?facet=product',
      )
      await page.route('**/api/review/queue*', (route) =>
        route.fulfill({
          json: {
            facet: { name: 'product', description: '' },
            labels: [],
            items: [],
            notice: { code: 'labelled', en: 'Nothing is worth your time now.', fr: 'Rien.' },
          },
        }),
      )
      await page.reload()
      await page.getByText('Nothing is worth your time now.').waitFor()
      await page.getByRole('button', { name: 'Ask again' }).waitFor()
    })

    it.each([
      ['en', 'light'],
      ['fr', 'dark'],
    ])('has no accessibility faults in %s, %s', async (language, theme) => {
      const { page, context } = await agent()
      const cookie = (name: string, value: string) => ({ name, value, url: service.url })
      await context.addCookies([cookie('entraide_language', language), cookie('entraide_theme', theme)])
      await page.goto(`/app${PATH}&whole=1&why=1`)
      await page.waitForSelector('.review-label')
      await press(page, 'Digit1')
      await page.keyboard.press('n')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.setViewportSize({ width: 320, height: 640 })
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.goto('/app/review?facet=colour')
      await page.waitForSelector('.review-label')
      expect(await accessibilityFaults(page)).toEqual([])
    })
  })
})

/** A key of another layout: the letter that it writes is not the digit printed on it. */
async function typeOn(session: CDPSession, { key, code }: { readonly key: string; readonly code: string }) {
  const event = { key, code, text: key }
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code })
}
