import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { COMMUNITY } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { addFacet } from './support/facets.ts'
import { annotationsIn, LABELS } from './support/review-desk.ts'
import { describeInBrowser } from './support/workbench.ts'

describeInBrowser('the workbench where something fails', (workbench) => {
  describeEachDatabase.rarely('with threads of a community', (database) => {
    let address: TestDatabase
    let service: Service

    beforeAll(async () => {
      address = await database([...COMMUNITY, SERVED])
      service = await startService(address)
      await addFacet(service, 'product', LABELS)
    })
    afterAll(() => service.stop())

    const agent = async (path: string) => (await workbench.open(service, { role: 'agent' }, path)).page
    const refuse = (page: Page, path: string) =>
      page.route(path, (route) => route.fulfill({ status: 503, json: { code: 'BUSY', detail: 'Too busy' } }))

    it('says that a page failed, with its code and a way on, and leads to the other pages', async () => {
      const page = await agent('/settings/me')
      await page.route('**/api/threads?**', (route) => route.fulfill({ json: { items: [null] } }))
      await page.getByRole('link', { name: 'Threads' }).click()
      const failure = page.getByRole('alert').filter({ hasText: 'This page failed' })
      await failure.getByText('PAGE_FAILED').waitFor()
      await failure.getByRole('button', { name: 'Try again' }).click()
      await failure.waitFor()
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByRole('heading', { name: 'You', level: 1 }).waitFor()
      await failure.waitFor({ state: 'detached' })
    })

    it('says so where something other than the API answers', async () => {
      const page = await agent('/settings/me')
      await page.route('**/api/threads?**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<html>Sign in to the proxy</html>' }),
      )
      await page.getByRole('link', { name: 'Threads' }).click()
      await page.getByText('Something other than Entraide answered').waitFor()
      await page.getByText('NOT_THE_API').waitFor()
    })

    it('stays signed in where the server does not end the session, and says so', async () => {
      const page = await agent('/settings/me')
      await page.route('**/api/sign-out', (route) => route.abort())
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByText('You are still signed in.').waitFor()
      await page.unroute('**/api/sign-out')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByLabel('E-mail address').waitFor()
    })

    it('says on any page that a setting was not saved', async () => {
      const page = await agent('/threads')
      await page.getByRole('heading', { name: 'Threads', level: 1 }).waitFor()
      await refuse(page, '**/api/me')
      await page.getByRole('button', { name: 'Dark theme' }).click()
      await page.getByText('Your last setting was not saved.').waitFor()
      await page.getByText('Too busy').waitFor()
    })

    it('keeps the views that two tabs save', async () => {
      const { page, context } = await workbench.open(service, { role: 'agent' }, '/threads?status=open')
      const other = await context.newPage()
      await other.goto('/app/threads?status=resolved')
      for (const [each, name] of [
        [page, 'Open ones'],
        [other, 'Resolved ones'],
      ] as const) {
        await each.getByRole('button', { name: 'Save this view' }).click()
        await each.getByLabel('Name of the view').fill(name)
        await each.getByRole('button', { name: 'Save', exact: true }).click()
        await each.getByRole('link', { name }).waitFor()
      }
      await page.reload()
      await page.getByRole('link', { name: 'Open ones' }).waitFor()
      await page.getByRole('link', { name: 'Resolved ones' }).waitFor()
    })

    it('finds no command of the page while a dialog is open, and does what is chosen once the palette is gone', async () => {
      const page = await agent('/review?facet=product')
      await page.waitForSelector('.review-label')
      await page.keyboard.press('?')
      const sheet = page.getByRole('dialog', { name: 'Keys of this page' })
      await sheet.waitFor()
      await page.keyboard.press('Control+k')
      expect(await page.getByRole('dialog').count()).toBe(1)
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await page.keyboard.type('Note')
      await page.keyboard.press('Enter')
      await page.getByLabel('Note', { exact: true }).waitFor()
      await page.keyboard.type('typed at once')
      expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('typed at once')
    })

    it('shows the keys as they were set, and none where they are switched off', async () => {
      const page = await agent('/review?facet=product')
      const skip = page.getByRole('button', { name: 'Skip' })
      const keys = () => skip.locator('.keycap').allInnerTexts()
      await skip.waitFor()
      expect(await keys()).toEqual(['s'])
      const set = (shortcuts: object) =>
        page.request.patch('/api/me', {
          headers: { origin: service.url },
          data: { preferences: { shortcuts } },
        })
      expect((await set({ enabled: true, keys: { 'review-skip': 'q' } })).status()).toBe(200)
      await page.reload()
      await skip.waitFor()
      expect(await keys()).toEqual(['q'])
      await set({ enabled: false, keys: {} })
      await page.reload()
      await skip.waitFor()
      expect(await keys()).toEqual([])
    })

    it('labels threads over plain HTTP, where browsers offer less', async () => {
      const page = await agent('/threads?facet=product')
      await page.addInitScript(() => {
        Object.defineProperty(crypto, 'randomUUID', { value: undefined })
        Object.defineProperty(navigator, 'clipboard', { value: undefined })
        Object.defineProperty(navigator, 'locks', { value: undefined })
      })
      await page.reload()
      await page.locator('[data-row]').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('.')
      await page.keyboard.type('bill')
      await page.keyboard.press('Enter')
      const made = await eventually(
        () => annotationsIn(address).inForce(),
        (found) => found.length === 1,
      )
      expect(made).toMatchObject([{ label: 'bill' }])
      // An undo that fails may be tried again.
      await refuse(page, '**/api/annotations/revoke')
      await page.keyboard.press('z')
      await page.getByText('Too busy').waitFor()
      await page.unroute('**/api/annotations/revoke')
      await page.keyboard.press('z')
      expect(
        await eventually(
          () => annotationsIn(address).inForce(),
          (found) => found.length === 0,
        ),
      ).toEqual([])
    })

    it('shows nothing that another person wrote in the same browser', async () => {
      const { page, context } = await workbench.open(service, { role: 'agent' }, '/settings/me')
      // Both are asked about the same posts.
      let queue: unknown
      await page.route('**/api/review/queue*', async (route) => {
        queue ??= await (await route.fetch()).json()
        await route.fulfill({ json: queue })
      })
      await page.goto('/app/review?facet=product')
      await page.waitForSelector('.review-label')
      const title = await page.locator('.review-title').innerText()
      await page.keyboard.press('n')
      await page.keyboard.type('A note of mine')
      const other = await workbench.open(service, { role: 'agent' }, '/settings/me')
      await context.clearCookies()
      await context.addCookies(await other.context.cookies())
      await page.goto('/app/review?facet=product')
      await page.waitForSelector('.review-label')
      expect(await page.locator('.review-title').innerText()).toBe(title)
      expect(await page.getByLabel('Note', { exact: true }).count()).toBe(0)
    })
  })
})
