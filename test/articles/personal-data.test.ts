import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { actor, manager, openWorld, trained } from './world.ts'

interface Finding {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly places: readonly { readonly where: string }[]
}

const PHONE = '06 39 98 12 34'

describeEachDatabase.always('personal data in an article', (database) => {
  async function draft(thread: { readonly title?: string; readonly question?: string } = {}) {
    const world = await openWorld(await database())
    const named = await world.importThreads('forum', 'public', {
      t: {
        title: 'Porting a number',
        question: `My number is ${PHONE}, is it ported?`,
        answers: [{ body: 'Write to help@example.com and wait a day.', accepted: true }],
        ...thread,
      },
    })
    const call = await world.app([
      manager,
      actor('agent', 'internal', 'agent'),
      trained('contributor', 'contributor'),
      actor('partner', 'partner', 'knowledge-manager'),
    ])
    const { body } = await call('manager', 'POST', `/threads/${named('t')}/promote`)
    const path = `/articles/${body.id}`
    const read = async () => (await call('manager', 'GET', path)).body
    const findings = async (query = '') => {
      const answer = await call('manager', 'GET', `${path}/personal-data${query}`)
      return { ...answer, items: answer.body.findings as Finding[] }
    }
    const decide = async (decisions: object[], { who = 'manager', draft = false, etag = '' } = {}) => {
      const read = await findings(draft ? '?draft=true' : '')
      const body = draft ? { draft, decisions } : { decisions }
      return call(who, 'POST', `${path}/personal-data/decisions`, body, { 'if-match': etag || read.etag! })
    }
    const idOf = async (kind: string, query = '') =>
      (await findings(query)).items.find((each) => each.kind === kind)!.id
    const publish = (audience: string) => call('manager', 'POST', `${path}/publish`, { audience })
    return { world, call, id: body.id as string, path, read, findings, decide, idOf, publish }
  }

  it('keeps it inside the company while a finding is open, and the refusal does not repeat the data', async () => {
    const { world, publish, findings } = await draft()
    expect((await findings()).items).toMatchObject([
      { kind: 'phone', state: 'open', places: [{ where: 'issue', start: 13, end: 27 }] },
      { kind: 'email', state: 'open', places: [{ where: 'resolution' }] },
    ])
    for (const audience of ['partner', 'customer', 'public']) {
      const refused = await publish(audience)
      expect(refused).toMatchObject({
        status: 409,
        body: {
          code: 'ARTICLE_PERSONAL_DATA',
          errors: [
            { id: expect.stringMatching(/^phone-/), where: 'issue', kind: 'phone', start: 13, end: 27 },
            { where: 'resolution', kind: 'email' },
          ],
        },
      })
      expect(JSON.stringify(refused.body)).not.toMatch(/06 39|help@/)
    }
    expect((await publish('internal')).status).toBe(200)
    expect((await publish('public')).status).toBe(409)
    expect((await world.search.query({ q: 'ported', audience: 'public', kind: 'article' })).total).toBe(0)
  })

  it('is published once each finding is redacted or waived, and the reason is kept without the data', async () => {
    const { world, id, read, decide, idOf, publish, findings } = await draft()
    const [phone, email] = [await idOf('phone'), await idOf('email')]
    const reason = 'The address of our help desk'
    const decided = await decide([
      { finding: phone, action: 'redact' },
      { finding: email, action: 'waive', reason },
    ])
    expect(decided).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { findings: [{ id: email, state: 'waived', waiver: { reason, by: { name: 'manager' } } }] },
    })
    expect(await read()).toMatchObject({
      issue: 'My number is [phone number], is it ported?',
      resolution: expect.stringContaining('help@example.com'),
      revision: 2,
    })
    const { items } = await world.audit.list({ target: id, limit: 10 })
    // Within a millisecond they have no order.
    const entries = new Map(items.map(({ action, after }) => [action, after]))
    expect(entries.get('article.personal-data-redacted')).toEqual({ findings: [phone], kinds: ['phone'] })
    expect(entries.get('article.personal-data-waived')).toEqual({ finding: email, reason })
    const waivers = await world.db.sql('article_waivers')
    expect(JSON.stringify(waivers)).not.toContain('help@')
    expect((await publish('public')).status).toBe(200)
    expect((await findings()).items).toMatchObject([{ id: email, state: 'waived' }])
  })

  it('is redacted wherever it occurs, in the language of the article, and stays Markdown', async () => {
    const { call, path, read, decide, idOf } = await draft()
    const change = {
      language: 'fr',
      title: `Le ${PHONE} ne répond pas`,
      issue: `${PHONE}: rien. [Appelez](tel:${PHONE.replaceAll(' ', '')}) le ${PHONE}.`,
      resolution: 'Rien.',
    }
    await call('manager', 'PATCH', path, change, { 'if-match': '"1"' })
    await decide([{ finding: await idOf('phone'), action: 'redact' }])
    expect(await read()).toMatchObject({
      title: 'Le [numéro de téléphone] ne répond pas',
      issue: expect.stringMatching(/^\\\[numéro de téléphone\\\]: rien\. .* le \[numéro de téléphone\]\.$/),
    })
    await decide([{ finding: await idOf('phone'), action: 'redact' }])
    expect((await read()).issue).toContain('[Appelez](tel:[numéro-de-téléphone])')
  })

  it('takes no more of it once others may see it, except in its draft', async () => {
    const { call, path, read, findings, decide, idOf, publish } = await draft()
    await decide([
      { finding: await idOf('phone'), action: 'redact' },
      { finding: await idOf('email'), action: 'waive', reason: 'Ours' },
    ])
    await publish('partner')
    const edit = async (change: object) => {
      const { etag } = await call('manager', 'GET', path)
      return call('manager', 'PATCH', path, change, { 'if-match': etag! })
    }
    expect((await edit({ cause: 'It takes a day.' })).status).toBe(200)
    expect((await edit({ cause: 'Ask help@example.com.' })).status).toBe(200)
    expect(await edit({ cause: 'Ask sam@example.com.' })).toMatchObject({
      status: 409,
      body: { code: 'ARTICLE_PERSONAL_DATA', errors: [{ where: 'cause', kind: 'email' }] },
    })
    const { revision, title, issue, environment, resolution, language } = await read()
    const content = { title, issue, environment, resolution, language, cause: 'Ask sam@example.com.' }
    const saved = await call(
      'manager',
      'PUT',
      `${path}/draft`,
      { basedOn: revision, content },
      { 'if-match': '"0"' },
    )
    expect(saved.status).toBe(200)
    const apply = async (etag: string) =>
      (await call('manager', 'POST', `${path}/draft/apply`, {}, { 'if-match': etag })).status
    expect(await apply('"1"')).toBe(409)
    const { items } = await findings('?draft=true')
    const sam = items.find(({ state }) => state === 'open')!.id
    const redacted = await decide([{ finding: sam, action: 'redact' }], { draft: true })
    expect(redacted).toMatchObject({ status: 200, etag: '"2"' })
    expect((await call('manager', 'GET', `${path}/draft`)).body.content.cause).toBe('Ask [e-mail address].')
    expect((await read()).revision).toBe(revision)
    expect(await apply('"2"')).toBe(200)
  })

  it('is decided on by those who are trained for it, on what they read', async () => {
    const { call, decide, idOf, path } = await draft()
    const [phone, email] = [await idOf('phone'), await idOf('email')]
    const redact = [{ finding: phone, action: 'redact' }]
    const waive = [{ finding: email, action: 'waive', reason: 'Ours' }]
    expect((await decide(redact, { who: 'agent' })).body.code).toBe('ARTICLE_NEEDS_CONTRIBUTOR')
    expect((await decide(waive, { who: 'contributor' })).body.code).toBe('ARTICLE_NEEDS_PUBLISHER')
    expect((await decide(redact, { who: 'partner' })).body.code).toBe('ARTICLE_NOT_FOUND')
    expect((await decide([{ ...waive[0], reason: ' ' }])).status).toBe(400)
    expect((await decide(redact, { who: 'contributor' })).status).toBe(200)
    expect((await decide(waive, { etag: '"1"' })).body.code).toBe('ARTICLE_CONFLICT')
    expect((await decide(redact)).body.code).toBe('ARTICLE_FINDING_MISSING')
    expect(
      (await call('manager', 'POST', `${path}/personal-data/decisions`, { decisions: waive })).status,
    ).toBe(428)
  })

  it('that a waived finding shares with others is still found', async () => {
    const { decide, findings, call, path, read } = await draft()
    const email = (await findings()).items.find(({ kind }) => kind === 'email')!
    await decide([{ finding: email.id, action: 'waive', reason: 'Ours' }])
    const { revision } = await read()
    const cause = 'Ask help@example.com or sam@example.com.'
    await call('manager', 'PATCH', path, { cause }, { 'if-match': `"${revision}"` })
    const { items } = await findings()
    expect(items.map(({ kind, state, places }) => [kind, state, places.map(({ where }) => where)])).toEqual([
      ['phone', 'open', ['issue']],
      ['email', 'waived', ['resolution', 'cause']],
      ['email', 'open', ['cause']],
    ])
  })
})
