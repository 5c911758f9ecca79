import { expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { correctLabel } from '../../../src/labels/annotate-thread.ts'
import { classifyPost } from '../../../src/triage/predictions/classify-post.ts'
import { readTriage } from '../../../src/triage/read-triage.ts'
import { type RoutingRule, type RuleSet, rule } from '../../../src/triage/routing/routing-rule.ts'
import { saveRuleSet } from '../../../src/triage/routing/save-rule-set.ts'
import { simulateRuleSet } from '../../../src/triage/routing/simulate-rule-set.ts'
import { agent } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpTriage } from '../setting.ts'

const HOUR = 3_600_000
const queue = (name: string) => ({ destination: { kind: 'queue', name }, priority: 'normal' }) as const
const community = { destination: { kind: 'community', name: 'community' }, priority: 'normal' } as const

describeEachDatabase('rules that see more', (database) => {
  async function open(rules: readonly RoutingRule[], more: Partial<RuleSet> = {}) {
    const triage = await setUpTriage(await database())
    const ruleSet = { rules, default: community, ...more }
    await saveRuleSet(triage.deps, { ruleSet, basedOn: 0, actor: commandLine })
    return {
      ...triage,
      ruleSet,
      async arrive(...threads: Parameters<typeof triage.store>[0][number][]) {
        await triage.store(threads)
        await triage.announce(threads.map(({ id }) => id))
        await triage.drain()
      },
      async placeOf(id: string) {
        return (await readTriage(triage.deps, id, 'forum')).routing?.destination.name
      },
    }
  }

  it('route by the probability of a label that the model did not assign', async () => {
    const fraud = { probability: { facet: 'category', label: 'contract', atLeast: 0.25 } }
    const { deps, activate, arrive, placeOf } = await open([rule('fraud', fraud, queue('fraud'))])
    // Unsure, the model says 0.4 billing, 0.3 network, 0.3 contract; sure, 0.9 and 0.05 each.
    await activate({ invoice: 'billing', wifi: 'network', terms: 'contract' })
    await arrive({ id: 'sure', question: 'my invoice' }, { id: 'unsure', question: 'hello' })
    expect([await placeOf('sure'), await placeOf('unsure')]).toEqual(['community', 'fraud'])
    const classified = await classifyPost(deps, { body: 'hello' }, 'internal')
    expect(classified.routing.destination.name).toBe('fraud')
    expect(classified.predictions[0]).not.toHaveProperty('probabilities')
    // What a person says is certain.
    await correctLabel(deps, { threadId: 'unsure', facet: 'category', label: 'billing', actor: agent })
    await correctLabel(deps, { threadId: 'sure', facet: 'category', label: 'contract', actor: agent })
    await (await import('../../../src/triage/triage-threads.ts')).triageThreads(deps, ['sure', 'unsure'])
    expect([await placeOf('sure'), await placeOf('unsure')]).toEqual(['fraud', 'community'])
  })

  it('know the probability of each of many labels, not only of the likeliest', async () => {
    const labels = Array.from({ length: 10 }, (_, n) => `label-${n}`)
    const { deps, db, activate, arrive, placeOf, facets, drain } = await open([])
    await facets.ensureLabels((await facets.require('category')).id, labels)
    await activate(Object.fromEntries(labels.map((label) => [`word-${label}`, label])))
    await arrive({ id: 't', question: 'hello' })
    const last = { probability: { facet: 'category', label: 'label-9', atLeast: 0.05 } }
    // As an older version left it: predictions without probabilities are made again before rules ask for them.
    await db.sql('predictions').update({ probabilities: null })
    await saveRuleSet(deps, {
      ruleSet: { rules: [rule('last', last, queue('last'))], default: community },
      basedOn: 1,
      actor: commandLine,
    })
    await drain()
    expect(await placeOf('t')).toBe('last')
    expect((await readTriage(deps, 't', 'forum')).predictions[0]?.alternatives).toHaveLength(9)
  })

  it('route by words and patterns of the stored text', async () => {
    const { arrive, placeOf } = await open([
      rule('fraud', { words: { any: ['prélèvement frauduleux'] } }, queue('fraud')),
      rule('orders', { pattern: { matches: '\\bCMD-\\d{6}\\b' } }, queue('orders')),
    ])
    await arrive(
      { id: 'words', title: 'Des prélèvements frauduleux', question: 'Que faire ?', language: 'fr' },
      { id: 'pattern', question: 'Où est ma commande **cmd-123456** ?', language: 'fr' },
      { id: 'other', question: 'Bonjour', language: 'fr' },
    )
    expect([await placeOf('words'), await placeOf('pattern'), await placeOf('other')]).toEqual([
      'fraud',
      'orders',
      'community',
    ])
  })

  it('route again when the desk opens and when it closes', async () => {
    const desk = {
      timeZone: 'Europe/Paris',
      open: [{ days: ['thursday', 'friday'] as const, from: '09:00', to: '18:00' }],
      closedDays: ['01-01'],
    }
    const { clock, arrive, placeOf, drain } = await open(
      [rule('desk', { hours: { calendar: 'desk', is: 'open' } }, queue('desk'))],
      { calendars: { desk } },
    )
    // The clock says Thursday, 1 January 2026, which is closed.
    clock.advance(10 * HOUR)
    await arrive({ id: 't', askedAt: '2026-01-01T10:00:00.000Z' })
    expect(await placeOf('t')).toBe('community')
    clock.advance(22 * HOUR)
    expect(await drain()).toContain('triage.reconsider-due')
    expect(await placeOf('t')).toBe('desk')
    clock.advance(9 * HOUR - 1)
    expect(await drain()).not.toContain('triage.reconsider-due')
    clock.advance(1)
    await drain()
    expect(await placeOf('t')).toBe('community')
  })

  it('send the overflow of a queue elsewhere, threads of one batch counted one by one', async () => {
    const full = { load: { destination: { kind: 'queue' as const, name: 'desk' }, atLeast: 2 } }
    const { db, deps, ruleSet, arrive, placeOf, announce, drain } = await open([
      rule('overflow', full, queue('overflow')),
      rule('desk', { not: { resolved: true } }, queue('desk')),
    ])
    await arrive({ id: 't1' }, { id: 't2' }, { id: 't3' })
    const places = async (...ids: string[]) => Promise.all(ids.map(placeOf))
    expect(await places('t1', 't2', 't3')).toEqual(['desk', 'desk', 'overflow'])
    // Routed again, a thread does not weigh against itself.
    await announce(['t1', 't2', 't3'])
    await drain()
    expect(await places('t1', 't2', 't3')).toEqual(['desk', 'desk', 'overflow'])
    expect((await classifyPost(deps, { body: 'another' }, 'internal')).routing.rule).toBe('overflow')
    const { moved } = await simulateRuleSet(deps, { ruleSet, reader: 'internal' })
    expect(moved.threads).toBe(0)
    // A resolved thread is no load any more.
    await db.sql('threads').where({ id: 't1' }).update({ accepted_count: 1 })
    await arrive({ id: 't4' })
    expect(await placeOf('t4')).toBe('desk')
  })
})
