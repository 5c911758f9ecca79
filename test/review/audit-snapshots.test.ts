import { expect, it } from 'vitest'
import { correctLabel } from '../../src/labels/annotate-thread.ts'
import { rule } from '../../src/triage/routing/routing-rule.ts'
import { agent } from '../labels/support.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { setUpReview } from './setting.ts'

type App = Awaited<ReturnType<typeof setUpReview>>

const keywords = { invoice: 'billing', antenna: 'network' }
const queue = (name: string) => ({ destination: { kind: 'queue', name }, priority: 'normal' }) as const

/** Billing goes to `money`, network to `tech`, what the model is not sure of to the community. */
const ruleSet = {
  rules: [
    rule('money', { label: { facet: 'category', is: 'billing' } }, queue('money')),
    rule('tech', { label: { facet: 'category', is: 'network' } }, queue('tech')),
  ],
  default: { destination: { kind: 'community', name: 'community' }, priority: 'normal' },
} as const

const ask = async (house: App, id: string, title: string) => {
  await house.store([{ id, title }])
  await house.announce([id])
}
const label = (house: App, threadId: string, name: string) =>
  correctLabel(house.deps, { threadId, facet: 'category', label: name, blind: true, actor: agent })
const kept = async (house: App) => {
  const { id } = await house.facets.require('category')
  const rows = await house.db.sql('audit_snapshots').where({ facet_id: id }).orderBy('thread_id')
  return rows.map((row) => ({
    threadId: row.thread_id,
    label: row.label,
    decision: row.decision,
    destination: row.destination_name,
    mayHaveLearned: Boolean(row.may_have_learned),
  }))
}

describeEachDatabase.always('what is kept of a drawn thread', (database) => {
  it('is its first prediction and where that sends it, whatever is labelled, learned or ruled later', async () => {
    const house = await setUpReview(await database(), 1)
    await house.ruleSets.append(0, ruleSet, agent)
    await house.activate(keywords)
    await ask(house, 't1', 'A wrong invoice')
    await house.drain()
    const first = [
      { threadId: 't1', label: 'billing', decision: 'assigned', destination: 'money', mayHaveLearned: false },
    ]
    expect(await kept(house)).toEqual(first)
    await label(house, 't1', 'network')
    await house.activate({ invoice: 'contract' })
    await house.ruleSets.append(1, { rules: [], default: ruleSet.default }, agent)
    await house.announce(['t1'])
    await house.drain()
    expect((await house.predictions.of(['t1'])).get('t1')).toMatchObject([{ label: 'contract' }])
    expect(await kept(house)).toEqual(first)
  })

  it('comes with the first model where a thread was drawn before there was one, and heeds no label', async () => {
    const house = await setUpReview(await database(), 1)
    await house.ruleSets.append(0, ruleSet, agent)
    await ask(house, 't1', 'An antenna that fell')
    await house.drain()
    expect(await kept(house)).toEqual([])
    house.clock.advance(1000)
    await label(house, 't1', 'billing')
    house.clock.advance(1000)
    await house.activate(keywords)
    await house.drain()
    expect((await house.decisions.currentOf(['t1'])).get('t1')?.destination.name).toBe('money')
    expect(await kept(house)).toMatchObject([
      { label: 'network', destination: 'tech', mayHaveLearned: false },
    ])
  })

  /** A house with two threads, one of which is labelled already. */
  async function withOneLabelled(): Promise<App> {
    const house = await setUpReview(await database(), 1)
    await house.store([
      { id: 'labelled', title: 'An invoice' },
      { id: 'asked', title: 'An invoice' },
    ])
    await label(house, 'labelled', 'billing')
    house.clock.advance(1000)
    return house
  }
  const mayHaveLearned = async (house: App) =>
    (await kept(house)).map((snapshot) => [snapshot.threadId, snapshot.mayHaveLearned])

  it('says when the version may have learned from the thread, which makes it no test', async () => {
    const house = await withOneLabelled()
    await house.activate(keywords)
    house.clock.advance(1000)
    await house.announce(['labelled', 'asked'])
    await house.drain()
    await label(house, 'asked', 'billing')
    expect(await mayHaveLearned(house)).toEqual([
      ['asked', false],
      ['labelled', true],
    ])
  })

  it('says so too of what was drawn while the version was being trained', async () => {
    const house = await withOneLabelled()
    const labelsReadAt = house.clock.now().toISOString()
    house.clock.advance(1000)
    await house.announce(['labelled', 'asked'])
    await house.drain()
    house.clock.advance(1000)
    await house.activate(keywords, 'category', labelsReadAt)
    await house.drain()
    expect(await mayHaveLearned(house)).toEqual([
      ['asked', false],
      ['labelled', true],
    ])
  })

  it('is nothing of threads that were not drawn', async () => {
    const house = await setUpReview(await database(), 0)
    await house.activate(keywords)
    await ask(house, 't1', 'An invoice')
    await house.drain()
    expect(await kept(house)).toEqual([])
  })
})
