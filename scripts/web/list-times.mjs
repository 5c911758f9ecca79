/** How quick the list of threads answers to filters when it holds ten thousand rows. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTab, settled } from './browser.mjs'

const LABELS = 20
const BETWEEN_MS = 1_000
const HOUR_MS = 3_600_000

/** Gives an empty home threads of two languages, twenty labels, with and without answers. */
export function addThreads({ home, run }, count) {
  const file = join(home, 'many-threads.ndjson')
  const lines = []
  for (let at = 0; at < count; at += 1) {
    const createdAt = new Date(Date.UTC(2024) + at * HOUR_MS).toISOString()
    const question = { type: 'post', id: `q${at}`, threadId: `t${at}`, kind: 'question', createdAt }
    const labels = { category: `label-${(at * 7) % LABELS}` }
    const language = at % 3 === 0 ? 'fr' : 'en'
    lines.push({
      type: 'thread',
      id: `t${at}`,
      title: `A question about thing ${at}`,
      createdAt,
      language,
      labels,
    })
    lines.push({ ...question, body: `What is to be done about thing ${at}?` })
    if (at % 2 === 0)
      lines.push({
        ...question,
        id: `a${at}`,
        kind: 'answer',
        body: `Thing ${at} has to be turned off and on.`,
      })
    if (at % 4 === 0) lines.push({ type: 'acceptance', threadId: `t${at}`, postIds: [`a${at}`] })
  }
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  run(['import', 'ndjson', file, '--source', 'many-threads'])
}

/**
 * Sets filters one after the other on a list whose rows were all loaded before.
 *
 * @returns `{ rows, painted, complete }`: rows loaded; milliseconds from each click to the frame after the one that shows
 * other rows, and to the one that shows what the server answered
 */
export async function filterThreads(context) {
  const tab = await openTab(context)
  const { page } = tab
  await page.goto('/app/threads')
  await page.locator('.threads-table tbody a').first().waitFor()
  await settled(tab)
  const rows = await page.evaluate(scrollToEnd)
  const painted = []
  const complete = []
  const choices = page.locator('.threads-choice[aria-pressed]')
  const count = await choices.count()
  for (let at = 0; at < count; at += 1) {
    const times = await choices.nth(at).evaluate(choose)
    if (times === undefined) continue
    painted.push(times.painted)
    complete.push(times.complete)
    await page.locator('.threads-choice[aria-pressed="true"]').click()
    // What was loaded is shown again at once; that all of it is asked for anew would take longer than the whole run.
    await page.waitForTimeout(BETWEEN_MS)
  }
  return { rows, painted, complete }
}

/** Runs in the page. @returns rows that it holds at the end */
async function scrollToEnd() {
  const rows = () =>
    Math.max(...[...document.querySelectorAll('tr[aria-rowindex]')].map((row) => Number(row.ariaRowIndex))) -
    1
  let last = 0
  for (let quiet = 0; quiet < 40; ) {
    scrollTo(0, document.documentElement.scrollHeight)
    await new Promise((resolve) => setTimeout(resolve, 50))
    quiet = rows() > last ? 0 : quiet + 1
    last = Math.max(last, rows())
  }
  scrollTo(0, 0)
  await new Promise((resolve) => setTimeout(resolve, 200))
  return last
}

/** Runs in the page. @returns times, or undefined where a filter left the visible rows as they were */
async function choose(choice) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const shown = () => document.querySelector('.threads-list')?.textContent
  const isBusy = () =>
    document.querySelector('.threads-list [aria-busy="true"], .threads-list .loading') !== null
  const before = shown()
  const began = performance.now()
  choice.click()
  do await frame()
  while (shown() === before && performance.now() - began < 5_000)
  if (shown() === before) return undefined
  await frame()
  const painted = performance.now() - began
  while (isBusy()) await frame()
  await frame()
  return { painted, complete: performance.now() - began }
}
