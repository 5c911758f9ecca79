/** How quick Review is under a keyboard. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { openTab, settled } from './browser.mjs'

const fixtures = new URL('../../fixtures/demo/', import.meta.url)
/** A digit of no meaning: what is measured is the same for each. */
const DIGITS = ['Digit1', 'Digit2', 'Digit3']
const WORDS_A_SECOND = 4
/** Of a long post the beginning is read. */
const READING_AT_MOST_MS = 4_000
const DECIDING_MS = 1_000
const HELD_DOWN_MS = 80

/** Gives the demo posts without a label, enough of them to be worked through. */
export function addPostsToReview({ home, run }) {
  const file = join(home, 'posts-to-review.ndjson')
  const texts = ['plain-posts-fr.csv', 'plain-posts-en.csv'].flatMap((name) =>
    parse(readFileSync(new URL(name, fixtures)), { columns: true }).map(({ text }) => text),
  )
  const createdAt = '2026-01-05T09:00:00Z'
  const records = texts.flatMap((text, at) => [
    { type: 'thread', id: `t${at}`, title: text, createdAt },
    { type: 'post', id: `p${at}`, threadId: `t${at}`, kind: 'question', body: text, createdAt },
  ])
  writeFileSync(file, records.map((record) => JSON.stringify(record)).join('\n'))
  run(['import', 'ndjson', file, '--source', 'posts-to-review'])
}

/** @returns milliseconds from each key to the frame after the one that shows the next post */
export async function answerByKeyboard(context, { answers }) {
  const page = await openReview(context)
  for (let at = 0; at < answers; at += 1) {
    await answer(page, DIGITS[at % DIGITS.length])
    await page.waitForTimeout(150)
  }
  return page.evaluate(() => globalThis.answerTimes)
}

/**
 * Ten labels as a person gives them: each post is read at four words a second, for four
 * seconds at most, thought about for one, and answered.
 *
 * @returns seconds from opening the page on, and those of them in which the person waited for the page
 */
export async function labelAtHumanPace(context) {
  const began = performance.now()
  const page = await openReview(context)
  let waited = performance.now() - began
  for (let at = 0; at < 10; at += 1) {
    const text = await page.locator('.review-post').innerText()
    const reading = (text.split(/\s+/).length / WORDS_A_SECOND) * 1000
    await page.waitForTimeout(Math.min(reading, READING_AT_MOST_MS) + DECIDING_MS)
    await answer(page, DIGITS[at % DIGITS.length], { delay: HELD_DOWN_MS })
    waited += (await page.evaluate(() => globalThis.answerTimes)).at(-1)
  }
  return { seconds: (performance.now() - began) / 1000, waited: waited / 1000 }
}

async function openReview(context) {
  const tab = await openTab(context)
  await tab.page.addInitScript(recordAnswers)
  await tab.page.goto('/app/review')
  await settled(tab)
  await tab.page.locator('.review-label').first().waitFor()
  return tab.page
}

async function answer(page, key, options) {
  const before = await page.evaluate(() => globalThis.answerTimes.length)
  await page.keyboard.press(key, options)
  await page.waitForFunction((count) => globalThis.answerTimes.length > count, before)
}

/** Runs in the page. */
function recordAnswers() {
  globalThis.answerTimes = []
  const shown = () => document.querySelector('.review-post')?.textContent
  addEventListener(
    'keydown',
    ({ code, timeStamp }) => {
      if (!code.startsWith('Digit')) return
      const before = shown()
      const look = () => {
        if (shown() === before) requestAnimationFrame(look)
        else requestAnimationFrame(() => globalThis.answerTimes.push(performance.now() - timeStamp))
      }
      requestAnimationFrame(look)
    },
    true,
  )
}
