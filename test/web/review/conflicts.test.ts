import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { COMMUNITY } from '../../support/demo.ts'
import { eventually } from '../../support/eventually.ts'
import { keyOf } from '../../support/keys.ts'
import { SERVED } from '../../support/prepared.ts'
import { type Service, startService } from '../../support/service.ts'
import { addFacet } from '../support/facets.ts'
import { accessibilityFaults, describeInBrowser } from '../support/workbench.ts'

interface Conflicts {
  readonly items: readonly { readonly id: string; readonly title: string }[]
}

describeInBrowser('conflicts in the browser', (workbench) => {
  describeEachDatabase.rarely('where agents differ', (database) => {
    let address: TestDatabase
    let service: Service
    let supervisor: string
    let threads: { readonly id: string; readonly title: string }[]

    const conflicts = async () =>
      (await service.call<Conflicts>('/api/conflicts?facet=product', { key: supervisor })).body.items

    beforeAll(async () => {
      address = await database([...COMMUNITY, SERVED])
      service = await startService(address)
      await addFacet(service, 'product', ['bill', 'other', 'repair'])
      supervisor = (await keyOf(address, 'supervisor')).token
      const agents = [await keyOf(address, 'agent', 'Aude'), await keyOf(address, 'agent', 'Ben')]
      const list = await service.call<{ readonly items: typeof threads }>('/api/threads?limit=3', {
        key: supervisor,
      })
      threads = list.body.items
      for (const { id } of threads)
        for (const [at, { token }] of agents.entries())
          await service.call(`/api/threads/${id}/annotations`, {
            key: token,
            body: { facet: 'product', label: ['bill', 'repair'][at], blind: true, note: `note ${at}` },
          })
      await eventually(conflicts, (found) => found.length === 3)
    })
    afterAll(() => service.stop())

    const open = (role: 'knowledge-manager' | 'supervisor', path = '/conflicts?facet=product') =>
      workbench.open(service, { role }, path)

    it('are ruled on by keyboard, one after the other, with a guideline that survives a reload; a ruling is undone', async () => {
      const { page } = await open('knowledge-manager')
      await page.locator('tbody tr').nth(2).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.locator('.conflict-choice').first().waitFor()
      const first = await page.locator('h1').innerText()
      const sides = await page.locator('.conflict-choice').allInnerTexts()
      expect(sides).toHaveLength(2)
      expect(sides.join()).toMatch(/Aude.*note 0/s)
      expect(sides.join()).toMatch(/Ben.*note 1/s)
      await page.keyboard.press('Digit2')
      const label = await page.locator('.conflict-choice:has(:checked) strong').innerText()
      await page.keyboard.press('n')
      await page.keyboard.type('When it is broken')
      await page.reload()
      const guideline = page.getByLabel('Guideline (optional)')
      await eventually(
        () => guideline.inputValue(),
        (text) => text !== '',
      )
      expect(await guideline.inputValue()).toBe('When it is broken')
      await page.getByRole('button', { name: `Rule: ${label}` }).waitFor()
      await page.locator('h1').focus()
      await page.keyboard.press('Enter')
      await page.getByText(`Ruled: ${label}, ${first}.`).waitFor()
      await eventually(
        () => page.locator('h1').innerText(),
        (title) => title !== first && title !== 'Conflict',
      )
      expect(await conflicts()).toHaveLength(2)
      const guidelines = await service.call<{
        readonly items: readonly { name: string; guidelines: { text: string }[] }[]
      }>('/api/facets/product/labels', { key: supervisor })
      expect(guidelines.body.items.find(({ name }) => name === label)?.guidelines).toMatchObject([
        { text: 'When it is broken' },
      ])
      await page.keyboard.press('z')
      await page.getByText(`Ruling undone: ${first}.`).waitFor()
      expect(await eventually(conflicts, (found) => found.length === 3)).toHaveLength(3)
    })

    it('of another kind or facet are filtered by the address, which a colleague may open', async () => {
      const { page } = await open('supervisor', '/conflicts?facet=product&kind=suspect')
      await page.getByRole('heading', { name: 'No conflict is open' }).waitFor()
      await page.getByLabel('Reason').selectOption('ratings')
      await page.locator('tbody tr').nth(2).waitFor()
      expect(page.url()).toContain('kind=ratings')
    })

    it('are read, not ruled on, by supervisors', async () => {
      const { page } = await open('supervisor')
      await page.locator('tbody a').first().click()
      await page.getByText('Knowledge managers rule on conflicts.').waitFor()
      expect(await page.locator('.conflict-choice').count()).toBe(0)
    })

    it('are ruled on while the server does not answer: the ruling goes out once it does, wherever one went', async () => {
      const { page } = await open('knowledge-manager')
      const keys: string[] = []
      await page.route('**/api/conflicts/*/ruling', (route) => {
        keys.push(route.request().headers()['idempotency-key'] ?? '')
        return route.abort()
      })
      await page.locator('tbody a').first().click()
      await page.locator('.conflict-choice').first().waitFor()
      const title = await page.locator('h1').innerText()
      await page.keyboard.press('Digit1')
      await page.getByLabel('Guideline (optional)').fill('Kept until it is sent')
      await page.locator('h1').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'Back to it' }).waitFor()
      await page.getByRole('link', { name: 'Threads' }).click()
      await page.getByRole('heading', { name: 'Threads', level: 1 }).waitFor()
      await eventually(
        () => keys.length,
        (count) => count > 1,
      )
      expect(new Set(keys).size).toBe(1)
      await page.unroute('**/api/conflicts/*/ruling')
      expect(await eventually(conflicts, (found) => found.length === 2)).toHaveLength(2)
      await page.getByRole('link', { name: 'Conflicts' }).click()
      await page.getByText(`, ${title}.`).waitFor()
      await page.keyboard.press('z')
      expect(await eventually(conflicts, (found) => found.length === 3)).toHaveLength(3)
    })

    it('say why a ruling was refused', async () => {
      const { page } = await open('knowledge-manager')
      await page.route('**/api/conflicts/*/ruling', (route) =>
        route.fulfill({
          status: 409,
          json: { code: 'CONFLICT_CLOSED', detail: 'It is already closed: ruled' },
        }),
      )
      await page.locator('tbody a').first().click()
      await page.locator('.conflict-choice').first().waitFor()
      await page.keyboard.press('Digit1')
      await page.locator('h1').focus()
      await page.keyboard.press('Enter')
      await page.getByText('It is already closed: ruled').waitFor()
      await page.getByRole('link', { name: 'Back to it' }).waitFor()
    })

    it.each([
      ['en', 'light'],
      ['fr', 'dark'],
    ])('have no accessibility faults in %s, %s', async (language, theme) => {
      const { page, context } = await open('knowledge-manager')
      const cookie = (name: string, value: string) => ({ name, value, url: service.url })
      await context.addCookies([cookie('entraide_language', language), cookie('entraide_theme', theme)])
      await page.reload()
      await page.locator('tbody a').first().waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.locator('tbody a').first().click()
      await page.locator('.conflict-choice').first().waitFor()
      await page.locator('.conflict-post').first().waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.setViewportSize({ width: 320, height: 640 })
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    })
  })
})
