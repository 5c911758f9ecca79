import { expect, it } from 'vitest'
import { correctLabel } from '../../../src/labels/annotate-thread.ts'
import { rule } from '../../../src/triage/routing/routing-rule.ts'
import { agent } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview } from '../setting.ts'

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

const ask = async (setting: App, id: string, title: string) => {
  await setting.store([{ id, title }])
  await setting.announce([id])
}
const label = (setting: App, threadId: string, name: string) =>
  correctLabel(setting.deps, { threadId, facet: 'category', label: name, blind: true, actor: agent })
const kept = async (setting: App) => {
  const { id } = await setting.facets.require('category')
  const rows = await setting.db.sql('audit_snapshots').where({ facet_id: id }).orderBy('thread_id')
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
    const setting = await setUpReview(await database(), 1)
    await setting.ruleSets.append(0, ruleSet, agent)
    await setting.activate(keywords)
    await ask(setting, 't1', 'A wrong invoice')
    await setting.drain()
    const first = [
      { threadId: 't1', label: 'billing', decision: 'assigned', destination: 'money', mayHaveLearned: false },
    ]
    expect(await kept(setting)).toEqual(first)
    await label(setting, 't1', 'network')
    await setting.activate({ invoice: 'contract' })
    await setting.ruleSets.append(1, { rules: [], default: ruleSet.default }, agent)
    await setting.announce(['t1'])
    await setting.drain()
    expect((await setting.predictions.of(['t1'])).get('t1')).toMatchObject([{ label: 'contract' }])
    expect(await kept(setting)).toEqual(first)
  })

  it('comes with the first model where a thread was drawn before there was one, and heeds no label', async () => {
    const setting = await setUpReview(await database(), 1)
    await setting.ruleSets.append(0, ruleSet, agent)
    await ask(setting, 't1', 'An antenna that fell')
    await setting.drain()
    expect(await kept(setting)).toEqual([])
    setting.clock.advance(1000)
    await label(setting, 't1', 'billing')
    setting.clock.advance(1000)
    await setting.activate(keywords)
    await setting.drain()
    expect((await setting.decisions.currentOf(['t1'])).get('t1')?.destination.name).toBe('money')
    expect(await kept(setting)).toMatchObject([
      { label: 'network', destination: 'tech', mayHaveLearned: false },
    ])
  })

  /** A setting with two threads, one of which is labelled already. */
  async function withOneLabelled(): Promise<App> {
    const setting = await setUpReview(await database(), 1)
    await setting.store([
      { id: 'labelled', title: 'An invoice' },
      { id: 'asked', title: 'An invoice' },
    ])
    await label(setting, 'labelled', 'billing')
    setting.clock.advance(1000)
    return setting
  }
  const mayHaveLearned = async (setting: App) =>
    (await kept(setting)).map((snapshot) => [snapshot.threadId, snapshot.mayHaveLearned])

  it('is marked when the version may have learned from the thread, which makes it no test', async () => {
    const setting = await withOneLabelled()
    await setting.activate(keywords)
    setting.clock.advance(1000)
    await setting.announce(['labelled', 'asked'])
    await setting.drain()
    await label(setting, 'asked', 'billing')
    expect(await mayHaveLearned(setting)).toEqual([
      ['asked', false],
      ['labelled', true],
    ])
  })

  it('is marked too when the thread was drawn while the version was being trained', async () => {
    const setting = await withOneLabelled()
    const labelsReadAt = setting.clock.now().toISOString()
    setting.clock.advance(1000)
    await setting.announce(['labelled', 'asked'])
    await setting.drain()
    setting.clock.advance(1000)
    await setting.activate(keywords, 'category', labelsReadAt)
    await setting.drain()
    expect(await mayHaveLearned(setting)).toEqual([
      ['asked', false],
      ['labelled', true],
    ])
  })

  it('is nothing of threads that were not drawn', async () => {
    const setting = await setUpReview(await database(), 0)
    await setting.activate(keywords)
    await ask(setting, 't1', 'An invoice')
    await setting.drain()
    expect(await kept(setting)).toEqual([])
  })
})
