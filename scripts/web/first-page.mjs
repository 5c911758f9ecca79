/** How long the first page takes on a slow processor, with nothing in the browser's cache. */
import { openTab } from './browser.mjs'

/** @returns `{ painted, usable }`: milliseconds to the first contentful paint and to the frame after `selector` is there */
export async function openSlowly(browser, { url, storageState, path, selector, slowdown }) {
  const context = await browser.newContext({
    baseURL: url,
    storageState,
    viewport: { width: 1440, height: 900 },
  })
  try {
    const { page } = await openTab(context)
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.addInitScript((wanted) => {
      const look = () => {
        if (document.querySelector(wanted) === null) requestAnimationFrame(look)
        else
          requestAnimationFrame(() => {
            globalThis.usableAfter = performance.now()
          })
      }
      look()
    }, selector)
    await page.goto(path)
    await page.waitForFunction(() => globalThis.usableAfter !== undefined)
    return await page.evaluate(() => ({
      painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      usable: globalThis.usableAfter,
    }))
  } finally {
    await context.close()
  }
}
