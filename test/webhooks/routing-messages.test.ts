import { expect, it } from 'vitest'
import { commandLine } from '../../src/access/actor.ts'
import { correctLabel } from '../../src/labels/annotate-thread.ts'
import { rule } from '../../src/triage/routing/routing-rule.ts'
import { saveRuleSet } from '../../src/triage/routing/save-rule-set.ts'
import { changeEndpoint } from '../../src/webhooks/endpoints/manage-endpoints.ts'
import { agent } from '../labels/support.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { performJob } from '../support/drain-jobs.ts'
import { setUpTriage } from '../triage/setting.ts'
import { setUpReceivers } from './receivers.ts'

const DAY = 86_400_000
const queue = (name: string) => ({ destination: { kind: 'queue' as const, name }, priority: 'high' as const })

describeEachDatabase('messages about routing decisions', (database) => {
  async function open() {
    const triage = await setUpTriage(await database())
    const receivers = setUpReceivers(triage.deps)
    await saveRuleSet(triage.deps, {
      ruleSet: {
        rules: [
          {
            name: 'billing-desk',
            when: { label: { facet: 'category', is: 'billing' } },
            // biome-ignore lint/suspicious/noThenProperty: a property of rules, never a function
            then: { ...queue('billing'), slaMinutes: 60 },
          },
        ],
        default: { destination: { kind: 'community', name: 'community' }, priority: 'normal' },
      },
      basedOn: 0,
      actor: commandLine,
    })
    await triage.activate({ invoice: 'billing', wifi: 'network' })
    // The activation is made up: its event lacks what a real one has.
    await triage.db.sql('events').delete()
    return {
      triage,
      receivers,
      async arrive(...args: Parameters<typeof triage.store>) {
        await triage.store(...args)
        await triage.announce(args[0].map(({ id }) => id))
        await triage.drain(receivers.handlers)
      },
      /** Which endpoint received a message about which thread. */
      async receptions() {
        const received = await receivers.received()
        return received.map(
          ({ to, data }) => `${to}: ${(data as unknown as { thread: { id: string } }).thread.id}`,
        )
      },
    }
  }

  it('state where the thread goes, how fast, and why', async () => {
    const { receivers, arrive } = await open()
    await receivers.add('all')
    await arrive([{ id: 't1', title: 'My invoice', question: 'The invoice is wrong: call 0199005678.' }])
    const received = await receivers.received()
    expect(received).toEqual([
      {
        to: 'all',
        type: 'routing.decided',
        timestamp: '2026-01-01T00:00:00.000Z',
        data: {
          id: expect.stringMatching(/^rtd_/),
          thread: { id: 't1', source: 'forum', externalId: 't1', title: 'My invoice', language: 'en' },
          destination: { kind: 'queue', name: 'billing' },
          priority: 'high',
          slaMinutes: 60,
          rule: 'billing-desk',
          ruleSetVersion: 1,
          labels: [
            {
              facet: 'category',
              label: 'billing',
              confidence: 0.9,
              decision: 'assigned',
              givenBy: 'model',
              modelVersion: 1,
            },
          ],
        },
      },
    ])
    expect(JSON.stringify(received)).not.toContain('0199005678')
  })

  it('state an annotation in the place of a prediction, and are made only when the decision changes', async () => {
    const { triage, receivers, arrive } = await open()
    await receivers.add('all')
    await arrive([{ id: 't1', question: 'wifi' }])
    await receivers.received()
    await arrive([])
    await triage.announce(['t1'])
    await triage.drain(receivers.handlers)
    expect(await receivers.received()).toEqual([])
    await correctLabel(triage.deps, { threadId: 't1', facet: 'category', label: 'billing', actor: agent })
    await triage.drain(receivers.handlers)
    expect(await receivers.received()).toMatchObject([
      { data: { rule: 'billing-desk', labels: [{ facet: 'category', label: 'billing', givenBy: 'agent' }] } },
    ])
  })

  it('go to endpoints by their sources, destinations, event types and audience', async () => {
    const { receivers, arrive, receptions } = await open()
    await receivers.add('all')
    await receivers.add('articles', { types: ['article.published'] })
    await receivers.add('billing', { routing: { destinations: ['queue:billing'] } })
    await receivers.add('community', { routing: { destinations: ['community'] } })
    await receivers.add('customers', { audience: 'customer' })
    await receivers.add('off', { enabled: false })
    await receivers.add('staff-room', { routing: { sources: ['staff-room'] } })
    await arrive([
      { id: 'paid', question: 'invoice' },
      { id: 'radio', question: 'wifi' },
    ])
    await arrive([{ id: 'secret', question: 'invoice' }], { name: 'staff-room', audience: 'internal' })
    expect((await receptions()).sort()).toEqual([
      'all: paid',
      'all: radio',
      'all: secret',
      'billing: paid',
      'billing: secret',
      'community: radio',
      'customers: paid',
      'customers: radio',
      'staff-room: secret',
    ])
  })

  it('are not made of an imported archive, unless an endpoint subscribes to it', async () => {
    const { triage, receivers, arrive, receptions } = await open()
    await receivers.add('live')
    await receivers.add('archive', { routing: { activeWithinDays: 'any' } })
    await receivers.add('year', { routing: { activeWithinDays: 365 } })
    const old = { id: 'old', question: 'wifi' }
    const undated = { id: 'undated', question: 'wifi' }
    await triage.store([old, undated, { id: 'fresh', question: 'wifi' }])
    const day = (days: number) => new Date(triage.clock.now().getTime() - days * DAY).toISOString()
    const threads = () => triage.db.sql('threads')
    await threads()
      .where({ id: 'old' })
      .update({ updated_at: day(8) })
    await threads()
      .where({ id: 'fresh' })
      .update({ updated_at: day(7) })
    await threads().where({ id: 'undated' }).update({ updated_at: '1970-01-01T00:00:00.000Z' })
    await triage.announce(['old', 'undated', 'fresh'])
    await arrive([])
    expect((await receptions()).sort()).toEqual([
      'archive: fresh',
      'archive: old',
      'archive: undated',
      'live: fresh',
      'year: fresh',
      'year: old',
    ])
  })

  it('are made once a decision, however often its job runs, and not of one that was replaced', async () => {
    const { triage, receivers } = await open()
    await receivers.add('all')
    await triage.store([{ id: 't1', question: 'wifi' }])
    await triage.announce(['t1'])
    await triage.drain()
    const { id } = (await triage.deps.decisions.currentOf(['t1'])).get('t1')!
    const handler = receivers.handlers.find(({ type }) => type === 'webhooks.enqueue-routing')
    const again = () => performJob(handler, { decisionIds: [id] })
    await again()
    await again()
    expect(
      await receivers.deliveries.list({
        endpointIds: (await receivers.endpoints.list('internal', {})).items.map((each) => each.id),
        limit: 9,
      }),
    ).toMatchObject({ items: [{ status: 'waiting' }] })
    await receivers.received()
    await correctLabel(triage.deps, { threadId: 't1', facet: 'category', label: 'billing', actor: agent })
    await triage.drain()
    await again()
    expect(await receivers.received()).toEqual([])
  })

  it('are deleted while they wait for an endpoint that may see less from then on', async () => {
    const { receivers, arrive, receptions } = await open()
    const { id, version } = await receivers.add('partner')
    await arrive([{ id: 'secret', question: 'wifi' }], { name: 'staff-room', audience: 'internal' })
    await arrive([{ id: 'open', question: 'wifi' }])
    await changeEndpoint(receivers, { id, version, change: { audience: 'partner' }, actor: commandLine })
    expect(await receptions()).toEqual(['partner: open'])
  })

  it('mark what rests on a provisional assignment, with its estimated error', async () => {
    const { triage, receivers, arrive } = await open()
    await receivers.add('all')
    const ruleSet = {
      rules: [
        rule(
          'perhaps-billing',
          { label: { facet: 'category', is: 'billing', minConfidence: 0.3, provisional: true } },
          queue('billing'),
        ),
      ],
      default: { destination: { kind: 'community', name: 'community' }, priority: 'normal' },
    } as const
    await saveRuleSet(triage.deps, { ruleSet, basedOn: 1, actor: commandLine })
    await triage.activate({ invoice: 'billing' }, 'category', undefined, () => 0.45)
    await triage.db.sql('events').delete()
    await arrive([{ id: 't1', question: 'Something else' }])
    const provisional = { estimatedError: 0.45 }
    const labels = [
      { facet: 'category', label: 'billing', decision: 'abstained', confidence: 0.4, provisional },
    ]
    expect(await receivers.received()).toMatchObject([
      {
        data: {
          rule: 'perhaps-billing',
          labels,
          provisional: [{ facet: 'category', label: 'billing', confidence: 0.4, estimatedError: 0.45 }],
        },
      },
    ])
    triage.clock.advance(1000)
    // Once the label is assigned, the same rule decides without reservation, which is another message.
    await correctLabel(triage.deps, { threadId: 't1', facet: 'category', label: 'billing', actor: agent })
    await triage.drain(receivers.handlers)
    const [message, ...others] = await receivers.received()
    expect(others).toEqual([])
    expect(message?.data).toMatchObject({ rule: 'perhaps-billing' })
    expect(message?.data).not.toHaveProperty('provisional')
    expect(await triage.decisions.historyOf('t1')).toMatchObject([
      { provisional: undefined },
      { provisional: [{ facet: 'category', estimatedError: 0.45 }] },
    ])
  })
})
