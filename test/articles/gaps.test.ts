import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Audience } from '../../src/access/audience.ts'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { type Centre, openCentre } from '../help-centre/centre.ts'
import { describeEachDatabase } from '../support/databases.ts'

interface ListedGap {
  readonly id: string
  readonly text: string
  readonly asked: number
  readonly failed: number
  readonly demand: string
  readonly queries: number
  readonly threads: number
  readonly article?: { readonly id: string }
}

const thread = (title: string, isAnswered = true) => ({
  title,
  question: `${title}, please help.`,
  answers: isAnswered
    ? [
        {
          body: 'Orange means that the line has no signal. Unplug the grey cable at the wall socket, clean the contact and push it back until it clicks.',
          accepted: true,
        },
      ]
    : [],
})

describeEachDatabase('gaps', (database) => {
  let centre: Centre
  let manager: TestBrowser
  let supervisor: TestBrowser
  let open: TestBrowser
  let agent: TestBrowser
  let roaming: string
  let forum: (name: string) => string

  beforeAll(async () => {
    centre = await openCentre(await database())
    const person = async (role: string, audience: Audience = 'internal') =>
      (await invitePerson(centre, [role], audience)).browser
    manager = await person('knowledge-manager')
    supervisor = await person('supervisor')
    open = await person('knowledge-manager', 'public')
    agent = await person('agent')
    const published = await centre.publish([
      { title: 'Turn on data roaming abroad', body: '<p>Open Settings.</p>' },
    ])
    roaming = published.get('Turn on data roaming abroad')!
    forum = await centre.importThreads('forum', 'public', {
      storm: thread('Router blinks orange after the storm'),
      again: thread('After storm the router blinks orange', false),
    })
    await centre.importThreads('club', 'customer', {
      velvet: thread('Velvet lounge closed on mondays'),
      storm: thread('Router blinks orange in the velvet lounge after the storm'),
    })
    const ask = (q: string, audience: Audience, times: number) => {
      for (let i = 0; i < times; i++)
        centre.app.search.noteSearch({ q, audience, language: 'en', found: 0, failed: true, shown: [] })
    }
    ask('router blinks orange', 'public', 5)
    ask('orange router blinks storm', 'public', 2)
    ask('velvet lounge mondays', 'customer', 9)
    const helped = { q: 'data roaming', language: 'en', found: 1, failed: false, shown: [roaming] }
    for (const visit of ['a', 'b', 'c']) {
      centre.app.search.noteSearch({ ...helped, audience: 'public', visit })
      centre.app.search.noteOpening({ visit, audience: 'public', documentId: roaming, solved: true })
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await centre.runJobs()
  })
  afterAll(() => centre.close())

  const get = async (who: TestBrowser, path: string) => {
    // Groups are kept for half a minute.
    centre.clock.advance(31_000)
    return (await who.call(`/api${path}`)).body
  }
  const gapOf = async (text: string, who = manager, state = 'open'): Promise<ListedGap | undefined> =>
    (await get(who, `/search/gaps?state=${state}`)).items.find((each: ListedGap) => each.text === text)
  const decide = (who: TestBrowser, id: string, body: object) =>
    who.call(`/api/search/gaps/${id}/decisions`, { body })

  it('are searches in vain that ask the same, with the threads that do, and split the demand', async () => {
    const { items, demand } = await get(supervisor, '/search/gaps')
    expect(
      items.map(({ text, asked, failed, queries }: ListedGap) => [text, asked, failed, queries]),
    ).toEqual([
      ['velvet lounge mondays', 9, 9, 1],
      ['router blinks orange', 7, 7, 2],
    ])
    expect(demand).toEqual({ new: 16, 'not-found': 0, linked: 3 })
    const { id } = (await gapOf('router blinks orange'))!
    const gap = await get(supervisor, `/search/gaps/${id}`)
    expect(gap.queries.map(({ text, asked }: { text: string; asked: number }) => [text, asked])).toEqual([
      ['router blinks orange', 5],
      ['orange router blinks storm', 2],
    ])
    expect(gap.threads).toHaveLength(3)
    // Promoted threads, and those that have an answer, are candidates for an article.
    expect(gap.candidateId).toMatch(/^cnd_/)
  })

  it('show nobody what they may not know: neither searches nor threads, nor their number', async () => {
    const { items, demand } = await get(open, '/search/gaps')
    expect(items.map(({ text }: ListedGap) => text)).toEqual(['router blinks orange'])
    expect(demand).toEqual({ new: 7, 'not-found': 0, linked: 3 })
    expect(items[0].threads).toBe(2)
    const hidden = (await gapOf('velvet lounge mondays'))!
    expect((await open.call(`/api/search/gaps/${hidden.id}`)).body.code).toBe('SEARCH_GAP_NOT_FOUND')
    const queries = await get(open, '/search/queries')
    expect(JSON.stringify(queries)).not.toContain('velvet')
    expect((await get(agent, '/search/gaps')).code).toBe('ROLE_FORBIDDEN')
  })

  it('are known but not found once a thread of theirs has an article', async () => {
    const article = await centre.promote(forum('storm'), 'public')
    const gap = (await gapOf('router blinks orange'))!
    expect(gap).toMatchObject({ demand: 'not-found', article: { id: article } })
    expect((await get(manager, '/search/gaps')).demand).toEqual({ new: 9, 'not-found': 7, linked: 3 })
    expect((await get(manager, '/search/gaps?demand=new')).items).toHaveLength(1)
  })

  it('are declined with a reason, and come back', async () => {
    const { id } = (await gapOf('velvet lounge mondays'))!
    expect((await decide(supervisor, id, { decision: 'decline', reason: 'unclear' })).status).toBe(403)
    expect((await decide(manager, id, { decision: 'decline' })).body.code).toBe('SEARCH_GAP_INCOMPLETE')
    expect((await decide(manager, id, { decision: 'link' })).body.code).toBe('SEARCH_GAP_INCOMPLETE')
    expect((await decide(manager, 'gap_none', { decision: 'decline', reason: 'unclear' })).status).toBe(404)
    const declined = await decide(manager, id, {
      decision: 'decline',
      reason: 'out-of-scope',
      note: 'Not ours',
    })
    expect(declined.body.decision).toMatchObject({
      decision: 'declined',
      reason: 'out-of-scope',
      note: 'Not ours',
    })
    expect(await gapOf('velvet lounge mondays')).toBeUndefined()
    expect(await gapOf('velvet lounge mondays', manager, 'declined')).toBeDefined()
    await manager.call(`/api/search/gaps/${id}/decisions`, { method: 'DELETE' })
    expect(await gapOf('velvet lounge mondays')).toBeDefined()
  })

  it('become phrasings of an article, for those alone who may know who asked', async () => {
    const { id } = (await gapOf('velvet lounge mondays'))!
    const other = await decide(manager, id, { decision: 'phrase', articleId: 'art_none' })
    expect(other.body.code).toBe('ARTICLE_NOT_FOUND')
    await decide(manager, id, { decision: 'phrase', articleId: roaming })
    const { items } = await get(manager, `/articles/${roaming}/phrasings`)
    expect(items).toContainEqual(
      expect.objectContaining({ text: 'velvet lounge mondays', origin: 'added', state: 'closed' }),
    )
    expect(await gapOf('velvet lounge mondays', manager, 'linked')).toMatchObject({ demand: 'not-found' })
    const find = async (q: string) =>
      (await centre.app.search.query({ q, audience: 'public', record: false })).items.map((each) => each.id)
    expect(await find('velvet lounge mondays')).not.toContain(roaming)
    const asked = (await gapOf('router blinks orange'))!
    await decide(manager, asked.id, { decision: 'phrase', articleId: roaming })
    expect(await find('router blinks orange')).toContain(roaming)
  })

  it('come from queries, which say what was asked, shown and taken', async () => {
    const { items } = await get(manager, '/search/queries?outcome=helped')
    expect(items).toMatchObject([
      {
        text: 'data roaming',
        asked: 3,
        visitors: 3,
        helped: 3,
        failed: 0,
        shown: [{ id: roaming, kind: 'article', title: 'Turn on data roaming abroad' }],
        opened: [{ id: roaming, times: 3 }],
        instead: [],
      },
    ])
    const first = await get(manager, '/search/queries?limit=2')
    expect(first.items).toHaveLength(2)
    const second = await get(manager, `/search/queries?limit=2&cursor=${first.next}`)
    expect(second.items).toHaveLength(2)
    expect(second.next).toBeUndefined()
    expect((await get(manager, '/search/queries?text=MONDAYS')).items).toHaveLength(1)
    expect((await get(manager, '/search/queries?text=%25')).items).toEqual([])
    expect((await get(manager, '/search/queries?cursor=x')).code).toMatch(/CURSOR_INVALID/)
    expect((await manager.call('/api/search/queries?days=0')).status).toBe(400)
  })
})
