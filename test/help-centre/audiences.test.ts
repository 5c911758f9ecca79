import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUDIENCES, type Audience, visibleTo } from '../../src/access/audience.ts'
import type { TestBrowser } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { type Centre, linkTo, openCentre } from './centre.ts'

type Who = Audience | 'anonymous'
const READERS: readonly Who[] = ['anonymous', 'customer', 'partner', 'internal']

/** A word that stands in all that is for an audience, and nowhere else. */
const markOf = (audience: Audience) => `zz${audience}zz`
const audienceOf = (who: Who): Audience => (who === 'anonymous' ? 'public' : who)

describeEachDatabase('a reader of the help centre', (database) => {
  let centre: Centre
  let articles: Map<string, string>
  let threads: ReadonlyMap<Audience, string>
  const browsers = new Map<Who, TestBrowser>()

  beforeAll(async () => {
    centre = await openCentre(await database())
    articles = await centre.publish(
      AUDIENCES.flatMap((audience) => [
        {
          title: `Roaming guide ${markOf(audience)}`,
          body: `<p>Roaming for ${markOf(audience)}.</p>`,
          section: 'Shared',
          audience,
          translation: { title: `Guide ${markOf(audience)}`, body: `<p>Itinérance ${markOf(audience)}.</p>` },
        },
        { title: `Roaming prices ${markOf(audience)}`, section: `Only ${markOf(audience)}`, audience },
      ]),
    )
    const made = new Map<Audience, string>()
    for (const audience of AUDIENCES) {
      const id = await centre.importThreads(`forum-${audience}`, audience, {
        t: {
          title: `Roaming question ${markOf(audience)}`,
          question: `Roaming ${markOf(audience)}?`,
          answers: [{ body: `Yes, ${markOf(audience)}.`, accepted: true }],
        },
      })
      made.set(audience, id('t'))
    }
    threads = made
    for (const who of READERS) browsers.set(who, await centre.reader(who))
  })
  afterAll(() => centre.close())

  const get = async (who: Who, path: string) => {
    const first = await browsers.get(who)!.call(path)
    const { status, headers, body } =
      first.status === 301 ? await browsers.get(who)!.call(first.headers.get('location')!) : first
    return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) }
  }
  const idOf = (audience: Audience) => articles.get(`Roaming guide ${markOf(audience)}`)!

  /** Everywhere that a title, a count or a text might come out. */
  const PAGES: readonly string[] = [
    '/help/en',
    '/help/fr',
    '/help/en/search?q=roaming',
    '/help/fr/search?q=itinerance',
    '/help/fr/search?q=prices',
    '/help/en/search?q=roaming&topic=Shared',
    ...AUDIENCES.map((audience) => `/help/en/search?q=guide&topic=Only+${audience}`),
    '/help/en/suggestions?q=roam',
    '/help/fr/suggestions?q=gui',
    '/help/en/feed.xml',
    '/help/fr/feed.xml',
    '/sitemap.xml',
    '/robots.txt',
  ]

  describe.each(READERS)('%s', (who) => {
    const visible = visibleTo(audienceOf(who))
    const hidden = AUDIENCES.filter((audience) => !visible.includes(audience))
    const expectNothingHidden = (where: string, text: string) => {
      const found = hidden.filter((audience) => text.includes(markOf(audience)))
      expect([where, ...found]).toEqual([where])
    }

    it('meets no trace of what is for others, and all that is for them', async () => {
      for (const path of PAGES) expectNothingHidden(path, (await get(who, path)).text)
      const expected = (text: string) => visible.filter((audience) => !text.includes(markOf(audience)))
      for (const path of ['/help/en', '/help/en/search?q=roaming', '/help/en/feed.xml', '/sitemap.xml'])
        expect([path, ...expected((await get(who, path)).text)]).toEqual([path])
      const shown = (await get(who, '/help/en/suggestions?q=roam')).text
      expect(visible.some((audience) => shown.includes(markOf(audience)))).toBe(true)
    })

    it('is told numbers of what they see alone', async () => {
      const home = (await get(who, '/help/en')).text
      const count = visible.length === 1 ? '1 article' : `${visible.length} articles`
      expect(linkTo(home, `Shared ${count}`)).toBeDefined()
      const topic = (await get(who, linkTo(home, `Shared ${count}`)!)).text
      expect(topic).toContain(`>${count}<`)
      expectNothingHidden('topic', topic)
      const feed = (await get(who, `${linkTo(home, `Shared ${count}`)}/feed.xml`)).text
      expect(feed.match(/<entry>/g)).toHaveLength(visible.length)
      expectNothingHidden('feed', feed)
    })

    it('reads articles and threads with nothing beside them that is for others', async () => {
      for (const audience of visible) {
        const article = await get(who, `/help/en/articles/${idOf(audience)}`)
        expect([audience, article.status]).toEqual([audience, 200])
        expect(article.text).toContain('hreflang="fr"')
        expectNothingHidden(`article ${audience}`, article.text)
        const question = await get(who, `/help/en/questions/${threads.get(audience)}`)
        expect([audience, question.status]).toEqual([audience, 200])
        expectNothingHidden(`question ${audience}`, question.text)
      }
    })

    it('learns of what is for others no more than of what does not exist', async () => {
      const nothing = { article: `art_${'0'.repeat(25)}`, thread: `thr_${'0'.repeat(16)}` }
      const answers = async (article: string, thread: string) => {
        const paths = [
          `/help/en/articles/${article}`,
          `/help/fr/articles/a-${article}?q=x`,
          `/help/en/questions/${thread}`,
        ]
        const shown = []
        for (const path of paths) {
          const { status, headers, text } = await get(who, path)
          shown.push({ status, cache: headers.get('cache-control'), text })
        }
        const vote = { solved: 'no', reason: 'x' }
        const voted = await centre.submit(browsers.get(who)!, `/help/en/articles/${article}/feedback`, vote)
        return [...shown, { status: voted.status, text: voted.body }]
      }
      const absent = await answers(nothing.article, nothing.thread)
      expect(absent.map(({ status }) => status)).toEqual([404, 404, 404, 404])
      for (const audience of hidden)
        expect(await answers(idOf(audience), threads.get(audience)!)).toEqual(absent)
      const archived = articles.get(`Roaming prices ${markOf('internal')}`)!
      if (who === 'anonymous') expect((await get(who, `/help/en/articles/${archived}`)).status).toBe(404)
    })
  })

  it('sees a narrower audience at once, also of pages that were kept', async () => {
    const id = idOf('public')
    const path = `/help/en/articles/${id}`
    expect((await get('anonymous', path)).status).toBe(200)
    await centre.app.platform.db.sql('articles').where({ id }).update({ audience: 'internal' })
    expect((await get('anonymous', path)).status).toBe(404)
    for (const page of ['/help/en', '/sitemap.xml', '/help/en/feed.xml'])
      expect((await get('anonymous', page)).text).not.toContain(`roaming-guide-${markOf('public')}`)
    await centre.app.articles.archiveArticle({
      id,
      actor: { id: 'system', name: 'system', roles: ['admin'], audience: 'internal' },
    })
    expect((await get('anonymous', path)).status).toBe(404)
    expect((await get('internal', path)).status).toBe(410)
  })

  it('must sign in first where the company wants that, and learns nothing before', async () => {
    await centre.app.platform.db
      .sql('help_centre_settings')
      .insert({ name: 'settings', value: JSON.stringify({ access: 'signed-in' }), version: 1 })
    const anonymous = centre.browser()
    const asked = ['/help/en', '/sitemap.xml', `/help/en/articles/${idOf('customer')}`, '/help/en/nothing']
    for (const path of asked) {
      const { status, headers, body } = await anonymous.call(path)
      expect([path, status, body]).toEqual([path, 303, ''])
      expect(headers.get('location')).toContain('/sign-in?to=')
    }
    expect((await anonymous.call('/robots.txt')).body).toBe('User-agent: *\nDisallow: /\n')
    const customer = browsers.get('customer')!
    expect((await customer.call('/help/en')).status).toBe(200)
    expect((await customer.call('/help/en')).headers.get('cache-control')).toBe('private, no-cache')
    await centre.submit(customer, '/help/en/sign-out', {})
    expect((await customer.call('/help/en')).status).toBe(303)
  })
})
