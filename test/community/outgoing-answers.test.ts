import { afterAll, beforeAll, expect, it } from 'vitest'
import { invitePerson, type TestBrowser } from '../access/setting.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { KEY, send, startDiscourse, USER } from './discourse-answers.ts'
import { type Inbox, openInbox } from './inbox-setting.ts'

const ANSWER = 'Switch the box off, wait for **ten seconds**, and switch it on again.'

describeEachDatabase('an answer to a Discourse community', (database) => {
  let inbox: Inbox
  let agent: TestBrowser
  let discourse: Awaited<ReturnType<typeof startDiscourse>>

  beforeAll(async () => {
    discourse = await startDiscourse([101, 102, 103, 104, 105], () => inbox.clock.now())
    inbox = await openInbox(await database(), {
      ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1',
      ENTRAIDE_DISCOURSE_ANSWERS: JSON.stringify([
        { source: 'forum', url: discourse.url, user: USER, key: KEY },
      ]),
    })
    agent = (await invitePerson(inbox, ['agent'])).browser
  })
  afterAll(() => inbox.close())
  afterAll(() => discourse.close())

  const arrive = (topic: number) => inbox.arrive(String(topic), { tag: 'tv' })
  const answer = async (id: string, body = ANSWER) => {
    const sent = await agent.call(`/api/threads/${id}/answers`, { body: { body } })
    await inbox.runJobs()
    return sent
  }
  const latest = async (id: string) => (await agent.call(`/api/threads/${id}/answering`)).body.outgoing[0]
  const later = async (minutes: number) => {
    inbox.minutes(minutes)
    await inbox.runJobs()
  }

  it('is posted by the account, is in the thread at once, and the clock stops', async () => {
    const id = await arrive(101)
    expect((await agent.call(`/api/threads/${id}/answering`)).body).toMatchObject({ channel: 'discourse' })
    expect((await answer(id)).status).toBe(201)
    expect(discourse.postedIn(101)).toMatchObject([{ raw: ANSWER }])
    expect(await latest(id)).toMatchObject({ status: 'sent', url: `${discourse.url}/t/101/2` })
    const { body: thread } = await agent.call(`/api/threads/${id}`)
    expect(thread.posts.at(-1)).toMatchObject({ kind: 'answer', author: { name: USER, role: 'staff' } })
    expect((await agent.call(`/api/inbox/${id}`)).body).toMatchObject({ state: 'waiting' })
  })

  it('is posted once although the connection was lost after the community took it', async () => {
    const id = await arrive(102)
    discourse.fail((response, post) => {
      post()
      response.destroy()
    })
    await answer(id)
    expect(await latest(id)).toMatchObject({ status: 'sending', problem: 'away' })
    await later(1)
    expect(await latest(id)).toMatchObject({ status: 'sent', url: `${discourse.url}/t/102/2` })
    expect(discourse.postedIn(102)).toHaveLength(1)
  })

  it('is posted after all where the connection was lost before the community took it', async () => {
    const id = await arrive(103)
    discourse.fail((response) => response.destroy())
    await answer(id)
    await later(1)
    expect(await latest(id)).toMatchObject({ status: 'sent' })
    expect(discourse.postedIn(103)).toHaveLength(1)
    // The same words again are another answer: the first one is not taken for it.
    discourse.fail((response) => response.destroy())
    await answer(id)
    await later(1)
    expect(discourse.postedIn(103)).toHaveLength(2)
  })

  it('waits as long as the community asks for', async () => {
    const id = await arrive(104)
    discourse.fail(
      (response) => void send(response, 429, { extras: { wait_seconds: 5 } }, { 'retry-after': '600' }),
    )
    await answer(id)
    const { nextAt, ...waiting } = await latest(id)
    expect(waiting).toMatchObject({ status: 'sending', problem: 'busy' })
    expect(Date.parse(nextAt)).toBeGreaterThan(inbox.clock.now().getTime() + 500_000)
    await later(5)
    expect(discourse.postedIn(104)).toHaveLength(0)
    await later(6)
    expect(discourse.postedIn(104)).toHaveLength(1)
  })

  it('says in the words of the community what is wrong, and is written anew or tried again', async () => {
    const id = await arrive(105)
    await answer(id, 'Too short.')
    const failed = await latest(id)
    expect(failed).toMatchObject({
      status: 'failed',
      problem: 'text',
      said: expect.stringContaining('too short'),
    })
    const path = `/api/threads/${id}/answers/${failed.id}`
    expect((await agent.call(`${path}/retry`, { method: 'POST', body: {} })).status).toBe(204)
    await inbox.runJobs()
    expect(await latest(id)).toMatchObject({ status: 'failed', problem: 'text' })
    expect((await agent.call(path, { method: 'DELETE' })).status).toBe(204)
    expect((await agent.call(path, { method: 'DELETE' })).body.code).toBe('ANSWER_NOT_FOUND')
    discourse.fail((response) => void send(response, 200, { success: true, action: 'enqueued' }))
    await answer(id)
    expect(await latest(id)).toMatchObject({ status: 'held' })
    discourse.fail((response) => void send(response, 403, { errors: ['Invalid key'] }))
    await answer(id)
    expect(await latest(id)).toMatchObject({ status: 'failed', problem: 'key', said: 'Invalid key' })
  })

  it('is left to the colleague where no account is configured, and the key is nowhere to be read', async () => {
    const id = await inbox.arrive('106', { tag: 'tv', source: 'another' })
    expect((await agent.call(`/api/threads/${id}/answering`)).body).toMatchObject({
      channel: 'copy',
      isInInbox: true,
    })
    expect((await answer(id)).body.code).toBe('THREAD_NOT_ASKED_HERE')
    for (const table of ['outgoing_answers', 'audit_log', 'jobs', 'live_events'])
      expect(JSON.stringify(await inbox.app.platform.db.sql(table))).not.toContain(KEY)
  })
})
