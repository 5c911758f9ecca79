import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { invitePerson } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { storedScripts } from '../web/support/stored-scripts.ts'
import { type Centre, dataOf, linkTo, openCentre } from './centre.ts'

const ROAMING =
  '<p>No internet outside the country.</p><h2>Solution</h2><h3>On Android</h3><ol><li>Open the settings.</li><li>Switch data roaming on.</li></ol><h3>On iPhone</h3><ol><li>Open Mobile data &amp; roaming.</li></ol>'

describeEachDatabase('the pages of a help centre', (database) => {
  let centre: Centre
  let ids: Map<string, string>
  let thread: (name: string) => string
  let anonymous: Awaited<ReturnType<Centre['reader']>>
  const page = async (path: string) => (await anonymous.call(path)).body as string

  beforeAll(async () => {
    centre = await openCentre(await database())
    ids = await centre.publish([
      {
        title: 'Use data abroad',
        body: ROAMING,
        section: 'Abroad',
        translation: { title: 'Utiliser ses données à l’étranger', body: '<p>Activez l’itinérance.</p>' },
      },
      { title: 'Data abroad is slow', body: '<p>Choose another network.</p>', section: 'Abroad' },
      { title: 'Pay a bill', body: '<p>Pay the invoice online.</p>', section: 'Bills' },
      { title: 'Nur auf Deutsch', body: '<p>Zahnradbahn.</p>', locale: 'de' },
    ])
    thread = await centre.importThreads('forum', 'public', {
      box: {
        title: 'The box restarts',
        question: 'It restarts every hour.',
        answers: [{ body: 'Buy another one.' }, { body: 'Replace its **cable**.', accepted: true }],
        url: 'https://forum.example.org/t/box',
        labels: { category: 'Boxes' },
      },
      open: { title: 'Nobody knows', question: 'Is there a zeppelin?', answers: [{ body: 'Perhaps.' }] },
    })
    anonymous = await centre.reader('anonymous')
  })
  afterAll(() => centre.close())

  it('begin in the language that the reader would rather read', async () => {
    const first = await anonymous.call('/help', { headers: { 'accept-language': 'fr-CA,en;q=0.5' } })
    expect([first.status, first.headers.get('location')]).toEqual([302, '/help/fr'])
    const home = await page('/help/en')
    expect(home).toContain('<html lang="en">')
    expect(linkTo(home, 'Use data abroad')).toMatch(/^\/help\/en\/articles\/use-data-abroad--art_\w+$/)
    expect(home.indexOf('Abroad</span> <small>2 articles')).toBeGreaterThan(0)
    expect(linkTo(home, 'Français')).toBe('/help/fr')
    expect(home).not.toContain('Nur auf Deutsch')
    expect((await anonymous.call('/help/en/')).headers.get('location')).toBe('/help/en')
  })

  it('show an article with its steps, contents, topic, related articles and translation', async () => {
    const path = linkTo(await page('/help/en'), 'Use data abroad')!
    const html = await page(path)
    expect(html).toContain('<h2 id="resolution">What to do</h2>')
    expect(html).toContain('<li>Switch data roaming on.</li>')
    expect(linkTo(html, 'On Android')).toBe('#resolution-1')
    expect(html).toContain('<h3 id="resolution-2">On iPhone</h3>')
    expect(html).toMatch(/Checked on <time datetime="[^"]+">1 June 2025<\/time>/)
    expect(linkTo(html, 'Data abroad is slow')).toBeDefined()
    const french = linkTo(html, 'Read this in Français')!
    expect(await page(french)).toContain('Activez l’itinérance.')
    expect(linkTo(await page(french), 'English')).toBe(path)
    const topic = await page(linkTo(html, 'Abroad')!)
    expect(linkTo(topic, 'Data abroad is slow')).toBeDefined()
    expect(linkTo(topic, 'Pay a bill')).toBeUndefined()
    const data = dataOf(html)
    expect(data.get('TechArticle')).toMatchObject({ headline: 'Use data abroad', inLanguage: 'en' })
    expect(data.get('BreadcrumbList')).toMatchObject({ itemListElement: [{}, { name: 'Abroad' }, {}] })
    for (const [language, href] of [
      ['en', path],
      ['fr', french],
    ])
      expect(html).toContain(`<link rel="alternate" hreflang="${language}" href="${centre.url}${href}">`)
    expect(html).toContain(`<link rel="canonical" href="${centre.url}${path}">`)
  })

  it('open where the searched words are, and mark them', async () => {
    const results = await page('/help/en/search?q=switching+roaming')
    const path = linkTo(results, 'Use data abroad')!
    expect(path).toMatch(/\?q=switching%20roaming#found$/)
    const html = await page(path)
    expect(html).toContain('<li id="found"><mark>Switch</mark> data <mark>roaming</mark> on.</li>')
    expect(html).toContain('Mobile data &amp; <mark>roaming</mark>')
  })

  it('find what the API finds, by topic, and let a reader choose one', async () => {
    const answer = await anonymous.call('/api/search?q=data&language=en')
    const titles = answer.body.items.map(({ title }: { title: string }) => title)
    const html = await page('/help/en/search?q=data')
    const found = titles.filter((title: string) => linkTo(html, title) !== undefined)
    expect(found).toEqual(titles)
    const several = await page('/help/en/search?q=data+bill')
    expect(linkTo(several, 'Abroad 2')).toContain('topic=Abroad')
    const narrowed = await page(linkTo(several, 'Abroad 2')!)
    expect(linkTo(narrowed, 'Use data abroad')).toBeDefined()
    expect(linkTo(narrowed, 'Pay a bill')).toBeUndefined()
    expect((await anonymous.call('/help/en/search?q=data&after=nonsense')).status).toBe(404)
  })

  it('say what a misspelt word was taken for, and that nothing fits before they show what comes nearest', async () => {
    const corrected = await page('/help/en/search?q=data+abroda')
    expect(linkTo(corrected, 'Use data abroad')).toBeDefined()
    expect(corrected).toContain('Searched for “data abroad”.')
    const nothing = await page('/help/en/search?q=pay+zeppelin+mortgage+insurance')
    expect(nothing).toContain('Nothing fits “pay zeppelin mortgage insurance”')
    expect(nothing).toContain('The nearest that there is')
    expect(linkTo(nothing, 'Pay a bill')).toBeDefined()
    const french = await page('/help/fr/search?q=itinérance+zeppelin+hypothèque+assurance')
    expect(french).toContain('Rien ne correspond à')
  })

  it('offer another language where this one has nothing, and say so where nothing fits', async () => {
    const elsewhere = await page('/help/fr/search?q=Zahnradbahn')
    expect(linkTo(elsewhere, 'Nur auf Deutsch')).toContain('/help/de/articles/nur-auf-deutsch--art_')
    expect(elsewhere).toContain('Il y a une réponse dans une autre langue\u00a0:')
    const nothing = await page('/help/en/search?q=qwertzuiop')
    expect(nothing).toContain('Nothing fits “qwertzuiop”')
    expect(linkTo(nothing, 'Bills 1 article')).toBeDefined()
    expect(await page('/help/en/search')).toContain('Type what you are looking for.')
  })

  it('show a resolved thread with its accepted answer first, at home in its community', async () => {
    const path = linkTo(await page('/help/en/search?q=box+restarts'), 'The box restarts')!
    const html = await page(path)
    const main = html.slice(html.indexOf('<main'))
    expect(main.indexOf('<strong>cable</strong>')).toBeLessThan(main.indexOf('Buy another one.'))
    expect(html).toContain('<link rel="canonical" href="https://forum.example.org/t/box">')
    expect(dataOf(html).get('QAPage')).toMatchObject({
      mainEntity: { acceptedAnswer: [{ text: 'Replace its cable.', author: { name: 'Bo the helper' } }] },
    })
    expect(await page('/help/en/search?q=box+restarts')).toContain('/help/en/questions/the-box-restarts--')
    await centre.promote(thread('box'), 'public')
    const results = await page('/help/en/search?q=box+restarts')
    expect(results).toContain('/help/en/articles/the-box-restarts--')
    expect(results).not.toContain('/help/en/questions/')
    expect(linkTo(await page(path), 'The box restarts')).toMatch(/^\/help\/en\/articles\//)
    expect((await anonymous.call(`/help/en/questions/${thread('open')}`)).status).toBe(404)
    expect(linkTo(await page('/help/en/search?q=zeppelin'), 'Nobody knows')).toBeUndefined()
  })

  it('answer an old address with the present one, and tell what was withdrawn from what never was', async () => {
    const id = ids.get('Pay a bill')!
    const old = linkTo(await page('/help/en'), 'Pay a bill')!
    await centre.app.articles.editArticle({
      id,
      change: { title: 'Pay an invoice' },
      revision: 1,
      actor: system,
    })
    for (const [path, query] of [
      [old, '?q=pay'],
      [`/help/fr/articles/${id}`, ''],
    ]) {
      const moved = await anonymous.call(`${path}${query}`)
      expect([moved.status, moved.headers.get('location')]).toEqual([
        301,
        `/help/en/articles/pay-an-invoice--${id}${query}`,
      ])
    }
    expect(await page(`/help/en/articles/pay-an-invoice--${id}`)).toContain('<h1>Pay an invoice</h1>')
    await centre.app.articles.archiveArticle({ id, actor: system })
    const gone = await anonymous.call(`/help/en/articles/pay-an-invoice--${id}`)
    expect(gone.status).toBe(410)
    expect(gone.body).toContain('value="pay an invoice"')
    expect(await page('/help/en')).not.toContain('Pay an invoice')
    const other = id.slice(0, -1) + (id.endsWith('x') ? 'y' : 'x')
    const never = await anonymous.call(`/help/en/articles/lost-key--${other}`)
    expect([never.status, never.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(never.body).toContain('value="lost key"')
    for (const path of ['/help/en/nowhere', '/help/xx', '/help/en/categories/none', '/help/en/articles/x'])
      expect([path, (await anonymous.call(path)).status]).toEqual([path, 404])
  })

  it('say when an article was last found right, and lead on from one that became part of another', async () => {
    const articles = await centre.publish([
      { title: 'Turn on the lamp', body: '<p>Press the button.</p>' },
      { title: 'Light the lamp', body: '<p>Press it twice.</p>' },
    ])
    const [stays, goes] = ['Turn on the lamp', 'Light the lamp'].map((title) => articles.get(title) as string)
    const manager = (await invitePerson(centre, ['knowledge-manager'])).browser
    const former = `/help/en/articles/light-the-lamp--${goes}`
    expect(await page(former)).toContain('<h1>Light the lamp</h1>')
    await centre.app.platform.db.sql('article_checks').insert({
      id: 'chk_1',
      article_id: stays,
      revision: 1,
      actor_id: 'acc_1',
      actor_name: 'Ana',
      checked_at: '2026-01-08T09:00:00.000Z',
    })
    const { headers } = await manager.call(`/api/articles/${goes}/merge-preview?into=${stays}`)
    const merged = await manager.call(`/api/articles/${goes}/merge`, {
      headers: { 'if-match': headers.get('etag') as string },
      body: { into: stays, reason: 'The same.' },
    })
    expect(merged.status).toBe(200)
    const moved = await anonymous.call(`${former}?q=lamp`)
    const to = `/help/en/articles/turn-on-the-lamp--${stays}`
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `${to}?q=lamp`])
    const html = await page(to)
    expect(html).toMatch(/Checked on <time datetime="[^"]+">\d+ January 2026<\/time>/)
    expect(html).toContain('Press it twice.')
  })

  it('are kept by validators until what they show changes', async () => {
    const path = linkTo(await page('/help/en'), 'Use data abroad')!
    const first = await anonymous.call(path)
    expect(first.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=300')
    const headers = { 'if-none-match': first.headers.get('etag')! }
    expect((await anonymous.call(path, { headers })).status).toBe(304)
    const id = ids.get('Data abroad is slow')!
    const change = { title: 'Data abroad crawls' }
    await centre.app.articles.editArticle({ id, change, revision: 1, actor: system })
    const again = await anonymous.call(path, { headers })
    expect(again.status).toBe(200)
    expect(again.body).toContain('Data abroad crawls')
    const signedIn = await (await centre.reader('customer')).call(path)
    expect(signedIn.headers.get('cache-control')).toBe('private, no-cache')
  })

  it('take one vote of a browser a day, which may change, with its reason', async () => {
    const id = ids.get('Use data abroad')!
    const path = linkTo(await page('/help/en'), 'Use data abroad')!
    const voter = centre.browser()
    const vote = (fields: Record<string, string>) => centre.submit(voter, `${path}/feedback`, fields)
    expect(await vote({ solved: 'no' })).toMatchObject({
      status: 303,
      location: `${path}?solved=no#feedback`,
    })
    expect(await vote({ solved: 'no', reason: 'No such menu. Call me: 06 12 34 56 78' })).toMatchObject({
      location: `${path}?solved=thanks#feedback`,
    })
    await vote({ solved: 'yes' })
    const rows = await centre.app.platform.db.sql('article_feedback').where({ article_id: id })
    expect(rows).toHaveLength(1)
    expect(Boolean(rows[0].solved)).toBe(true)
    expect(await page(`${path}?solved=no`)).toContain('What is missing or wrong?')
    const reports = await centre.app.platform.db.sql('article_reports').where({ article_id: id })
    expect(reports.map(({ comment }) => comment)).toEqual([expect.stringContaining('No such menu.')])
    expect(reports[0].comment).not.toContain('06 12')
    const foreign = await fetch(`${centre.url}${path}/feedback`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'solved=no',
    })
    expect(foreign.status).toBe(403)
    expect((await vote({ solved: 'maybe' })).status).toBe(400)
  })

  it('write what strangers wrote as text', async () => {
    const scripts = storedScripts('alert(1)')
    const threads = Object.fromEntries(
      scripts.map((script, at) => [
        `s${at}`,
        { title: `T${at} ${script}`, question: script, answers: [{ body: script, accepted: true }] },
      ]),
    )
    const named = await centre.importThreads('hostile', 'public', threads)
    for (const [at, script] of scripts.entries()) {
      const first = await anonymous.call(`/help/en/questions/${named(`s${at}`)}`)
      const where = first.headers.get('location') ?? `/help/en/questions/${named(`s${at}`)}`
      expectNoScript(await page(where))
      expectNoScript(await page(`/help/en/search?q=${encodeURIComponent(script)}`))
    }
  })
})

const ACTIVE = /^(script|iframe|object|embed|svg|math|base|style|video|audio|template|select|marquee)$/

/** Nothing in the page runs but its own script; data that it holds is no script. */
function expectNoScript(html: string): void {
  const active: string[] = []
  const pending: DefaultTreeAdapterTypes.Node[] = [parse(html)]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ('childNodes' in node) pending.push(...node.childNodes)
    if (!('attrs' in node)) continue
    const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]))
    const isOwn =
      attributes.get('type') === 'application/ld+json' ||
      attributes.get('src')?.startsWith('/app/assets/help-centre-') === true
    if (ACTIVE.test(node.tagName) && !isOwn) active.push(node.tagName)
    for (const [name, value] of attributes)
      if (name.startsWith('on') || /^\s*(javascript|vbscript|data:text)/i.test(value))
        if (!(node.tagName === 'input' && name === 'value') && node.tagName !== 'meta')
          active.push(`${name}=${value}`)
  }
  expect(active).toEqual([])
}
