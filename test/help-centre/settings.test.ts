import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { checkLogo } from '../../src/help-centre/settings/check-logo.ts'
import { contrastOf, readableOn } from '../../src/help-centre/settings/contrast.ts'
import { USUAL_SETTINGS } from '../../src/help-centre/settings/settings.ts'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { storedScripts } from '../web/support/stored-scripts.ts'
import { type Centre, linkTo, openCentre } from './centre.ts'

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path fill="#123" d="M0 0h2v2z"/></svg>'
const PNG = `iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==`
const base64 = (text: string) => Buffer.from(text).toString('base64')

describeEachDatabase('the company’s own help centre', (database) => {
  let centre: Centre
  let manager: TestBrowser
  let agent: TestBrowser
  const page = async (path: string) => (await centre.browser().call(path)).body as string
  const save = async (change: object, version?: string) => {
    const { headers, body } = await manager.call('/api/help-centre/settings')
    const { logo: _, ...settings } = body
    return manager.call('/api/help-centre/settings', {
      method: 'PUT',
      body: { ...settings, ...change },
      headers: { 'if-match': version ?? headers.get('etag')! },
    })
  }

  beforeAll(async () => {
    centre = await openCentre(await database())
    await centre.publish([{ title: 'Pay a bill', section: 'billing-and-payment' }])
    manager = (await invitePerson(centre, ['knowledge-manager'])).browser
    agent = (await invitePerson(centre, ['agent'])).browser
  })
  afterAll(() => centre.close())

  it('has its name, links, contact, topics and colours on every page', async () => {
    expect(linkTo(await page('/help/en'), 'Billing and payment 1 article')).toBeDefined()
    const saved = await save({
      name: { en: 'Acme Help', fr: 'Aide Acme' },
      header: [{ label: { en: 'Shop', fr: 'Boutique' }, url: 'https://shop.example.org/' }],
      footer: [{ label: { en: 'Privacy', fr: 'Confidentialité' }, url: '/privacy' }],
      contact: 'mailto:help@example.org',
      topics: [{ category: 'billing-and-payment', name: { en: 'Bills', fr: 'Factures' } }],
      colours: { light: '#7A0019', dark: '#ffb3c0' },
    })
    expect([saved.status, saved.body.colours]).toEqual([200, { light: '#7a0019', dark: '#ffb3c0' }])
    const french = await page('/help/fr')
    expect(french).toContain('<title>Aide Acme</title>')
    expect(linkTo(french, 'Boutique')).toBe('https://shop.example.org/')
    const english = await page('/help/en')
    expect(linkTo(english, 'Bills 1 article')).toBeDefined()
    expect(linkTo(english, 'Privacy')).toBe('/privacy')
    expect(await page('/help/en/search?q=qwertz')).toContain('mailto:help@example.org')
    const theme = /href="(\/help\/assets\/theme-\w+\.css)"/.exec(english)![1]!
    const style = await centre.browser().call(theme)
    expect(style.body).toContain('--accent:#7a0019;--on-accent:#ffffff')
    expect(style.headers.get('cache-control')).toContain('immutable')
    expect((await centre.browser().call('/help/assets/theme-earlier.css')).headers.get('cache-control')).toBe(
      'public, max-age=60',
    )
    const [entry] = (await centre.app.access.audit.list({ target: 'help-centre', limit: 1 })).items
    expect(entry).toMatchObject({
      action: 'help-centre.settings-changed',
      after: { contact: 'mailto:help@example.org' },
    })
  })

  it('refuses what nobody could read, what leads nowhere, and a change of what was not read', async () => {
    const before = (await manager.call('/api/help-centre/settings')).body
    const link = (url: string) => ({ header: [{ label: { en: 'x', fr: 'x' }, url }] })
    const refused: [object, number, string][] = [
      [{ colours: { light: '#8ab0ff', dark: '#8ab0ff' } }, 400, 'HELP_COLOUR_CONTRAST'],
      [{ colours: { light: '#2b5bd7', dark: '#2b5bd7' } }, 400, 'HELP_COLOUR_CONTRAST'],
      [{ colours: { light: 'red;}*{x', dark: '#8ab0ff' } }, 400, 'HELP_COLOUR_INVALID'],
      [link('javascript:alert(1)'), 400, 'HELP_LINK_INVALID'],
      [link('//evil.example'), 400, 'HELP_LINK_INVALID'],
      [link('/\\evil.example'), 400, 'HELP_LINK_INVALID'],
      [{ contact: 'data:text/html,x' }, 400, 'HELP_LINK_INVALID'],
      [{ name: { en: ' ', fr: 'x' } }, 400, 'VALIDATION_FAILED'],
      [{ more: 1 }, 400, 'VALIDATION_FAILED'],
    ]
    for (const [change, status, code] of refused)
      expect([change, (await save(change)).status, (await save(change)).body.code]).toEqual([
        change,
        status,
        code,
      ])
    const stale = await save({ contact: '' }, '"0"')
    expect([stale.status, stale.body.code]).toEqual([412, 'HELP_SETTINGS_CONFLICT'])
    expect((await manager.call('/api/help-centre/settings')).body).toEqual(before)
    const own = { method: 'PUT', body: USUAL_SETTINGS, headers: { 'if-match': '"1"' } }
    expect((await agent.call('/api/help-centre/settings', own)).status).toBe(403)
    expect((await agent.call('/api/help-centre/settings')).status).toBe(200)
  })

  it('has a logo, which can only be a picture', async () => {
    const put = (picture: string) =>
      manager.call('/api/help-centre/logo', { method: 'PUT', body: { picture } })
    const { body } = await put(base64(SVG))
    const shown = await centre.browser().call(body.logo)
    expect([shown.headers.get('content-type'), shown.body]).toEqual(['image/svg+xml', SVG])
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
    expect(await page('/help/en')).toContain(`<img src="${body.logo}" alt="Acme Help"`)
    const png = (await put(PNG)).body.logo
    expect((await centre.browser().call(png)).headers.get('content-type')).toBe('image/png')
    expect(await page('/help/en')).toContain(`<meta property="og:image" content="${centre.url}${png}">`)
    expect((await put(base64('GIF89a'))).body.code).toBe('HELP_LOGO_TYPE')
    expect((await put(base64(`${SVG}${' '.repeat(66_000)}`))).body.code).toBe('HELP_LOGO_TOO_LARGE')
    expect((await put(base64(SVG.replace('<path', '<script>x</script><path')))).body).toMatchObject({
      code: 'HELP_LOGO_UNSAFE',
      detail: expect.stringContaining('<script>'),
    })
    expect((await manager.call('/api/help-centre/logo', { method: 'DELETE' })).status).toBe(204)
    expect((await centre.browser().call(png)).status).toBe(404)
    expect((await manager.call('/api/help-centre/logo', { method: 'DELETE' })).status).toBe(404)
  })

  it('leads from the root to where the company wants', async () => {
    expect((await centre.browser().call('/')).headers.get('location')).toBe('/app/')
    await save({ start: 'help-centre' })
    expect((await centre.browser().call('/')).headers.get('location')).toBe('/help')
  })

  it('lets people sign in by a form where it is not for everyone', async () => {
    await save({ access: 'signed-in' })
    const { email } = await invitePerson(centre, ['router'], 'customer')
    const browser = centre.browser()
    const asked = await browser.call('/help/en/search?q=bill')
    const form = asked.headers.get('location')!
    expect(await page(form)).toContain('value="/help/en/search?q=bill"')
    const wrong = await centre.submit(browser, '/help/en/sign-in', {
      email,
      password: 'wrong',
      to: '/help/en',
    })
    expect([wrong.status, wrong.body.includes('role="alert"'), wrong.body.includes(email)]).toEqual([
      401,
      true,
      true,
    ])
    for (const [to, where] of [
      ['/help/en/search?q=bill', '/help/en/search?q=bill'],
      ['https://evil.example/', '/help/en'],
      ['/app/settings', '/help/en'],
    ] as const) {
      const signedIn = await centre.submit(browser, '/help/en/sign-in', {
        email,
        password: 'correct horse battery',
        to,
      })
      expect([signedIn.status, signedIn.location]).toEqual([303, where])
    }
    const found = await browser.call('/help/en/search?q=bill')
    expect(linkTo(found.body, 'Pay a bill')).toBeDefined()
    expect(found.body).toContain('Sign out')
    await save({ access: 'public' })
  })

  it('shows an unpublished article to whoever has a link, until it ends', async () => {
    const threads = await centre.importThreads('forum', 'internal', {
      t: { title: 'Secret box', question: 'Why?', answers: [{ body: 'Because **so**.', accepted: true }] },
    })
    const { article } = await centre.app.articles.promoteThread({ threadId: threads('t'), actor: system })
    const previews = `/api/articles/${article.id}/previews`
    const share = async (days = 7) => (await agent.call(previews, { body: { days } })).body
    const { id, path, expiresAt } = await share()
    centre.clock.advance(1)
    expect(expiresAt > centre.clock.now().toISOString()).toBe(true)
    const shown = await centre.browser().call(path)
    expect(shown.status).toBe(200)
    expect(shown.body).toContain('<strong>so</strong>')
    expect(shown.body).toContain('<meta name="robots" content="noindex">')
    expect([shown.headers.get('cache-control'), shown.headers.get('x-robots-tag')]).toEqual([
      'no-store',
      'noindex',
    ])
    const rows = await centre.app.platform.db.sql('help_centre_previews')
    expect(JSON.stringify(rows)).not.toContain(path.split('_').at(-1))
    expect((await agent.call(previews)).body.items).toMatchObject([{ id, expiresAt }])
    expect((await agent.call(`${previews}/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await centre.browser().call(path)).status).toBe(404)
    expect((await agent.call(`${previews}/${id}`, { method: 'DELETE' })).status).toBe(404)
    centre.clock.advance(1)
    const second = await share(1)
    const other = second.path.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'))
    expect((await centre.browser().call(other)).status).toBe(404)
    centre.clock.advance(86_400_001)
    expect((await centre.browser().call(second.path)).status).toBe(404)
    const { items } = await centre.app.access.audit.list({ target: article.id, limit: 10 })
    const actions = items.map(({ action }) => action).filter((action) => action.includes('preview'))
    expect(actions).toEqual(['article.preview-shared', 'article.preview-ended', 'article.preview-shared'])
    const partner = (await invitePerson(centre, ['agent'], 'partner')).browser
    expect((await partner.call(previews, { body: { days: 1 } })).body.code).toBe('HELP_PREVIEW_INTERNAL_ONLY')
  })
})

describe('a logo', () => {
  it('is refused with whatever could run, load or link', () => {
    const inside = (markup: string) => () => checkLogo(Buffer.from(SVG.replace('<path', `${markup}<path`)))
    const attempts = storedScripts('alert(1)').filter((each) => /^<[a-z]/i.test(each))
    for (const attempt of attempts) expect(inside(attempt), attempt).toThrow()
    for (const markup of [
      '<image href="https://evil.example/x.png"/>',
      '<use href="https://evil.example/x.svg#a"/>',
      '<rect fill="url(https://evil.example/x)"/>',
      '<rect style="fill:red"/>',
      '<style>*{}</style>',
      '<foreignObject><p>x</p></foreignObject>',
      '<a href="#x"><rect/></a>',
    ])
      expect(inside(markup), markup).toThrow(expect.objectContaining({ code: 'HELP_LOGO_UNSAFE' }))
    const entity = `<!DOCTYPE svg [<!ENTITY x "y">]>${SVG}`
    expect(() => checkLogo(Buffer.from(entity))).toThrow(
      expect.objectContaining({ code: 'HELP_LOGO_UNSAFE' }),
    )
    expect(() => checkLogo(Buffer.from(SVG.replace('fill="#123"', 'fill="url(#a)"')))).not.toThrow()
  })
})

describe('colours', () => {
  it('contrast as WCAG computes it, and carry text that can be read', () => {
    expect(contrastOf('#000000', '#ffffff')).toBe(21)
    expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    for (const colour of ['#777777', '#ff0000', '#2b5bd7', '#8ab0ff'])
      expect(contrastOf(colour, readableOn(colour))).toBeGreaterThanOrEqual(4.5)
  })
})
