import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { type Centre, openCentre } from '../help-centre/centre.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { storedScripts } from '../web/support/stored-scripts.ts'
import { createAsker, fieldIn, openAsking, postsIn, tokenIn } from './asker.ts'

const MINUTE_MS = 60_000

type Node = DefaultTreeAdapterTypes.Node

/** What would run: scripts that are not the page's own, handlers, addresses of scripts. */
function activeIn(node: Node): string[] {
  const below = 'childNodes' in node ? node.childNodes.flatMap(activeIn) : []
  if (!('attrs' in node)) return below
  const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]))
  const isOwn = attributes.get('src')?.startsWith('/app/') === true
  const active = [...attributes].some(
    ([name, value]) => name.startsWith('on') || /^\s*(javascript|data):(?!,$)/i.test(value),
  )
  const isForeign = ['script', 'iframe', 'object', 'embed'].includes(node.tagName) && !isOwn
  return active || isForeign ? [node.tagName, ...below] : below
}

describeEachDatabase('a hostile question', (database) => {
  let centre: Centre
  let agent: TestBrowser
  let asker: ReturnType<typeof createAsker>
  const threads = async () => (await centre.app.platform.db.sql('threads').select('id')).length
  const held = async () => (await agent.call('/api/questions/held')).body.items as Record<string, unknown>[]

  beforeAll(async () => {
    centre = await openCentre(await database())
    agent = (await invitePerson(centre, ['agent'])).browser
    await openAsking(centre)
    asker = createAsker(centre, await centre.reader('anonymous'), 'fr')
  })
  afterAll(() => centre.close())

  it.each([
    ['nothing but spaces', { title: ' \t ', body: 'b' }, 'Écrivez votre question en quelques mots.'],
    ['too long a title', { title: 't'.repeat(301) }, 'La question dépasse 300 caractères.'],
    [
      'a text of a megabyte',
      { title: 'Long', body: 'x'.repeat(1_000_000) },
      'Le texte dépasse 10000 caractères.',
    ],
    ['a token of its own making', { title: 'Forged', token: 'lq.00.11' }, 'restée ouverte trop longtemps'],
  ])('is refused in the reader’s language with all that was typed: %s', async (_, fields, sentence) => {
    const { status, body } = await asker.send(fields)
    expect(status).toBe(400)
    expect(body).toContain('<html lang="fr">')
    expect(body).toContain(sentence)
    for (const [name, value] of Object.entries(fields))
      if (name !== 'token') expect(fieldIn(body, name) === value).toBe(true)
    expect(await threads()).toBe(0)
  })

  it('comes back without the characters that cannot be stored, and is then taken', async () => {
    const sent = await asker.send({ title: 'NUL\0 here', body: 'and\0 there' })
    expect(sent.status).toBe(400)
    expect(sent.body).toContain('Ils ont été retirés')
    expect([fieldIn(sent.body, 'title'), fieldIn(sent.body, 'body')]).toEqual(['NUL here', 'and there'])
    const again = { token: tokenIn(sent.body), step: 'send', title: 'NUL here', body: 'and there' }
    expect((await asker.post(again)).status).toBe(303)
    // Half of a surrogate pair, as no browser sends it.
    const token = tokenIn(await asker.page('/help/fr/ask'))
    centre.clock.advance(MINUTE_MS)
    const raw = await fetch(new URL('/help/fr/ask', centre.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${token}&step=send&title=half%ED%A0%80pair`,
    })
    expect(raw.status).toBe(303)
    expect(await asker.page(raw.headers.get('location')!)).toContain('half\ufffd')
  })

  it('is too quick, too late, from another site, with a file, or too large', async () => {
    const title = 'A matter of time'
    const token = tokenIn(await asker.page('/help/fr/ask'))
    const quick = await asker.post({ token, step: 'send', title })
    expect([quick.status, fieldIn(quick.body, 'title')]).toEqual([400, title])
    expect(quick.body).toContain('C’était très rapide.')
    centre.clock.advance(25 * 60 * MINUTE_MS)
    const late = await asker.post({ token: tokenIn(quick.body), step: 'send', title })
    expect(late.body).toContain('restée ouverte trop longtemps')
    centre.clock.advance(MINUTE_MS)
    const taken = await asker.post({ token: tokenIn(late.body), step: 'send', title })
    expect(taken.status).toBe(303)
    // The session of a day ago has ended.
    agent = (await invitePerson(centre, ['agent'])).browser

    const send = (headers: Record<string, string>, body: string) =>
      fetch(new URL('/help/fr/ask', centre.url), { method: 'POST', redirect: 'manual', headers, body })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await send({ ...form, origin: 'https://evil.example' }, 'title=x')).status).toBe(403)
    const file = { 'content-type': 'multipart/form-data; boundary=b' }
    const attached = await send(file, '--b\r\ncontent-disposition: form-data; name="f"\r\n\r\nx\r\n--b--')
    expect([attached.status, (await attached.text()).includes('<html lang="fr">')]).toEqual([415, true])
    const large = await send(form, `title=${'x'.repeat(1_200_000)}`)
    expect([large.status, (await large.text()).includes('<html lang="fr">')]).toEqual([413, true])
  })

  it('is held for links, for a field that nobody sees, or by rule, until a colleague decides', async () => {
    const before = await threads()
    const links = 'http://a.example https://b.example www.c.example'
    const path = await asker.ask({ title: 'Cheap watches', body: links })
    await asker.ask({ title: 'Filled in by a robot', website: 'http://a.example' })
    await openAsking(centre, { hold: 'all' })
    const ruled = await asker.ask({ title: 'Honest but held' })
    await openAsking(centre, { hold: 'suspicious' })
    expect(await threads()).toBe(before)
    expect(await asker.page(path)).toContain('Un collègue la lit avant de la transmettre.')
    expect((await held()).map(({ title, heldFor }) => [title, heldFor])).toEqual([
      ['Cheap watches', ['links']],
      ['Filled in by a robot', ['hidden-field']],
      ['Honest but held', ['rule']],
    ])
    const partner = (await invitePerson(centre, ['agent'], 'partner')).browser
    expect((await partner.call('/api/questions/held')).body.items).toEqual([])
    const [spam, , honest] = (await held()).map(({ id }) => String(id))
    const decide = (browser: TestBrowser, id: string, decision: string) =>
      browser.call(`/api/questions/${id}/${decision}`, { method: 'POST' })
    expect((await decide(partner, spam!, 'release')).status).toBe(404)
    for (let twice = 0; twice < 2; twice += 1) expect((await decide(agent, spam!, 'reject')).status).toBe(204)
    expect(await asker.page(path)).toContain('Nous ne donnons pas suite à cette question.')
    expect((await asker.reply(path, 'But why?')).status).toBe(404)
    for (let twice = 0; twice < 2; twice += 1)
      expect((await decide(agent, honest!, 'release')).status).toBe(204)
    expect((await decide(agent, honest!, 'reject')).status).toBe(409)
    expect(await asker.page(ruled)).toContain('Et maintenant')
    expect(await threads()).toBe(before + 1)
    expect((await decide(agent, spam!, 'release')).status).toBe(204)
    expect(await threads()).toBe(before + 2)
  })

  it('shows its markup as text, in the question, the reply and the answer', async () => {
    const scripts = storedScripts('window.ran=1')
    const path = await asker.ask({
      title: scripts[0]!,
      body: scripts.slice(0, 20).join('\n').slice(0, 9_000),
    })
    const id = (await centre.app.platform.db.sql('threads').orderBy('created_at', 'desc').first('id')).id
    await asker.reply(path, scripts[1]!)
    await agent.call(`/api/threads/${id}/answers`, {
      method: 'POST',
      body: { body: scripts.join('\n\n').slice(0, 9_000) },
    })
    const page = await centre.browser().call(path)
    expect(page.body).toContain('window.ran=1')
    expect(postsIn(page.body, 'answer')).toHaveLength(1)
    expect(activeIn(parse(page.body))).toEqual([])
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  })

  it('is limited by network, and what was typed comes back', async () => {
    centre.clock.advance(60 * MINUTE_MS)
    for (let at = 0; at < 10; at += 1) await asker.ask({ title: `Question ${at}` })
    const eleventh = await asker.ask({ title: 'The eleventh' })
    expect(await asker.page(eleventh)).toContain('Un collègue la lit')
    let last = await asker.send({ title: 'One too many' })
    for (let at = 0; last.status === 303 && at < 60; at += 1)
      last = await asker.send({ title: `One too many ${at}` })
    expect(last.status).toBe(429)
    expect(fieldIn(last.body, 'title')).toMatch(/^One too many/)
    expect(last.body).toContain('Beaucoup de questions sont venues de votre réseau')
  })

  it('gives nobody more rights than its page has', async () => {
    const path = `/help/fr/questions/ask_${'0'.repeat(40)}`
    for (const action of ['replies', 'marks', 'withdrawals', 'mail']) {
      const sent = await centre.submit(centre.browser(), `${path}/${action}`, {
        post: 'pst_1',
        useful: 'yes',
        do: 'stop',
      })
      expect(sent.status).toBe(404)
    }
    expect(postsIn(await asker.page(path), 'answer')).toEqual([])
    expect((await centre.browser().call('/api/questions/held')).status).toBe(401)
  })
})
