import { afterAll, beforeAll, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { type Centre, linkTo, openCentre } from '../help-centre/centre.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { createAsker, fieldIn, openAsking, postsIn, tokenIn } from './asker.ts'

const ANSWER =
  'Press and hold the **OK** button of the remote for five seconds until its light blinks twice, then point it at the box and wait for the sound.'
const TITLE = 'The decoder shows nothing but snow'

describeEachDatabase('a question to the help centre', (database) => {
  let centre: Centre
  let agent: TestBrowser
  let asker: ReturnType<typeof createAsker>
  const rows = (table: string) => centre.app.platform.db.sql(table)
  const threadOf = async (title: string) => {
    const row: { id: string } | undefined = await rows('threads').where({ title }).first('id')
    return row?.id ?? ''
  }

  beforeAll(async () => {
    centre = await openCentre(await database())
    await centre.publish([
      { title: 'Restart the decoder', body: '<p>Hold the button of the decoder.</p>', section: 'tv' },
    ])
    agent = (await invitePerson(centre, ['agent'])).browser
    asker = createAsker(centre, await centre.reader('anonymous'))
  })
  afterAll(() => centre.close())

  it('is not asked before the company wants questions', async () => {
    const closed = await asker.page('/help/en/search?q=zeppelin')
    expect(closed).not.toContain('/help/en/ask')
    expect((await centre.browser().call('/help/en/ask')).status).toBe(404)
    const form = { title: TITLE, step: 'send', token: 'x' }
    expect((await asker.post(form)).status).toBe(404)
    expect((await openAsking(centre)).body.asking).toMatchObject({ open: true, audience: 'internal' })
  })

  it('is asked where nothing fits, with the words of the search, and shows what may answer it', async () => {
    const nothing = await asker.page('/help/en/search?q=zeppelin+snow')
    const form = await asker.page(linkTo(nothing, 'Ask this question')!)
    expect(fieldIn(form, 'title')).toBe('zeppelin snow')
    expect(form).toContain('Only our staff reads your question.')
    expect(form).not.toContain('name="email"')
    const checked = await asker.post({ token: tokenIn(form), step: 'check', title: 'decoder', body: 'a\nb' })
    expect(checked.status).toBe(200)
    expect(linkTo(checked.body, 'Restart the decoder')).toMatch(/^\/help\/en\/articles\/restart-the-decoder/)
    expect([fieldIn(checked.body, 'title'), fieldIn(checked.body, 'body')]).toEqual(['decoder', 'a\nb'])
    expect(fieldIn(checked.body, 'token')).toBe(tokenIn(form))
    expect(checked.body).toContain('<button>Send the question</button>')
    expect(checked.body).toContain('<option value="tv">Tv</option>')
    const { body } = await centre.submit(centre.browser(), '/help/en/ask/proposal', { title: 'decoder' })
    expect(JSON.parse(body).items).toMatchObject([{ title: 'Restart the decoder' }])
  })

  it('becomes a thread once, classified and routed, on a page that its asker alone can open', async () => {
    const token = tokenIn(await asker.page('/help/en/ask'))
    centre.clock.advance(60_000)
    for (const audience of ['internal', 'public'] as const)
      await centre.app.webhooks.createEndpoint({
        url: `https://${audience}.example/`,
        types: ['question.asked'],
        audience,
        actor: system,
      })
    const fields = { token, step: 'send', title: TITLE, body: 'Since <b>yesterday</b>.', topic: 'tv' }
    const sent = await Promise.all([asker.post(fields), asker.post(fields)])
    const again = await asker.post(fields)
    expect(new Set([...sent, again].map(({ location }) => location)).size).toBe(1)
    const path = again.location!
    expect(path).toMatch(/^\/help\/en\/questions\/ask_[0-9a-f]{40}$/)
    expect(await rows('threads').where({ title: TITLE })).toHaveLength(1)

    const kept = await centre.browser().call(path)
    expect([kept.headers.get('cache-control'), kept.headers.get('x-robots-tag')]).toEqual([
      'no-store',
      'noindex',
    ])
    expect(kept.headers.get('referrer-policy')).toBe('same-origin')
    expect(kept.body).toContain(`<h1>${TITLE}</h1>`)
    expect(kept.body).toContain('<meta name="robots" content="noindex">')
    expect(kept.body).toMatch(/Question \d{4}\u00a0\d{4}, asked on <time[^>]*>10 January 2026/)
    expect(kept.body).toContain('Topic: Tv')
    expect(kept.body).toContain('Since &lt;b&gt;yesterday&lt;/b&gt;.')
    expect(kept.body).not.toContain('You get an answer')
    const secret = path.split('_')[1]!
    const stored = JSON.stringify(
      await Promise.all(['asked_questions', 'question_links', 'jobs', 'audit_log'].map(rows)),
    )
    expect(stored).not.toContain(secret)
    expect((await centre.browser().call(`${path.slice(0, -1)}${path.endsWith('0') ? 1 : 0}`)).status).toBe(
      404,
    )

    const id = await threadOf(TITLE)
    const thread = await agent.call(`/api/threads/${id}`)
    expect(thread.body).toMatchObject({
      source: 'help-centre',
      audience: 'internal',
      facts: { 'asker-topic': 'tv' },
    })
    expect((await agent.call(`/api/threads/${id}/triage`)).body.routing).toMatchObject({ destination: {} })
    await centre.runJobs()
    expect((await agent.call('/api/search?q=snow')).body.items).toMatchObject([{ id }])
    // Other systems hear of it once, those outside the audience never, and nobody of the link.
    const messages = await rows('webhook_messages').where({ type: 'question.asked' })
    expect(messages.map(({ payload }) => JSON.parse(payload).data)).toMatchObject([
      { topic: 'tv', number: expect.stringMatching(/^\d{8}$/), thread: { id, title: TITLE } },
    ])
    expect(JSON.stringify(messages)).not.toContain(secret)
    expect(await rows('webhook_deliveries')).toHaveLength(1)
    for (const audience of ['partner', 'customer', 'anonymous'] as const) {
      const reader = await centre.reader(audience)
      expect((await reader.call('/help/en/search?q=snow')).body).not.toContain(TITLE)
    }
  })

  it('is answered by an agent, replied to, and marked by its asker, who may take each back', async () => {
    const path = await asker.ask({ title: 'How do I pair the remote?', body: 'It blinks.' })
    const id = await threadOf('How do I pair the remote?')
    expect((await agent.call(`/api/threads/${id}/answering`)).body.questions).toMatchObject([
      { number: expect.stringMatching(/^\d{8}$/) },
    ])
    const suggested = await agent.call(`/api/threads/${id}/suggested-answers`)
    expect(suggested.body.items).toEqual([])
    centre.clock.advance(3_600_000)
    const answer = await agent.call(`/api/threads/${id}/answers`, { method: 'POST', body: { body: ANSWER } })
    expect(answer.status).toBe(201)
    const answered = await asker.page(path)
    expect(answered).toContain('There is an answer')
    expect(answered).toContain('hold the <strong>OK</strong> button')
    expect(postsIn(answered, 'answer')).toEqual([answer.body.postId])

    expect((await asker.reply(path, 'Which one?')).status).toBe(303)
    const replied = await asker.page(path)
    const [own] = postsIn(replied, 'reply')
    expect(replied).toContain('Which one?')
    await centre.submit(centre.browser(), `${path}/withdrawals`, { post: own! })
    expect(await asker.page(path)).not.toContain('Which one?')
    // An answer is not the asker’s to take back.
    await centre.submit(centre.browser(), `${path}/withdrawals`, { post: answer.body.postId })
    expect(postsIn(await asker.page(path), 'answer')).toEqual([answer.body.postId])

    const resolved = async () => (await agent.call(`/api/threads/${id}`)).body.resolved
    for (const useful of ['yes', 'yes'] as const) await asker.mark(path, answer.body.postId, useful)
    expect(await resolved()).toBe(true)
    expect(postsIn(await asker.page(path), 'accepted')).toEqual([answer.body.postId])
    await asker.mark(path, answer.body.postId, 'no')
    expect(await resolved()).toBe(false)
    expect(await asker.page(path)).toContain('You said that this answer did not help.')
    await asker.mark(path, answer.body.postId, 'undo')
    expect(await asker.page(path)).toContain('Did this answer help?')
    await asker.mark(path, answer.body.postId, 'yes')
    await centre.runJobs()
    const candidates = await agent.call('/api/candidates')
    expect(JSON.stringify(candidates.body)).toContain(id)
  })

  it('is answered by an article that a colleague links or makes of it', async () => {
    const path = await asker.ask({ title: 'Where is the button of the decoder?' })
    const id = await threadOf('Where is the button of the decoder?')
    const [article] = await rows('articles').select('id')
    expect((await agent.call(`/api/threads/${id}/suggested-answers`)).body.items[0]).toMatchObject({
      kind: 'article',
      id: article.id,
      audience: 'public',
      text: expect.stringContaining('Hold the button'),
    })
    await agent.call(`/api/articles/${article.id}/uses`, {
      method: 'POST',
      body: { kind: 'thread', reference: id },
    })
    const html = await asker.page(path)
    expect(html).toContain('There is an answer')
    expect(linkTo(html, 'Restart the decoder')).toBeDefined()
  })

  it('shows its asker nothing of another question that it was merged with', async () => {
    const first = await asker.ask({ title: 'Invoice of customer one', body: 'My secret is one.' })
    const second = await asker.ask({ title: 'Invoice of customer two', body: 'My secret is two.' })
    const [one, two] = [await threadOf('Invoice of customer one'), await threadOf('Invoice of customer two')]
    await agent.call(`/api/threads/${two}/answers`, { method: 'POST', body: { body: 'Dear customer two.' } })
    const merged = await agent.call(`/api/threads/${one}/merge`, { method: 'POST', body: { into: two } })
    expect(merged.status).toBe(200)
    expect(await asker.page(first)).not.toMatch(/customer two|secret is two/)
    await agent.call(`/api/threads/${two}/answers`, {
      method: 'POST',
      body: { body: 'It is in your account.' },
    })
    for (const path of [first, second]) expect(await asker.page(path)).toContain('It is in your account.')
    expect(await asker.page(first)).not.toMatch(/customer two|secret is two/)
    expect(await asker.page(first)).toContain('My secret is one.')
    expect(await asker.page(second)).not.toContain('secret is one')
  })

  it('keeps the audience under which it was asked, whatever the company decides later', async () => {
    await asker.ask({ title: 'Asked in private, about a contract' })
    await openAsking(centre, { audience: 'public' })
    expect(await asker.page('/help/en/ask')).toContain('can be read by everyone')
    const path = await asker.ask({ title: 'Asked in public, about a contract' })
    const [hidden, open] = [
      await threadOf('Asked in private, about a contract'),
      await threadOf('Asked in public, about a contract'),
    ]
    for (const id of [hidden, open]) {
      const answer = await agent.call(`/api/threads/${id}/answers`, {
        method: 'POST',
        body: { body: 'See page 3.' },
      })
      if (id === open) await asker.mark(path, answer.body.postId, 'yes')
    }
    await centre.runJobs()
    const found = await asker.page('/help/en/search?q=contract')
    expect(found).toContain('Asked in public')
    expect(found).not.toContain('Asked in private')
    await openAsking(centre, { audience: 'internal' })
  })

  it('says by when an answer comes only where a rule or experience says so', async () => {
    centre.clock.advance(100 * 24 * 3_600_000)
    agent = (await invitePerson(centre, ['agent'])).browser
    for (let at = 0; at < 4; at += 1)
      expect(await asker.page(await asker.ask({ title: `Early question ${at}` }))).not.toContain(
        'answered within',
      )
    for (const [at, minutes] of [30, 60, 90].entries()) {
      centre.clock.advance(minutes * 60_000)
      const id = await threadOf(`Early question ${at}`)
      await agent.call(`/api/threads/${id}/answers`, { method: 'POST', body: { body: 'Yes.' } })
    }
    const usual = 'Half of the questions of the past three months were answered within'
    expect(await asker.page(await asker.ask({ title: 'Fifth question' }))).toMatch(
      new RegExp(`${usual} 4 hours\\.`),
    )
    const { version } = await centre.app.triage.ruleSets.current()
    const destination = { kind: 'queue', name: 'agents' } as const
    await centre.app.triage.saveRuleSet({
      ruleSet: { rules: [], default: { destination, priority: 'normal', slaMinutes: 240 } },
      basedOn: version,
      actor: system,
    })
    const path = await asker.ask({ title: 'Question with a time limit' })
    expect(await asker.page(path)).toContain('You get an answer within 4 hours.')
    centre.clock.advance(300 * 60_000)
    expect(await asker.page(path)).toContain('The answer is late: it was due on')
  })
})
