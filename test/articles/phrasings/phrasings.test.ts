import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Audience } from '../../../src/access/audience.ts'
import { invitePerson, type TestBrowser } from '../../access/setting.ts'
import { type Centre, openCentre } from '../../help-centre/centre.ts'
import { describeEachDatabase } from '../../support/databases.ts'

interface Listed {
  readonly id: string
  readonly text: string
  readonly origin: string
  readonly visitors?: number
  readonly state: string
}

const answered = (title: string) => ({
  title,
  question: `${title}, please help.`,
  answers: [{ body: 'Switch it on in the settings of the phone.', accepted: true }],
})

describeEachDatabase('phrasings of an article', (database) => {
  let centre: Centre
  let manager: TestBrowser
  let partner: TestBrowser
  let agent: TestBrowser
  let article: string
  let open: (name: string) => string
  let closed: (name: string) => string

  beforeAll(async () => {
    centre = await openCentre(await database())
    manager = (await invitePerson(centre, ['knowledge-manager'])).browser
    partner = (await invitePerson(centre, ['knowledge-manager'], 'partner')).browser
    agent = (await invitePerson(centre, ['agent'])).browser
    const published = await centre.publish([
      { title: 'Turn on data roaming', body: '<p>Open Settings, then Mobile data.</p>' },
      { title: 'Holiday notes of the shop', body: '<p>The shop sells travel internet sticks.</p>' },
    ])
    article = published.get('Turn on data roaming')!
    open = await centre.importThreads('forum', 'public', {
      spain: answered('Handset stays mute beyond the border'),
      private: answered('Handset of jeanne.martin@example.org is mute'),
    })
    closed = await centre.importThreads('club', 'customer', {
      vip: answered('Velvet lounge handset refuses masts'),
    })
  })
  afterAll(() => centre.close())

  const list = async (who = manager): Promise<Listed[]> =>
    (await who.call(`/api/articles/${article}/phrasings`)).body.items
  const stateOf = async (text: string, who = manager) =>
    (await list(who)).find((each) => each.text === text)?.state
  /** The article's place among what a reader finds; undefined where it is not found. */
  async function placeOf(q: string, audience: Audience = 'public') {
    const { items } = await centre.app.search.query({ q, audience, record: false, kind: 'article' })
    const at = items.findIndex(({ id }) => id === article)
    return at < 0 ? undefined : at + 1
  }
  const use = (reference: string) =>
    agent.call(`/api/articles/${article}/uses`, { body: { kind: 'thread', reference } })

  /** Somebody searches, opens the article and says that it solved their problem. */
  async function solve(browser: TestBrowser, q: string, solved: 'yes' | 'no' = 'yes') {
    await browser.call(`/help/en/search?q=${encodeURIComponent(q)}`)
    centre.clock.advance(1_000)
    await centre.submit(browser, `/help/en/articles/${article}/feedback`, { solved })
  }
  async function settle() {
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await centre.runJobs()
  }

  it('are titles of threads that were answered with it, as far as its readers may read them', async () => {
    expect(await placeOf('handset mute beyond the border')).toBeUndefined()
    const { body } = await use(open('spain'))
    await use(open('private'))
    await use(closed('vip'))
    await centre.runJobs()
    expect(await placeOf('handset mute beyond the border')).toBe(1)
    // A customer's words find nothing for the public, and are in no answer of theirs.
    for (const audience of ['public', 'customer', 'internal'] as const)
      expect(await placeOf('velvet lounge masts', audience)).toBeUndefined()
    const listed = (await list()).map(({ text, origin, state }) => [text, origin, state])
    expect(listed.sort()).toEqual([
      ['Handset stays mute beyond the border', 'use', 'ranks'],
      ['Velvet lounge handset refuses masts', 'use', 'closed'],
    ])
    const page = await centre.browser().call('/help/en/search?q=handset+mute+beyond+the+border')
    expect(page.body).toContain('Turn on data roaming')
    expect(page.body).not.toContain('Handset stays mute beyond the border</mark>')

    await agent.call(`/api/articles/${article}/uses/${body.id}`, { method: 'DELETE' })
    await centre.runJobs()
    expect(await placeOf('handset mute beyond the border')).toBeUndefined()
    await use(open('spain'))
    await centre.runJobs()
  })

  it('are no longer what the readers of the article may no longer read', async () => {
    await centre.importThreads('forum', 'partner', {
      spain: answered('Handset stays mute beyond the border'),
    })
    expect(await placeOf('handset mute beyond the border')).toBeUndefined()
    expect(await stateOf('Handset stays mute beyond the border')).toBe('closed')
    await centre.importThreads('forum', 'public', { spain: answered('Handset stays mute beyond the border') })
    expect(await placeOf('handset mute beyond the border')).toBe(1)
  })

  it('are searches that it solved for several visitors: one cannot lift it, however often they say so', async () => {
    const q = 'holiday travel internet data'
    expect(await placeOf(q)).not.toBe(1)
    const one = centre.browser()
    for (let i = 0; i < 8; i++) await solve(one, q)
    await solve(centre.browser(), q)
    await settle()
    expect(await list()).toContainEqual(expect.objectContaining({ text: q, visitors: 2, state: 'few' }))
    expect(await placeOf(q)).not.toBe(1)
    await solve(centre.browser(), q)
    await settle()
    expect(await list()).toContainEqual(expect.objectContaining({ text: q, visitors: 3, state: 'ranks' }))
    expect(await placeOf(q)).toBe(1)
    // Who takes back that it helped counts no more.
    await solve(one, q, 'no')
    await settle()
    expect(await stateOf(q)).toBe('few')
    await solve(one, q)
    await settle()
    expect(await stateOf(q)).toBe('ranks')
  })

  it('from searches of customers rank and show nothing for the public', async () => {
    const q = 'shop sticks for data roaming'
    for (let i = 0; i < 4; i++) await solve(await centre.reader('customer'), q)
    await settle()
    expect(await stateOf(q)).toBe('closed')
    expect(await placeOf('shop sticks')).not.toBe(1)
  })

  it('stay removed until they are restored, whatever brings them again', async () => {
    const q = 'holiday travel internet data'
    const { id } = (await list()).find(({ text }) => text === q)!
    const removed = await manager.call(`/api/articles/${article}/phrasings/${id}`, { method: 'DELETE' })
    expect(removed.status).toBe(200)
    expect(await placeOf(q)).not.toBe(1)
    await solve(centre.browser(), q)
    await settle()
    expect(await stateOf(q)).toBe('removed')
    expect(await placeOf(q)).not.toBe(1)
    // What the one may see, the other learns nothing of.
    expect(await stateOf(q, partner)).toBeUndefined()
    await manager.call(`/api/articles/${article}/phrasings/${id}/restore`, { method: 'POST' })
    expect(await stateOf(q)).toBe('ranks')
    expect(await placeOf(q)).toBe(1)
  })

  it('are added by knowledge managers, with what is wrong said plainly', async () => {
    const add = (text: string, who = manager) =>
      who.call(`/api/articles/${article}/phrasings`, { body: { text } })
    const text = 'zero bars overseas'
    expect((await add(text)).body.items[0]).toMatchObject({ text, origin: 'added', state: 'ranks' })
    expect((await add('Overseas: zero BARS!')).body.items).toHaveLength((await list()).length)
    expect(await placeOf('zero bars overseas')).toBe(1)
    expect((await add(text, agent)).status).toBe(403)
    expect((await add('the phone')).body.code).toBe('ARTICLE_PHRASING_TOO_SHORT')
    expect((await add('call 06 12 34 56 78 abroad')).body.code).toBe('ARTICLE_PHRASING_PERSONAL_DATA')
    expect((await add('x'.repeat(201))).status).toBe(400)
    const gone = await manager.call(`/api/articles/${article}/phrasings/phr_none`, { method: 'DELETE' })
    expect(gone.body.code).toBe('ARTICLE_PHRASING_NOT_FOUND')
  })

  it('are shown to each as far as they may know of them', async () => {
    const texts = (await list(partner)).map(({ text }) => text)
    expect(texts).toContain('Velvet lounge handset refuses masts')
    const customer = (await invitePerson(centre, ['knowledge-manager'], 'public')).browser
    const seen = (await list(customer)).map(({ text }) => text)
    expect(seen).toContain('Handset stays mute beyond the border')
    expect(seen).not.toContain('Velvet lounge handset refuses masts')
    expect(seen).not.toContain('shop sticks for data roaming')
    expect(JSON.stringify(await list())).not.toContain('jeanne')
  })
})
