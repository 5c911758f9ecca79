import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Audience } from '../../src/access/audience.ts'
import type { TestBrowser } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { type Centre, openCentre } from './centre.ts'

const VISITS = 5

describeEachDatabase('what a help centre suggests', (database) => {
  let centre: Centre
  let stranger: TestBrowser
  let customer: TestBrowser

  const search = (browser: TestBrowser, q: string) =>
    browser.call(`/help/en/search?q=${encodeURIComponent(q)}`)

  /** So many visits of readers of an audience. */
  async function visits(who: Audience | 'anonymous', q: string): Promise<void> {
    for (let visit = 0; visit < VISITS; visit++) await search(await centre.reader(who), q)
  }

  const suggestions = async (browser: TestBrowser, q: string) =>
    (await browser.call(`/api/search/suggest?language=en&limit=16&q=${encodeURIComponent(q)}`)).body.items

  beforeAll(async () => {
    centre = await openCentre(await database())
    await centre.publish([
      { title: 'Turn on data roaming abroad', body: '<p>Open Settings, then Mobile data.</p>' },
      { title: 'Prices of roaming', body: '<p>Bills for data abroad.</p>', audience: 'customer' },
    ])
    await centre.importThreads('forum', 'public', {
      answered: {
        title: 'Roaming abroad is slow',
        question: 'Data are slow.',
        answers: [{ body: 'Restart.', accepted: true }],
      },
      open: { title: 'Roaming abroad and nothing', question: 'Nothing works.' },
    })
    stranger = centre.browser()
    customer = await centre.reader('customer')
    await visits('anonymous', 'Settings for data abroad')
    await visits('customer', 'bills for data')
    for (let time = 0; time < 2 * VISITS; time++) await search(stranger, 'open the settings')
    // Stored a moment later, and read after that.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    centre.clock.advance(10 * 60_000)
    for (const [browser, count] of [
      [stranger, 1],
      [customer, 2],
    ] as const)
      await eventually(
        () => questions(browser, 'data'),
        (found) => found.length === count,
      )
  })
  afterAll(() => centre.close())

  const questions = async (browser: TestBrowser, q: string) =>
    (await suggestions(browser, q)).flatMap(({ kind, text }: { kind: string; text: string }) =>
      kind === 'question' ? [text] : [],
    )

  it('are questions of five visits, to those who may know of them, and none that one visit repeats', async () => {
    expect(await questions(stranger, 'data')).toEqual(['settings for data abroad'])
    expect(await questions(customer, 'data')).toEqual(['bills for data', 'settings for data abroad'])
    expect(await questions(customer, 'open')).toEqual([])
  })

  it('are by HTTP articles, threads and words, with their places, of what the caller may see', async () => {
    const items = await suggestions(stranger, 'roam')
    const thread = (text: string) => ({
      kind: 'thread',
      text,
      path: expect.stringContaining('/api/threads/thr_'),
    })
    expect(items).toMatchObject([
      { kind: 'completion', text: 'roaming', marks: [[0, 4]] },
      {
        kind: 'article',
        text: 'Turn on data roaming abroad',
        path: expect.stringContaining('/api/articles/'),
      },
      thread('Roaming abroad is slow'),
      thread('Roaming abroad and nothing'),
    ])
    expect(JSON.stringify(await suggestions(stranger, 'pric'))).not.toContain('rices')
    expect(await suggestions(customer, 'pric')).toMatchObject([
      { text: 'prices' },
      { text: 'Prices of roaming' },
    ])
  })

  it('are on pages only what has a page', async () => {
    const { body } = await stranger.call('/help/en/suggestions?q=roaming')
    expect(body.items.map(({ kind, text }: { kind: string; text: string }) => `${kind} ${text}`)).toEqual([
      'completion roaming abroad',
      'article Turn on data roaming abroad',
      'thread Roaming abroad is slow',
    ])
    const { body: asked } = await stranger.call('/help/en/suggestions?q=settings')
    expect(asked.items).toContainEqual({
      kind: 'question',
      text: 'settings for data abroad',
      marks: [[0, 8]],
      path: '/help/en/search?q=settings%20for%20data%20abroad',
    })
  })

  it('are refused or empty for whatever else is sent', async () => {
    const status = async (query: string) => (await stranger.call(`/api/search/suggest?${query}`)).status
    expect(await status(`q=${'a'.repeat(501)}`)).toBe(400)
    expect(await status(`q=${'a'.repeat(1_000_000)}`)).toBeGreaterThanOrEqual(400)
    expect(await status('q=a&limit=17')).toBe(400)
    expect(await status('language=en')).toBe(400)
    expect(await status('q=a&audience=internal')).toBe(400)
    expect(await status('q=%00')).toBe(400)
    for (const q of ['%ED%A0%80', '"', '-', 'title:', '%F0%9F%98%80', "l'", ''])
      expect([q, await status(`q=${q}`)]).toEqual([q, 200])
  })
})
