import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUDIENCES, type Audience } from '../../src/access/audience.ts'
import { MOST_A_VISIT } from '../../src/search/abandonment/giving-up.ts'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { createAsker, openAsking, tokenIn } from '../community/asker.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { type Centre, linkTo, openCentre } from './centre.ts'

const DAY_MS = 86_400_000
const CHAT = 'https://chat.example.org/start?from=help'
const TITLES = ['Turn on roaming abroad', 'Download old bills', 'Restart the decoder', 'Move to a new house']

describeEachDatabase('giving up in the help centre', (database) => {
  let centre: Centre
  let articles: Map<string, string>
  let thread: string
  let manager: TestBrowser

  beforeAll(async () => {
    centre = await openCentre(await database())
    articles = await centre.publish([
      ...TITLES.map((title) => ({ title, body: `<p>${title}, step by step.</p>` })),
      { title: 'Decoder prices of partners', audience: 'partner' as const },
    ])
    const idOf = await centre.importThreads('forum', 'public', {
      t: {
        title: 'Why does the decoder hum?',
        question: 'The decoder hums.',
        answers: [{ body: 'Restart the decoder.', accepted: true }],
      },
    })
    thread = idOf('t')
    await openAsking(centre)
    manager = (await invitePerson(centre, ['knowledge-manager'])).browser
    await changeChat(CHAT)
  })
  afterAll(() => centre.close())

  const idOf = (title: string) => articles.get(title)!

  async function changeChat(url: string) {
    const { body, headers } = await manager.call('/api/help-centre/settings')
    const { logo: _, ...settings } = body
    return manager.call('/api/help-centre/settings', {
      method: 'PUT',
      headers: { 'if-match': headers.get('etag')! },
      body: { ...settings, chat: { ...settings.chat, url } },
    })
  }

  /** What was noted is stored: what a process does before it ends, and not the moment later that it would be otherwise. */
  const stored = () => centre.app.search.close()

  async function page(browser: TestBrowser, path: string): Promise<string> {
    const first = await browser.call(path)
    const { status, body } = first.status === 301 ? await browser.call(first.headers.get('location')!) : first
    expect([path, status]).toEqual([path, 200])
    return body
  }

  async function search(browser: TestBrowser, ...all: string[]): Promise<string> {
    let last = ''
    for (const q of all) {
      last = await page(browser, `/help/en/search?q=${encodeURIComponent(q)}`)
      await stored()
      centre.clock.advance(20_000)
    }
    return last
  }

  const vote = (browser: TestBrowser, title: string, solved: 'yes' | 'no') =>
    centre.submit(browser, `/help/en/articles/${idOf(title)}/feedback`, { solved })

  const counted = async (who = manager) => (await who.call('/api/search/abandonment')).body
  const pages = async (who = manager, more = '') =>
    (await who.call(`/api/search/abandonment/pages?days=30${more}`)).body.items
  const queries = async (who = manager, more = '') =>
    (await who.call(`/api/search/abandonment/queries?days=30${more}`)).body.items

  /** Nothing of the tests before is of the last days; sessions have ended. */
  async function onAnotherDay() {
    centre.clock.advance(40 * DAY_MS)
    manager = (await invitePerson(centre, ['knowledge-manager'])).browser
    expect((await counted()).visits).toBe(0)
  }

  it('is three different searches without an opening, for which help is offered once in the way', async () => {
    await onAnotherDay()
    const browser = centre.browser()
    const second = await search(browser, 'decoder', 'decoder', 'the DECODER restart')
    expect(second).not.toContain('<details class="offer"')
    expect((await counted()).visits).toBe(0)
    const third = await search(browser, 'decoder step')
    expect(third).toContain('<details class="offer" open>')
    expect(linkTo(third, 'Ask a question')).toBe('/help/en/ask?q=decoder%20step')
    expect(linkTo(third, 'Chat with us')).toBe(CHAT)
    const fourth = await search(browser, 'roaming step')
    expect(fourth).not.toContain('<details class="offer"')
    // What is not in the way stays.
    expect(linkTo(fourth, 'Ask a question')).toBe('/help/en/ask?q=roaming%20step')
    expect(browser.cookies.get('entraide_offered')).toBe('1')
    expect(await counted()).toEqual({ visits: 1, signs: { searches: 1, no: 0, asked: 0 } })
    const asked = await queries()
    expect(asked.map(({ text }: { text: string }) => text).sort()).toEqual([
      'decoder',
      'decoder step',
      'roaming step',
      'the DECODER restart',
    ])
    expect(asked[0]).toMatchObject({ visits: 1, asked: 1, signs: { searches: 1 }, pages: [] })
    expect(await pages()).toEqual([])
    // Whoever opens something had not given up.
    await page(browser, `/help/en/articles/${idOf('Turn on roaming abroad')}?q=roaming+step`)
    await stored()
    expect((await counted()).visits).toBe(0)
    await search(browser, 'bills step', 'house step')
    expect((await counted()).visits).toBe(0)
  })

  it('is no matter of searches that are far apart', async () => {
    await onAnotherDay()
    const browser = centre.browser()
    for (const q of ['decoder', 'roaming', 'bills', 'house']) {
      expect(await search(browser, q)).not.toContain('<details class="offer"')
      centre.clock.advance(16 * 60_000)
    }
    expect((await counted()).visits).toBe(0)
  })

  it('is a “no” on an article, with what led to it, until the same visit says yes', async () => {
    await onAnotherDay()
    const title = 'Restart the decoder'
    const path = `/help/en/articles/${idOf(title)}`
    for (let at = 0; at < 3; at++) await page(centre.browser(), path)
    const browser = centre.browser()
    await search(browser, 'decoder')
    await page(browser, `${path}?q=decoder`)
    const { location } = await vote(browser, title, 'no')
    await vote(browser, title, 'no')
    const told = await page(browser, location!.split('#')[0]!)
    expect(linkTo(told, 'Ask a question')).toBe(`/help/en/ask?after=${idOf(title)}`)
    expect(linkTo(told, 'Chat with us')).toBe(CHAT)
    expect(told).not.toContain('<details class="offer"')
    await vote(centre.browser(), title, 'no')
    await stored()
    expect(await pages()).toEqual([
      {
        id: idOf(title),
        ...{ kind: 'article', title, language: 'en', visits: 2, reads: 4 },
        signs: { searches: 0, no: 2, asked: 0 },
        lastDay: centre.clock.now().toISOString().slice(0, 10),
        queries: [{ text: 'decoder', visits: 1 }],
      },
    ])
    expect(await queries()).toMatchObject([
      { text: 'decoder', signs: { no: 1 }, pages: [{ id: idOf(title), visits: 1 }] },
    ])
    expect(await pages(manager, '&sign=asked')).toEqual([])
    await vote(browser, title, 'yes')
    await stored()
    expect(await counted()).toMatchObject({ visits: 1, signs: { no: 1 } })
  })

  it('is a question after reading a page, and after a search alone, but not without either', async () => {
    await onAnotherDay()
    const reader = centre.browser()
    const read = await page(reader, `/help/en/questions/${thread}`)
    const link = linkTo(read, 'Ask a question')!
    expect(link).toBe(`/help/en/ask?after=${thread}`)
    const form = await page(reader, link)
    expect(form).toContain(`name="after" value="${thread}"`)
    centre.clock.advance(60_000)
    const fields = { token: tokenIn(form), step: 'send', title: 'It still hums', after: thread }
    expect((await createAsker(centre, reader).post(fields)).status).toBe(303)

    const searcher = centre.browser()
    await search(searcher, 'bills')
    await page(searcher, `/help/en/articles/${idOf('Download old bills')}?q=bills`)
    await stored()
    await createAsker(centre, searcher).ask({ title: 'Older bills?' })
    const hasty = centre.browser()
    await search(hasty, 'house')
    await createAsker(centre, hasty).ask({ title: 'My house?' })
    await createAsker(centre, centre.browser()).ask({ title: 'Out of the blue' })
    await stored()
    expect(await counted()).toMatchObject({ visits: 3, signs: { asked: 3 } })
    const found = await pages(manager, '&sign=asked')
    expect(found.map((each: { id: string }) => each.id).sort()).toEqual(
      [thread, idOf('Download old bills')].sort(),
    )
    expect(found.find(({ id }: { id: string }) => id === thread)).toMatchObject({ kind: 'thread', reads: 1 })
    expect((await queries()).map(({ text }: { text: string }) => text).sort()).toEqual(['bills', 'house'])
  })

  it('takes nothing from outside on trust, and names nobody', async () => {
    await onAnotherDay()
    const browser = centre.browser()
    for (const after of [
      idOf('Decoder prices of partners'),
      `art_${'0'.repeat(25)}`,
      'art_x" onload="x',
      'x',
    ])
      await createAsker(centre, browser).ask({ title: `Question ${after.length}`, after })
    await stored()
    expect((await counted()).visits).toBe(0)
    expect((await browser.call('/help/en/ask?after=%22%3E%3Cscript%3E')).body).not.toContain('"><script>')
    const { body } = await browser.call(`/help/en/ask?after=${'x'.repeat(100)}`)
    expect(body).toContain('This page does not exist')
    const columns = Object.keys(await centre.app.platform.db.sql('abandonment_signs').first())
    expect(columns.sort()).toEqual(
      ['audience', 'day', 'document_id', 'id', 'language', 'sign', 'terms', 'text', 'visit'].sort(),
    )
  })

  it('keeps few signs of one visit, however much it does', async () => {
    await onAnotherDay()
    const browser = centre.browser()
    await search(browser, 'decoder')
    const words = ['restart', 'step', 'bills', 'house', 'roaming', 'abroad', 'old', 'new', 'move', 'turn']
    for (const one of words)
      for (const other of words) {
        centre.clock.advance(100)
        await browser.call(`/help/en/search?q=${one}+${other}`)
      }
    await stored()
    const [row] = await centre.app.platform.db
      .sql('abandonment_signs')
      .where({ day: centre.clock.now().toISOString().slice(0, 10) })
      .count({ n: '*' })
    expect(Number(row?.n)).toBeLessThanOrEqual(MOST_A_VISIT)
    expect((await counted()).visits).toBe(1)
  })

  describe('as readers of different audiences', () => {
    const AUDIENCE_TITLE = (audience: Audience) => `Guide zz${audience}zz`

    it('give up, is known to those who may know of them alone', async () => {
      await onAnotherDay()
      articles = await centre.publish(
        AUDIENCES.map((audience) => ({
          title: AUDIENCE_TITLE(audience),
          body: `<p>Guide of zz${audience}zz.</p>`,
          audience,
        })),
      )
      for (const audience of AUDIENCES) {
        const { browser } = await invitePerson(centre, ['router'], audience)
        await search(browser, `guide zz${audience}zz`)
        await vote(browser, AUDIENCE_TITLE(audience), 'no')
        // Even a page for everyone: who said so is of an audience.
        await vote(browser, AUDIENCE_TITLE('public'), 'no')
        await stored()
      }
      for (const [at, audience] of AUDIENCES.entries()) {
        const { browser } = await invitePerson(centre, ['supervisor'], audience)
        const visible = AUDIENCES.slice(at)
        const listed = await pages(browser)
        expect(listed.map(({ title }: { title: string }) => title).sort()).toEqual(
          visible.map(AUDIENCE_TITLE).sort(),
        )
        const { visits } = listed.find(({ title }: { title: string }) => title === AUDIENCE_TITLE('public'))
        expect(visits).toBe(visible.length)
        expect((await counted(browser)).visits).toBe(visible.length)
        const asked = (await queries(browser)).map(({ text }: { text: string }) => text)
        expect(asked.sort()).toEqual(visible.map((each) => `guide zz${each}zz`).sort())
      }
    })
  })

  it('is listed in pages, and refuses what it cannot read', async () => {
    const first = (await manager.call('/api/search/abandonment/pages?days=300&limit=1')).body
    expect(first.items).toHaveLength(1)
    const second = (await manager.call(`/api/search/abandonment/pages?days=300&limit=1&cursor=${first.next}`))
      .body
    expect(second.items[0].id).not.toBe(first.items[0].id)
    for (const path of [
      'pages?cursor=x',
      'queries?cursor=x',
      'pages?sign=yes',
      'queries?days=0',
      'pages?x=1',
    ])
      expect([path, (await manager.call(`/api/search/abandonment/${path}`)).status]).toEqual([path, 400])
  })

  it('leads to no chat by another way than https', async () => {
    for (const url of [
      'javascript:alert(1)',
      'http://chat.example.org',
      '/chat',
      'https://',
      'https://user:secret@chat.example.org',
      'https://chat.example.org/a b',
      'data:text/html,x',
      'https:chat',
    ]) {
      const { status, body } = await changeChat(url)
      expect([url, status, body.code]).toEqual([url, 400, 'HELP_CHAT_INVALID'])
    }
    expect((await changeChat('  ')).body.chat).toEqual({
      url: '',
      label: { en: 'Chat with us', fr: 'Discuter avec nous' },
    })
    const browser = centre.browser()
    const { location } = await vote(browser, AUDIENCES.map((each) => `Guide zz${each}zz`).at(-1)!, 'no')
    expect(await page(browser, location!.split('#')[0]!)).not.toContain('Chat with us')
  })

  it('is forgotten with the searches', async () => {
    await stored()
    centre.clock.advance(92 * DAY_MS)
    await centre.runJobs()
    for (const table of ['abandonment_signs', 'page_reads', 'searches'])
      expect([table, await centre.app.platform.db.sql(table).select()]).toEqual([table, []])
  })
})
