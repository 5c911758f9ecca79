import { expect, it } from 'vitest'
import { correctLabel, revokeAnnotation } from '../../src/labels/annotate-thread.ts'
import { labelImportedThreads } from '../../src/labels/label-imported-threads.ts'
import { triageJobs } from '../../src/triage/jobs.ts'
import { readLabelledTriage, readTriage } from '../../src/triage/read-triage.ts'
import { decideDestination } from '../../src/triage/routing/decide-destination.ts'
import { rule } from '../../src/triage/routing/routing-rule.ts'
import { usualOrder } from '../../src/triage/routing/routing-schemas.ts'
import { saveRuleSet } from '../../src/triage/routing/save-rule-set.ts'
import { RECONSIDER_JOB, triageThreads } from '../../src/triage/triage-threads.ts'
import { agent, eventsOf, supervisor } from '../labels/support.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { setUpTriage, type TriageSetting } from './setting.ts'

const MINUTE = 60_000
const keywords = { invoice: 'billing', antenna: 'network' }

const byCategory = {
  rules: [
    rule(
      'billing',
      { label: { facet: 'category', is: 'billing' } },
      { destination: { kind: 'queue', name: 'accounts' }, priority: 'high', slaMinutes: 60 },
    ),
    ...usualOrder.rules,
  ],
  default: usualOrder.default,
} as const

const save = (
  setting: TriageSetting,
  ruleSet: Parameters<typeof saveRuleSet>[1]['ruleSet'],
  basedOn: number,
) => saveRuleSet(setting.deps, { ruleSet, basedOn, actor: supervisor })

const destinationOf = async (setting: TriageSetting, id: string) =>
  (await readTriage(setting.deps, id, 'forum')).routing?.destination.name

describeEachDatabase.always('triage', (database) => {
  it('comes with the labels in force, and the annotations that they rest on', async () => {
    const setting = await setUpTriage(await database())
    await setting.store([{ id: 't1', title: 'Wrong invoice' }])
    const labels = async () => (await readLabelledTriage(setting.deps, 't1', 'forum')).labels
    expect(await labels()).toEqual([])
    const { id } = await correctLabel(setting.deps, {
      threadId: 't1',
      facet: 'category',
      label: 'contract',
      actor: agent,
    })
    expect(await labels()).toEqual([
      { facet: 'category', label: 'contract', provenance: 'agent', annotationId: id },
    ])
    await revokeAnnotation(setting.deps, { id, actor: agent })
    expect(await labels()).toEqual([])
  })

  it('classifies and routes what was imported, and states which version and which rule did it', async () => {
    const setting = await setUpTriage(await database())
    const { versionId } = await setting.activate(keywords)
    await setting.store([
      { id: 't1', title: 'Wrong invoice', question: 'Charged **twice**' },
      { id: 't2', title: 'Hello', question: 'Who knows?' },
    ])
    await setting.announce(['t1', 't2', 'no-such-thread'])
    await setting.drain()
    const first = await readTriage(setting.deps, 't1', 'forum')
    expect(first).toMatchObject({
      predictions: [
        {
          facet: 'category',
          label: 'billing',
          confidence: 0.9,
          decision: 'assigned',
          versionId,
          modelVersion: 1,
          alternatives: [{ label: 'billing' }, { label: 'network' }],
        },
      ],
      routing: { rule: 'default', ruleSetVersion: 0, destination: { kind: 'community' } },
    })
    expect((await readTriage(setting.deps, 't2', 'forum')).routing).toMatchObject({
      rule: 'not-sure',
      destination: { kind: 'queue', name: 'triage' },
    })
    expect(setting.classified).toContain('Wrong invoice\nCharged twice')
  })

  it('routes by the default rule while there is no model', async () => {
    const setting = await setUpTriage(await database())
    await setting.store([{ id: 't1', title: 'Wrong invoice' }])
    await triageThreads(setting.deps, ['t1'])
    expect(await readTriage(setting.deps, 't1', 'forum')).toMatchObject({
      predictions: [],
      routing: { rule: 'default' },
    })
  })

  it('leaves no trace when nothing comes out differently', async () => {
    const setting = await setUpTriage(await database())
    await setting.activate(keywords)
    await setting.store([{ id: 't1', title: 'Wrong invoice' }])
    await triageThreads(setting.deps, ['t1'], { fresh: false })
    const before = await readTriage(setting.deps, 't1', 'forum')
    setting.clock.advance(MINUTE)
    await triageThreads(setting.deps, ['t1', 't1'], { fresh: false })
    expect(await readTriage(setting.deps, 't1', 'forum')).toEqual(before)
    expect(setting.classified).toHaveLength(1)
    expect(await eventsOf(setting.db, 'threads.triaged')).toEqual([{ threadIds: ['t1'] }])
  })

  it('decides once when several workers triage the same threads at once', async () => {
    const setting = await setUpTriage(await database())
    await setting.activate(keywords)
    const ids = ['t1', 't2', 't3']
    await setting.store(ids.map((id) => ({ id, title: 'Wrong invoice' })))
    await Promise.all([ids, ids.toReversed(), ids].map((some) => triageThreads(setting.deps, some)))
    for (const id of ids) expect((await readTriage(setting.deps, id, 'forum')).history).toHaveLength(1)
  })

  it('keeps every decision, with one current, when a thread moves', async () => {
    const setting = await setUpTriage(await database())
    await setting.activate(keywords)
    await setting.store([{ id: 't1', title: 'Wrong invoice' }])
    await triageThreads(setting.deps, ['t1'])
    setting.clock.advance(MINUTE)
    await save(setting, byCategory, 0)
    await setting.drain()
    const { history, routing } = await readTriage(setting.deps, 't1', 'forum')
    expect(history.map((decision) => [decision.rule, decision.supersededAt])).toEqual([
      ['billing', undefined],
      ['default', setting.clock.now().toISOString()],
    ])
    expect(routing).toMatchObject({ ruleSetVersion: 1, priority: 'high', slaMinutes: 60 })
  })

  it('routes by the label that an import brings, once the labels of its batches have gathered', async () => {
    const setting = await setUpTriage(await database())
    await setting.activate(keywords)
    await save(setting, byCategory, 0)
    await setting.store([{ id: 't1', title: 'No antenna in sight', stated: { category: 'billing' } }])
    await setting.announce(['t1'])
    await setting.drain()
    expect(await destinationOf(setting, 't1')).toBe('community')
    const source = await setting.deps.db.sql('sources').first('id')
    await labelImportedThreads(setting.deps, { sourceId: source.id })
    await setting.drain()
    setting.clock.advance(5_000)
    await setting.drain()
    expect(await destinationOf(setting, 't1')).toBe('accounts')
  })

  it('measures labels at most once a minute while threads arrive, as bulk work that people do not wait for', async () => {
    const setting = await setUpTriage(await database())
    await setting.activate(keywords)
    await setting.drain()
    setting.clock.advance(120_000)
    await setting.drain()
    await setting.store([{ id: 't1', title: 'Wrong invoice' }])
    await setting.announce(['t1'])
    await setting.drain()
    setting.clock.advance(30_000)
    await setting.store([{ id: 't2', title: 'No antenna in sight' }])
    await setting.announce(['t2'])
    expect(await setting.drain()).not.toContain('triage.measure-triaged')
    const handler = triageJobs(setting.deps).find(({ type }) => type === 'triage.measure-triaged')
    expect(handler?.bulk).toBe(true)
    setting.clock.advance(30_000)
    expect((await setting.drain()).filter((type) => type === 'triage.measure-triaged')).toHaveLength(1)
  })

  it('lets an agent’s label outrank the model, and goes back to the model when it is revoked', async () => {
    const setting = await setUpTriage(await database())
    await setting.activate(keywords)
    await save(setting, byCategory, 0)
    await setting.store([{ id: 't1', title: 'No antenna in sight' }])
    await setting.announce(['t1'])
    await setting.drain()
    expect(await destinationOf(setting, 't1')).toBe('community')
    const { id } = await correctLabel(setting.deps, {
      threadId: 't1',
      facet: 'category',
      label: 'billing',
      actor: agent,
    })
    await setting.drain()
    expect(await destinationOf(setting, 't1')).toBe('accounts')
    expect((await readTriage(setting.deps, 't1', 'forum')).predictions).toMatchObject([{ label: 'network' }])
    await revokeAnnotation(setting.deps, { id, actor: agent })
    await setting.drain()
    expect(await destinationOf(setting, 't1')).toBe('community')
  })

  it('does not keep a prediction of a text that was edited, or by a model that was replaced, meanwhile', async () => {
    const setting = await setUpTriage(await database())
    await setting.store([
      { id: 't1', title: 'Wrong invoice' },
      { id: 't2', title: 'Wrong invoice' },
    ])
    const model = await setting.activate(keywords)
    const classify = model.classifier.classify
    const slow = { ...model, classifier: { classify } }
    let texts = 0
    const meddling = {
      ...setting.deps,
      models: { active: async () => [slow], unreadable: () => [] },
      threads: {
        ...setting.threads,
        facts: async (ids: readonly string[]) => {
          const facts = await setting.threads.facts(ids)
          if (texts++ === 0)
            await setting.db.sql('threads').where({ id: 't1' }).update({ title: 'No antenna' })
          return facts
        },
      },
    }
    await triageThreads(meddling, ['t1', 't2'])
    expect((await readTriage(setting.deps, 't1', 'forum')).predictions).toEqual([])
    expect((await readTriage(setting.deps, 't2', 'forum')).predictions).toMatchObject([{ label: 'billing' }])
    await setting.activate({ invoice: 'contract' })
    await triageThreads(meddling, ['t2'])
    expect((await readTriage(setting.deps, 't2', 'forum')).predictions).toMatchObject([
      { versionId: model.versionId },
    ])
    await setting.drain()
    expect((await readTriage(setting.deps, 't2', 'forum')).predictions).toMatchObject([
      { label: 'contract', modelVersion: 2 },
    ])
  })

  it('routes again when time has come: the community, then an expert, then an agent', async () => {
    const setting = await setUpTriage(await database())
    await setting.activate(keywords)
    await save(setting, usualOrder, 0)
    await setting.store([
      { id: 't1', title: 'Wrong invoice' },
      { id: 't2', title: 'Invoice, answered', answers: 1 },
    ])
    await setting.announce(['t1', 't2'])
    await setting.drain()
    const names: unknown[] = []
    for (const minutes of [0, 239, 1, 1199, 1, 10_000]) {
      setting.clock.advance(minutes * MINUTE)
      await setting.drain()
      names.push(await destinationOf(setting, 't1'))
    }
    expect(names).toEqual(['community', 'community', 'experts', 'experts', 'agents', 'agents'])
    expect(await destinationOf(setting, 't2')).toBe('community')
    const { history } = await readTriage(setting.deps, 't1', 'forum')
    expect(history.map(({ rule: name, decidedAt }) => [name, decidedAt])).toEqual([
      ['agent-after-a-day', '2026-01-02T00:00:00.000Z'],
      ['expert-after-four-hours', '2026-01-01T04:00:00.000Z'],
      ['default', '2026-01-01T00:00:00.000Z'],
    ])
    expect(await setting.jobs.nextDue()).toBeUndefined()
  })

  it('wakes for the earliest of all threads, and not for one that was answered meanwhile', async () => {
    const setting = await setUpTriage(await database())
    await save(setting, usualOrder, 0)
    await setting.drain()
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * MINUTE).toISOString()
    const wakesAt = async () => {
      const waiting = setting.db.sql('jobs').where({ type: RECONSIDER_JOB, status: 'queued' })
      return (await waiting.min<{ at: string }>('run_at as at').first())?.at
    }
    await setting.store([
      { id: 'early', title: 'a', askedAt: at(-30) },
      { id: 'late', title: 'b', askedAt: at(0) },
    ])
    await setting.announce(['late'])
    await setting.drain()
    expect(await wakesAt()).toEqual(at(240))
    await setting.announce(['early'])
    await setting.drain()
    expect(await wakesAt()).toEqual(at(210))
    await setting.db.sql('threads').where({ id: 'early' }).update({ answer_count: 1 })
    await setting.announce(['early'])
    await setting.drain()
    setting.clock.advance(210 * MINUTE)
    await setting.drain()
    expect(await destinationOf(setting, 'early')).toBe('community')
    expect(await wakesAt()).toEqual(at(240))
    setting.clock.advance(30 * MINUTE)
    await setting.drain()
    expect(await destinationOf(setting, 'late')).toBe('experts')
  })

  it('gives a thread whose source states no date no age', async () => {
    const setting = await setUpTriage(await database())
    await save(setting, usualOrder, 0)
    await setting.store([{ id: 't1', title: 'a', askedAt: '1970-01-01T00:00:00.000Z' }])
    await triageThreads(setting.deps, ['t1'])
    expect((await readTriage(setting.deps, 't1', 'forum')).routing).toMatchObject({ rule: 'default' })
  })

  it('stores the decision that the pure function makes', async () => {
    const setting = await setUpTriage(await database())
    await save(setting, usualOrder, 0)
    await setting.store([
      { id: 't1', title: 'a', facts: { segment: 'business' } },
      { id: 't2', title: 'b', facts: { segment: 'business' }, answers: 2, accepted: 1 },
    ])
    await triageThreads(setting.deps, ['t1', 't2'])
    const asked = setting.clock.now().getTime()
    const subject = {
      labels: new Map(),
      language: 'en',
      askerRole: 'unknown' as const,
      facts: { segment: 'business' },
      askedAt: asked,
      answered: false,
      resolved: false,
      tags: [],
    }
    const expected = decideDestination(usualOrder, subject, setting.clock.now())
    expect((await readTriage(setting.deps, 't1', 'forum')).routing).toMatchObject(expected)
    expect(await destinationOf(setting, 't2')).toBe('community')
  })
})
