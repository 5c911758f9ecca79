/**
 * A picture of every page of the workbench: light and dark, in English and French, 1440 and 375 pixels wide, of the demo
 * and of a home where nothing is yet.
 *
 *   npm run screenshots -- [folder, ./screenshots unless given] [--only <part of a page's name>] [--full | --empty]
 *
 * With ENTRAIDE_HOME, a copy of that home is shown in place of a demo made anew. Needs Chromium (ENTRAIDE_CHROMIUM).
 * Files are called <full or empty>/<page>.<language>.<theme>.<width>.png.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser, openTab, settled, signInToDemo } from './web/browser.mjs'
import { PAGES } from './web/pages.mjs'
import { openHome, signInAdministrator } from './web/server.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
    empty: { type: 'boolean', default: false },
  },
})
const folder = resolve(positionals[0] ?? 'screenshots')
const LANGUAGES = ['en', 'fr']
const THEMES = ['light', 'dark']
const SIZES = [
  { width: 1440, height: 900 },
  { width: 375, height: 812 },
]
/** Of long pages the rest looks like the beginning. */
const TALLEST = 1_800
const wanted = PAGES.filter(({ name }) => name.includes(values.only))

const browser = await launchBrowser()
try {
  if (!values.empty) await photographDemo()
  if (!values.full) await photographEmpty()
} finally {
  await browser.close()
}

async function photographDemo() {
  const home = openHome(process.env.ENTRAIDE_HOME)
  try {
    const server = await home.start('demo')
    try {
      const sessions = new Map()
      for (const role of new Set(wanted.flatMap(({ role }) => role ?? [])))
        sessions.set(role, await signInToDemo(browser, server, role))
      await photograph('full', server, (role) => sessions.get(role))
    } finally {
      await server.stop()
    }
  } finally {
    home.remove()
  }
}

async function photographEmpty() {
  const home = openHome()
  try {
    const server = await home.start('serve')
    try {
      const administrator = await signInAdministrator(browser, home, server)
      await photograph('empty', server, (role) => role && administrator)
    } finally {
      await server.stop()
    }
  } finally {
    home.remove()
  }
}

async function photograph(state, server, sessionOf) {
  const began = performance.now()
  const leftOut = new Set()
  let made = 0
  mkdirSync(join(folder, state), { recursive: true })
  for (const role of new Set(wanted.map(({ role }) => role)))
    for (const language of LANGUAGES) {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: SIZES[0],
        reducedMotion: 'reduce',
        locale: language === 'fr' ? 'fr-FR' : 'en-GB',
        storageState: sessionOf(role),
      })
      await context.addCookies([{ name: 'entraide_language', value: language, url: server.url }])
      await forgetPreferences(context)
      for (const shown of wanted.filter((page) => page.role === role)) {
        const path = await addressOf(shown, context)
        if (path === undefined) leftOut.add(shown.name)
        else made += await picturesOf(shown, path, { context, state, language })
      }
      await context.close()
    }
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`${state}: ${made} pictures in ${seconds} s, in ${join(folder, state)}`)
  if (leftOut.size > 0) console.log(`  without what they would show: ${[...leftOut].join(', ')}`)
}

async function addressOf({ path, first }, context) {
  if (typeof path === 'string') return path
  const answer = await context.request.get(`/api${first}`)
  const [item] = answer.ok() ? (await answer.json()).items : []
  return item && path(item)
}

async function picturesOf({ name, prepare }, path, { context, state, language }) {
  const tab = await openTab(context)
  const { page } = tab
  await page.setViewportSize(SIZES[0])
  await page.goto(path)
  await settled(tab)
  if (prepare) await prepare(page)
  let made = 0
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await settled(tab)
    await showWhole(tab, size)
    for (const theme of THEMES) {
      await page.evaluate((chosen) => (document.documentElement.dataset.theme = chosen), theme)
      await settled(tab)
      await page.screenshot({ path: join(folder, state, `${name}.${language}.${theme}.${size.width}.png`) })
      made += 1
    }
  }
  await page.close()
  return made
}

/** Makes the window as tall as the page, so that what draws only the rows in sight draws them all. */
async function showWhole(tab, { width, height }) {
  const tall = await tab.page.evaluate(() => document.documentElement.scrollHeight)
  if (tall <= height) return
  await tab.page.setViewportSize({ width, height: Math.min(tall, TALLEST) })
  await settled(tab)
}

/** The pictures choose language and theme; whose session it is may have chosen others. */
async function forgetPreferences(context) {
  await context.route('**/api/me', async (route) => {
    if (route.request().method() !== 'GET') return route.abort()
    const response = await route.fetch()
    if (!response.ok()) return route.fulfill({ response })
    const me = await response.json()
    await route.fulfill({ response, json: { ...me, preferences: {} } })
  })
}
