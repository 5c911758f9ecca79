/** The browser of the scripts that look at pages. */
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
const PATIENCE_MS = 120_000
const QUIET_MS = 250

/** The demo's buttons, by the role that each signs in. */
const BUTTONS = {
  agent: 'Agent',
  'knowledge-manager': 'Knowledge manager',
  supervisor: 'Supervisor',
  admin: 'Administrator',
}

export async function launchBrowser() {
  const executablePath = process.env.ENTRAIDE_CHROMIUM ?? CHROMIUM.find(existsSync)
  if (executablePath === undefined)
    throw new Error('no Chromium found: install it, or name it in ENTRAIDE_CHROMIUM')
  return chromium.launch({ executablePath, args: FLAGS })
}

/** Signs in by the demo's button of a role. @returns what the browser keeps of it */
export async function signInToDemo(browser, { url }, role) {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto('/app/settings/me')
  await page.getByRole('button', { name: BUTTONS[role], exact: true }).click()
  await page.locator('.shell').waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

/** Opens a tab that counts what it waits for, so that `settled` knows when all is there. */
export async function openTab(context) {
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const open = new Set()
  // The stream of live events never ends.
  page.on('request', (request) => request.url().endsWith('/api/events') || open.add(request))
  for (const event of ['requestfinished', 'requestfailed']) page.on(event, (request) => open.delete(request))
  return { page, isQuiet: () => open.size === 0 }
}

/** Waits until nothing is asked for and nothing says that it is loading. */
export async function settled({ page, isQuiet }) {
  await page.waitForFunction(
    () =>
      document.querySelector('main') !== null &&
      document.querySelector('.loading, [aria-busy="true"]') === null,
  )
  for (let quiet = 0; quiet < QUIET_MS; quiet = isQuiet() ? quiet + 50 : 0) await page.waitForTimeout(50)
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
}
