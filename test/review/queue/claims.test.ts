import { expect, it } from 'vitest'
import { reportMisroute } from '../../../src/review/misroutes/report-misroute.ts'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { agent } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview, uniqueQuestion } from '../setting.ts'

type App = Awaited<ReturnType<typeof setUpReview>>
type Strategy = Parameters<typeof reviewQueue>[1]['strategy']

const other = { ...agent, id: 'key_other', name: 'Omar' }
const idsFor = async (setting: App, actor = agent, limit = 8, strategy: Strategy = 'default') =>
  (await reviewQueue(setting.review, { facet: 'category', limit, actor, strategy })).items.map(
    ({ threadId }) => threadId,
  )

async function stored(setting: App, count: number) {
  const ids = Array.from({ length: count }, (_, i) => `t${String(i).padStart(3, '0')}`)
  await setting.store(ids.map((id, i) => ({ id, question: uniqueQuestion(i) })))
  return ids
}

describeEachDatabase.always('what agents are handed', (database) => {
  it('is the same when an agent asks again, without what was labelled and with others in its place', async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 40)
    const first = await idsFor(setting)
    expect(first).toHaveLength(8)
    expect(await idsFor(setting)).toEqual(first)
    expect(await idsFor(setting, agent, 3)).toEqual(first.slice(0, 3))
    expect(await idsFor(setting)).toEqual(first)
    await setting.label(first[2]!, 'category', 'billing')
    const next = await idsFor(setting)
    expect(next.slice(0, 7)).toEqual(first.filter((id) => id !== first[2]))
    expect(next).toHaveLength(8)
    expect(first).not.toContain(next[7])
  })

  it('is not handed to another agent at the same time', async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 40)
    const agents = Array.from({ length: 5 }, (_, i) => ({ ...agent, id: `key_${i}` }))
    const batches = await Promise.all(agents.map((each) => idsFor(setting, each)))
    expect(batches.map(({ length }) => length)).toEqual([8, 8, 8, 8, 8])
    expect(new Set(batches.flat()).size).toBe(40)
    expect(await idsFor(setting, other)).toEqual([])
  })

  it('is not handed out twice by two processes that are asked at once', async () => {
    const at = await database()
    const [one, two] = [await setUpReview(at), await setUpReview(at)]
    await stored(one, 30)
    const [mine, theirs] = await Promise.all([idsFor(one, agent, 15), idsFor(two, other, 15)])
    expect([...mine, ...theirs]).toHaveLength(30)
    expect(new Set([...mine, ...theirs]).size).toBe(30)
  })

  it('goes to others when an agent has not come back for a while: nothing is lost', async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 8)
    const first = await idsFor(setting)
    expect(await idsFor(setting, other)).toEqual([])
    setting.clock.advance(10 * 60_000)
    expect(await idsFor(setting)).toEqual(first)
    setting.clock.advance(10 * 60_000)
    expect(await idsFor(setting, other)).toEqual([])
    setting.clock.advance(6 * 60_000)
    expect((await idsFor(setting, other)).sort()).toEqual([...first].sort())
    expect(await idsFor(setting)).toEqual([])
  })

  it('holds no thread whose claim was stored by a process that died before it answered', async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 8)
    const unanswered = await idsFor(setting)
    // The agent's tool asks again and hears of the same; so would a second try of its proxy.
    expect(await Promise.all([idsFor(setting), idsFor(setting)])).toEqual([unanswered, unanswered])
    const claims = await setting.db.sql('review_claims').count('* as n').first()
    expect(Number(claims?.n)).toBe(8)
  })

  it('is given back when the agent asks by another strategy', async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 16)
    const first = await idsFor(setting, agent, 8, 'diversity')
    const second = await idsFor(setting, agent, 16, 'random')
    expect(second).toHaveLength(16)
    expect(first.every((id) => second.includes(id))).toBe(true)
    expect(await idsFor(setting, other)).toEqual([])
  })

  it('is asked again as if nothing had been, once nobody holds it', async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 24)
    const first = await idsFor(setting)
    setting.clock.advance(16 * 60_000)
    expect((await idsFor(setting, other)).sort()).toEqual([...first].sort())
  })

  it('is asked by one agent at a time where threads were misrouted, too', async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 4)
    await reportMisroute(setting.review, { threadId: 't001', reason: 'Not ours', actor: agent })
    expect((await idsFor(setting, agent, 1))[0]).toBe('t001')
    expect(await idsFor(setting, other)).not.toContain('t001')
  })

  it('has one in four of the audit slice, also for who asks for one at a time', async () => {
    const setting = await setUpReview(await database(), 0.5)
    const ids = await stored(setting, 60)
    await setting.announce(ids)
    await setting.drain()
    const whys: string[] = []
    for (let i = 0; i < 16; i++) {
      const { items } = await reviewQueue(setting.review, { facet: 'category', limit: 1, actor: agent })
      whys.push(items[0]!.why)
      await setting.label(items[0]!.threadId, 'category', 'billing', items[0]!.blind)
      setting.clock.advance(1_000)
    }
    expect(whys.filter((why) => why === 'audit')).toHaveLength(4)
  })
})
