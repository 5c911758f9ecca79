import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { QUESTIONS, TRAIN } from '../support/demo.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { type Service, startService } from '../support/service.ts'
import { describeInBrowser } from './support/workbench.ts'

/** A window of 1280 pixels at 200 %: half as many for the page, each drawn twice as large. */
const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }

const PAGES = [
  ...['/review', '/review/batches', '/conflicts', '/threads', '/articles', '/models', '/models/category'],
  ...['labels', 'confusion', 'reliability', 'budget', 'curve', 'compare'].map(
    (tab) => `/models/category/${tab}`,
  ),
  ...['/routing', '/routing/versions', '/watch', '/watch/drift', '/watch/topics', '/watch/alerts'],
  ...['/watch/parity', '/sources', '/settings/me', '/settings/facets', '/settings/facets/category'],
  ...['people', 'keys', 'webhooks', 'jobs', 'audit', 'system'].map((tab) => `/settings/${tab}`),
]

describeInBrowser('pages at 200 %', (workbench) => {
  describeEachDatabase.rarely('with labelled questions and a model', (database) => {
    let address: TestDatabase
    let service: Service

    beforeAll(async () => {
      address = await database([...QUESTIONS, SERVED, TRAIN])
      service = await startService(address)
    })
    afterAll(() => service.stop())

    it('fit the window, with no button out of reach', async () => {
      const { page } = await workbench.open(service, { role: 'admin' }, '/settings/me', ZOOMED)
      const { token } = await keyOf(address, 'supervisor')
      const { body } = await service.call<{ readonly items: readonly { readonly id: string }[] }>(
        '/api/threads?limit=1',
        { key: token },
      )
      const faults: string[] = []
      for (const path of [...PAGES, `/threads/${body.items[0]?.id}`]) {
        await page.goto(`/app${path}`)
        await page.locator('h1').first().waitFor()
        await page.waitForLoadState('networkidle')
        faults.push(...(await layoutFaults(page)).map((fault) => `${path}: ${fault}`))
      }
      expect(faults).toEqual([])
    })
  })
})

/** What does not fit, and the primary actions that something else covers where they are scrolled to. */
function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) faults.push(`is ${scrollWidth} wide in ${clientWidth}`)
    for (const button of document.querySelectorAll<HTMLElement>('main .button, main .review-label')) {
      if (button.matches(':disabled') || button.offsetParent === null) continue
      button.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { left, top, width, height } = button.getBoundingClientRect()
      const found = document.elementFromPoint(left + width / 2, top + height / 2)
      if (found === null || !(button.contains(found) || found.contains(button)))
        faults.push(`“${button.innerText}” is covered by ${found?.className ?? 'nothing'}`)
    }
    return faults
  })
}
