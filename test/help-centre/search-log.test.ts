import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestBrowser } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { type Centre, openCentre } from './centre.ts'

const DAY_MS = 86_400_000

interface Row {
  readonly visit: string
  readonly text: string
  readonly count: number
  readonly shown: string
  readonly failed: number
  readonly followed_by: string | null
}

describeEachDatabase('the search log of a help centre', (database) => {
  let centre: Centre
  let articles: Map<string, string>

  beforeAll(async () => {
    centre = await openCentre(await database())
    articles = await centre.publish([
      { title: 'Turn on data roaming abroad', body: '<p>Open Settings, then Mobile data.</p>' },
      { title: 'Download the bills of last year', body: '<p>Bills are in your account.</p>' },
      {
        title: 'Prices of staff phones',
        body: '<p>Staff phones are roaming abroad for nothing.</p>',
        audience: 'internal',
      },
    ])
  })
  afterAll(() => centre.close())

  const sql = () => centre.app.platform.db.sql
  const idOf = (title: string) => articles.get(title)!
  const roaming = () => idOf('Turn on data roaming abroad')

  const search = (browser: TestBrowser, q: string, more = '') =>
    browser.call(`/help/en/search?q=${encodeURIComponent(q)}${more}`)

  async function open(browser: TestBrowser, id: string, q: string) {
    const first = await browser.call(`/help/en/articles/${id}?q=${encodeURIComponent(q)}`)
    const { status } = first.status === 301 ? await browser.call(first.headers.get('location')!) : first
    expect(status).toBe(200)
  }

  const vote = (browser: TestBrowser, id: string, solved: 'yes' | 'no') =>
    centre.submit(browser, `/help/en/articles/${id}/feedback`, { solved })

  /** What is stored once what was noted is, of searches with a word. */
  async function stored(word: string): Promise<Row[]> {
    await new Promise((resolve) => setTimeout(resolve, 1_300))
    return sql()('searches').whereLike('text', `%${word}%`).orderBy(['asked_at', 'id']).select()
  }

  it('says what was asked, shown, opened, put otherwise and solved, and not by whom', async () => {
    const browser = centre.browser()
    await search(browser, 'bills of abroad')
    centre.clock.advance(5_000)
    await search(browser, 'data roaming abroad')
    centre.clock.advance(5_000)
    await search(browser, 'Data ROAMING abroad?')
    await open(browser, roaming(), 'data roaming abroad')
    await vote(browser, roaming(), 'yes')
    const rows = await stored('abroad')
    expect(rows.map(({ text, count }) => [text, count])).toEqual([
      ['bills of abroad', 1],
      ['data roaming abroad', 2],
    ])
    const [first, second] = rows
    expect(JSON.parse(second!.shown)[0]).toBe(roaming())
    // A reader is shown nothing that they may not see, so neither is it logged.
    expect(second!.shown).not.toContain(idOf('Prices of staff phones'))
    expect(first!.visit).toMatch(/^visit_[0-9a-f]{32}$/)
    expect(second!.visit).toBe(first!.visit)
    expect(first!.followed_by).not.toBeNull()
    expect(second!.followed_by).toBeNull()
    const openings = await sql()('search_openings').select('document_id', 'solved')
    expect(openings.map(({ document_id, solved }) => [document_id, Boolean(solved)])).toEqual([
      [roaming(), true],
    ])
    await vote(browser, roaming(), 'no')
    await stored('abroad')
    expect(Boolean((await sql()('search_openings').first('solved')).solved)).toBe(false)
    for (const cookie of browser.setCookies()) expect(cookie).toMatch(/Max-Age=86400; Path=\/help; HttpOnly/)
  })

  it('keeps no word that no document holds, and nothing of what holds personal data', async () => {
    const browser = centre.browser()
    await search(browser, 'download hunter2 bills of zzyzx')
    await search(browser, 'download bills jeanne@example.org')
    await search(browser, 'bills, my name is Jeanne Martin')
    await search(browser, 'zzyzx')
    const texts = (await stored('')).map(({ text }) => text)
    expect(texts).toContain('download … bills of …')
    expect(texts.join()).not.toMatch(/hunter|jeanne|zzyzx|martin/i)
  })

  it('takes no opening of what the search had not shown, nor one without a search', async () => {
    const before = await sql()('search_openings').select()
    const browser = centre.browser()
    await search(browser, 'bills of the account')
    await open(browser, roaming(), 'bills of the account')
    await open(centre.browser(), roaming(), 'data roaming')
    await vote(centre.browser(), roaming(), 'yes')
    await stored('bills')
    expect(await sql()('search_openings').select()).toHaveLength(before.length)
  })

  it('leaves later pages and topics out, and is no wait for the reader', async () => {
    const browser = centre.browser()
    const before = await stored('phones')
    await search(browser, 'phones', '&topic=x')
    expect(await stored('phones')).toHaveLength(before.length)
    await sql().schema.renameTable('searches', 'gone')
    const { status } = await search(browser, 'data roaming abroad')
    expect(status).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 1_300))
    await sql().schema.renameTable('gone', 'searches')
  })

  it('is forgotten after 90 days', async () => {
    expect((await stored('')).length).toBeGreaterThan(0)
    centre.clock.advance(92 * DAY_MS)
    await centre.runJobs()
    expect(await sql()('searches').select()).toEqual([])
    expect(await sql()('search_openings').select()).toEqual([])
  })
})
