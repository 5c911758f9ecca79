import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { COMMUNITY } from '../../support/demo.ts'
import { keyOf } from '../../support/keys.ts'
import { SERVED } from '../../support/prepared.ts'
import { type Service, startService } from '../../support/service.ts'
import { addFacet } from '../support/facets.ts'
import { annotationsIn, LABELS, nextTitle, press, shownTitle } from '../support/review-desk.ts'
import { accessibilityFaults, describeInBrowser } from '../support/workbench.ts'

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

describeInBrowser('what the review shows', (workbench) => {
  describeEachDatabase.rarely('with threads of a community', (database) => {
    let address: TestDatabase
    let service: Service
    let annotations: ReturnType<typeof annotationsIn>

    beforeAll(async () => {
      address = await database([...COMMUNITY, SERVED])
      annotations = annotationsIn(address)
      service = await startService(address)
      await addFacet(service, 'product', LABELS)
      await addFacet(service, 'colour', MANY)
    })
    afterAll(() => service.stop())
    // What an agent was handed is nobody else's for a quarter of an hour.
    afterEach(() => address.db.sql('review_claims').delete())

    const agent = (path = PATH) => workbench.open(service, { role: 'agent' }, path)

    it('of more than ten labels gives nine a digit, and finds the others by a few letters', async () => {
      const before = (await annotations.inForce()).length
      const { page } = await agent('/review?facet=colour')
      await page.waitForSelector('.review-label')
      expect(await page.locator('.review-label[aria-keyshortcuts]').allInnerTexts()).toHaveLength(9)
      const title = await shownTitle(page)
      await page.keyboard.press('l')
      await page.keyboard.type('lila')
      await page.getByRole('option', { name: 'lilac' }).waitFor()
      await page.keyboard.press('Enter')
      await nextTitle(page, title)
      expect(await annotations.since(before, 1)).toMatchObject([{ label: 'lilac', title }])
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

    it('labels look-alikes together, without those that were taken out, and takes all back at once', async () => {
      const before = (await annotations.inForce()).length
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
      const made = await annotations.since(before, 2)
      expect(new Set(made.map(({ title, label }) => `${title}: ${label}`))).toEqual(
        new Set([`${rows[0].title}: repair`, `${rows[2].title}: repair`]),
      )
      await page.keyboard.press('z')
      expect(await annotations.since(before, 0)).toEqual([])
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
      expect(await shownTitle(page)).toBe(thread!.title)
      await press(page, 'Digit1')
    })

    it('shows no prediction of a blind item, says why, and labels it as blind', async () => {
      const before = (await annotations.inForce()).length
      const path = '/review?facet=colour&why=1'
      const { page } = await agent(path)
      await page.goto('about:blank')
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
      await page.goto(`/app${path}`)
      await page.getByText('No prediction is shown').first().waitFor()
      const labels = await page.locator('.review-label[aria-keyshortcuts] .review-label-name').allInnerTexts()
      expect(labels).toEqual(MANY.slice(0, 9))
      await press(page, 'Digit2')
      const [made] = await annotations.since(before, 1)
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
