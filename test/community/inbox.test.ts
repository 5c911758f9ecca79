import { afterAll, beforeAll, expect, it } from 'vitest'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { type Inbox, openInbox } from './inbox-setting.ts'

describeEachDatabase('the inbox', (database) => {
  let inbox: Inbox
  let ada: Awaited<ReturnType<typeof invitePerson>>
  let ben: Awaited<ReturnType<typeof invitePerson>>

  const list = async (query = '', browser: TestBrowser = ada.browser) =>
    (await browser.call(`/api/inbox?limit=100${query}`)).body.items
  const titles = async (query = '', browser: TestBrowser = ada.browser): Promise<string[]> =>
    (await list(query, browser)).map(({ title }: { title: string }) => title)
  const shown = async (id: string) => (await ada.browser.call(`/api/inbox/${id}`)).body
  const act = (id: string, path: string, body: object = {}, { browser } = ada) =>
    browser.call(`/api/inbox/${id}/${path}`, { body })

  beforeAll(async () => {
    inbox = await openInbox(await database())
    ada = await invitePerson(inbox, ['agent'])
    ben = await invitePerson(inbox, ['agent'])
  })
  afterAll(() => inbox.close())

  it('holds what the rules send to a queue, what is due first on top, and says when it is overdue', async () => {
    await inbox.arrive('10', { title: 'No limit' })
    await inbox.arrive('11', { title: 'Television', tag: 'tv' })
    inbox.minutes(10)
    await inbox.arrive('12', { title: 'Invoice', tag: 'billing' })
    await inbox.arrive('13', { title: 'Talk', tag: 'talk' })
    expect(await titles()).toEqual(['Invoice', 'Television', 'No limit'])
    expect((await list())[0]).toMatchObject({
      queue: 'billing',
      priority: 'high',
      state: 'open',
      slaMinutes: 30,
    })
    expect(await titles('&queue=tv')).toEqual(['Television'])
    expect(await titles('&overdue=true')).toEqual([])
    inbox.minutes(35)
    expect(await titles('&overdue=true')).toEqual(['Invoice'])
    const { body: counts } = await ada.browser.call('/api/inbox/counts')
    expect(counts).toMatchObject({ open: 3, waiting: 0, overdue: 1, unassigned: 3, mine: 0 })
    expect(counts.queues).toMatchObject([
      { name: 'billing', open: 1, overdue: 1 },
      { name: 'triage', open: 1 },
      { name: 'tv', open: 1, overdue: 0 },
    ])
    const { body: first } = await ada.browser.call('/api/inbox?limit=2')
    const { body: second } = await ada.browser.call(`/api/inbox?limit=2&cursor=${first.next}`)
    expect([...first.items, ...second.items]).toHaveLength(3)
  })

  it('stops the clock while the asker has an answer, starts it anew when they write, and lets go of what is accepted', async () => {
    const id = await inbox.arrive('20', { title: 'Clock', tag: 'billing' })
    await inbox.post(id, 'a1', 'helper', 'answer')
    const answered = await shown(id)
    expect(answered).toMatchObject({ state: 'waiting' })
    expect(answered.dueAt).toBeUndefined()
    expect((await titles()).at(-1)).toBe('Clock')
    expect(await titles('&state=waiting')).toEqual(['Clock'])
    inbox.minutes(60)
    const asked = inbox.clock.now().getTime()
    await inbox.post(id, 'c1', 'asker', 'comment')
    expect(await shown(id)).toMatchObject({
      state: 'open',
      dueAt: new Date(asked + 30 * 60_000).toISOString(),
    })
    await inbox.post(id, 'a1', 'helper', 'answer', true)
    expect((await ada.browser.call(`/api/inbox/${id}`)).body.code).toBe('INBOX_THREAD_ABSENT')
    expect(await titles()).not.toContain('Clock')
    await inbox.post(id, 'a1', 'helper', 'answer', false)
    expect(await titles()).toContain('Clock')
  })

  it('gives a thread to one of two who take it at once, and tells the other who has it', async () => {
    const id = await inbox.arrive('30', { title: 'Two at once', tag: 'tv' })
    const answers = await Promise.all([act(id, 'take'), act(id, 'take', {}, ben)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const [winner, loser] = answers[0]?.status === 200 ? [ada, ben] : [ben, ada]
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body).toMatchObject({ code: 'INBOX_TAKEN' })
    expect(refused?.body.detail).toContain(winner.account.name)
    expect((await act(id, 'take', {}, winner)).status).toBe(200)
    for (const [path, body] of [
      ['release', {}],
      ['assign', { to: loser.account.id }],
      ['transfer', { queue: 'billing' }],
      ['merge', { into: id }],
    ] as const)
      expect((await act(id, path, body, loser)).body.code).toBe('INBOX_TAKEN')
    expect(await titles('&assignee=me', winner.browser)).toEqual(['Two at once'])
    expect(await titles('&assignee=none', winner.browser)).not.toContain('Two at once')
    const taken = await act(id, 'take', { takeOver: true }, loser)
    expect(taken.body.assignee).toEqual({ id: loser.account.id, name: loser.account.name })
    expect((await act(id, 'release', {}, loser)).body.assignee).toBeUndefined()
  })

  it('leaves a thread to whoever has it or writes, whatever the rules say, until they give it back', async () => {
    const id = await inbox.arrive('40', { title: 'Moves', tag: 'tv' })
    await act(id, 'take')
    await inbox.arrive('40', { title: 'Moves', tag: 'billing' })
    expect(await shown(id)).toMatchObject({
      queue: 'tv',
      rulesQueue: 'billing',
      assignee: { id: ada.account.id },
    })
    await inbox.arrive('40', { title: 'Moves', tag: 'talk' })
    expect(await shown(id)).toMatchObject({ queue: 'tv', assignee: { id: ada.account.id } })
    await inbox.arrive('40', { title: 'Moves', tag: 'billing' })
    await act(id, 'release')
    expect(await shown(id)).toMatchObject({ queue: 'billing' })
    await ben.browser.call(`/api/threads/${id}/answering`, { method: 'PUT', body: {} })
    await inbox.arrive('40', { title: 'Moves', tag: 'tv' })
    expect(await shown(id)).toMatchObject({ queue: 'billing', writing: { id: ben.account.id } })
    expect((await act(id, 'take')).body.code).toBe('ANSWER_LOCKED')
    inbox.minutes(3)
    await inbox.runJobs()
    expect(await shown(id)).toMatchObject({ queue: 'tv' })
    expect((await act(id, 'take')).status).toBe(200)
    const { body } = await ben.browser.call(`/api/threads/${id}/answering`)
    expect(body).toMatchObject({ lockedBy: { id: ada.account.id }, isInInbox: true })
  })

  it('is assigned to a colleague who may answer and read it', async () => {
    const id = await inbox.arrive('50', { title: 'Given', tag: 'tv' })
    const outsider = await invitePerson(inbox, ['agent'], 'customer')
    const supervisor = await invitePerson(inbox, ['supervisor'])
    const { body: colleagues } = await ada.browser.call('/api/inbox/colleagues?audience=internal')
    const ids = colleagues.items.map((each: { id: string }) => each.id)
    expect(ids).toContain(ben.account.id)
    expect(ids).not.toContain(outsider.account.id)
    expect(ids).not.toContain(supervisor.account.id)
    for (const to of [outsider.account.id, supervisor.account.id, 'nobody'])
      expect((await act(id, 'assign', { to })).body.code).toBe('INBOX_COLLEAGUE_UNKNOWN')
    expect((await act(id, 'assign', { to: ben.account.id })).body.assignee.name).toBe(ben.account.name)
    expect(await titles('&assignee=me', ben.browser)).toContain('Given')
    // An agent for customers sees what customers see, and of others not that they are there.
    expect(await titles('', outsider.browser)).toEqual([])
    expect((await act(id, 'take', {}, outsider)).body.code).toBe('THREAD_NOT_FOUND')
    expect((await outsider.browser.call('/api/inbox/counts')).body.open).toBe(0)
  })

  it('is transferred with a note, where the rules leave it, and escalated with a reason that all see', async () => {
    const id = await inbox.arrive('60', { title: 'Handed on', tag: 'tv' })
    await act(id, 'take')
    inbox.minutes(1)
    expect((await act(id, 'transfer', { queue: 'nowhere' })).body.code).toBe('INBOX_QUEUE_UNKNOWN')
    const moved = await act(id, 'transfer', { queue: 'billing', note: 'It is about the bill.' })
    expect(moved.body).toMatchObject({ queue: 'billing', transferred: true })
    expect(moved.body.assignee).toBeUndefined()
    inbox.minutes(1)
    await inbox.arrive('60', { title: 'Handed on again', tag: 'talk' })
    expect(await shown(id)).toMatchObject({ queue: 'billing' })
    expect((await act(id, 'escalation', { note: '  ' })).status).toBe(400)
    expect((await act(id, 'escalation', { note: 'The press has called.' }, ben)).body).toMatchObject({
      priority: 'high',
      escalation: { by: ben.account.name, note: 'The press has called.' },
    })
    expect(await titles('&escalated=true')).toEqual(['Handed on again'])
    const { steps } = await shown(id)
    expect(steps).toMatchObject([
      { what: 'escalated', by: ben.account.name, note: 'The press has called.' },
      { what: 'transferred', from: 'tv', to: 'billing', note: 'It is about the bill.' },
      { what: 'taken', by: ada.account.name, assignee: ada.account.name },
    ])
    const back = await ada.browser.call(`/api/inbox/${id}/escalation`, { method: 'DELETE' })
    expect(back.body).toMatchObject({ priority: 'normal' })
    const again = await ada.browser.call(`/api/inbox/${id}/escalation`, { method: 'DELETE' })
    expect(again.body.code).toBe('INBOX_NOT_ESCALATED')
    await inbox.arrive('60', { title: 'Handed on', tag: 'tv' })
    expect((await act(id, 'transfer', { queue: 'tv' })).body).toMatchObject({
      queue: 'tv',
      transferred: false,
    })
  })

  it('lets go of a duplicate that is merged, and takes it back when the merge is undone', async () => {
    const one = await inbox.arrive('70', { title: 'Asked first', tag: 'tv' })
    const other = await inbox.arrive('71', { title: 'Asked again', tag: 'tv' })
    const foreign = await inbox.arrive('1', { title: 'Elsewhere', source: 'other', tag: 'tv' })
    expect((await act(other, 'merge', { into: foreign })).body.code).toBe('THREAD_MERGE_SOURCES')
    expect((await act(other, 'merge', { into: one })).status).toBe(204)
    expect(await titles()).not.toContain('Asked again')
    expect((await act(other, 'take')).body.code).toBe('THREAD_MERGED')
    await ada.browser.call(`/api/threads/${other}/merge`, { method: 'DELETE' })
    await inbox.runJobs()
    expect(await titles()).toContain('Asked again')
  })

  it('tells open pages that it has changed, and nothing else of it', async () => {
    const id = await inbox.arrive('80', {
      title: 'Pushed',
      tag: 'tv',
      source: 'customers',
      audience: 'customer',
    })
    const rows = () =>
      inbox.app.platform.db.sql('live_events').where({ type: 'inbox.changed' }).orderBy('seq', 'desc')
    const before = await rows()
    await act(id, 'take')
    await inbox.runJobs()
    const after = await rows()
    expect(after.length).toBeGreaterThan(before.length)
    expect(after[0]).toMatchObject({ audience: 'customer', data: '{}' })
  })
})
