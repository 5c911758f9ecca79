import { expect, it } from 'vitest'
import { createTopicStore } from '../../src/insight/topics/topic-store.ts'
import type { EventMap } from '../../src/platform/jobs/events.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { setUpTriage } from '../triage/setting.ts'
import { setUpReceivers } from './receivers.ts'

const summary = { en: 'Accuracy is lower in French.', fr: 'L’exactitude est inférieure en français.' }
const window = { since: '2026-01-01T00:00:00.000Z', until: '2026-01-08T00:00:00.000Z' }

describeEachDatabase('messages about figures and topics', (database) => {
  async function open() {
    const triage = await setUpTriage(await database())
    const receivers = setUpReceivers(triage.deps)
    await receivers.add('staff')
    await receivers.add('world', { audience: 'public' })
    const facet = await triage.facets.require('category')
    return {
      receivers,
      facet,
      triage,
      /** A topic of these threads. */
      propose: (...threadIds: string[]) =>
        createTopicStore(triage.db, triage.clock).add(facet.id, {
          words: [{ term: 'decod', word: 'decoder', examples: threadIds }],
          figures: { posts: 6, askers: 4, expected: 0.5, p: 0.001, window },
          posts: threadIds.map((threadId) => ({ threadId, likeness: 1 })),
        }),
      /** Appends an event; which endpoints receive what of it. */
      async append(event: EventMap[keyof EventMap]) {
        await triage.db.sql('events').delete()
        await triage.deps.outbox.append(event)
        await triage.drain(receivers.handlers.filter(({ type }) => type.startsWith('webhooks.')))
        return (await receivers.received()).map(({ to, type, data }) => ({ to, type, data }))
      },
    }
  }

  it('about parity have the audience of the alert, and its summary in English and French', async () => {
    const { append } = await open()
    const alert = {
      type: 'insight.parity-alert',
      alertId: 'alr_1',
      facet: 'category',
      version: 2,
      measure: 'accuracy',
      difference: -0.1,
      audience: 'internal',
      summary,
      raisedAt: '2026-01-08T00:00:00.000Z',
    } as const
    const { alertId: id, facet, version, measure, difference } = alert
    expect(await append(alert)).toEqual([
      { to: 'staff', type: alert.type, data: { id, facet, version, measure, difference, summary } },
    ])
    const seenByAll = await append({ ...alert, alertId: 'alr_2', audience: 'public' })
    expect(seenByAll.map(({ to }) => to)).toEqual(['staff', 'world'])
  })

  it('about drift name its kinds and quote nothing, so that every endpoint receives them', async () => {
    const { append, facet } = await open()
    const found = await append({
      type: 'drift.found',
      facet: 'category',
      facetId: facet.id,
      reportId: 'drf_1',
      kinds: ['vocabulary'],
      measuredAt: '2026-01-08T00:00:00.000Z',
    })
    const data = { id: 'drf_1', facet: 'category', kinds: ['vocabulary'] }
    expect(found).toEqual([
      { to: 'staff', type: 'drift.found', data },
      { to: 'world', type: 'drift.found', data },
    ])
  })

  it('about a topic go to whoever may see all posts that its words are from', async () => {
    const { append, propose, facet, triage } = await open()
    await triage.store([{ id: 'open', question: 'The decoder' }])
    await triage.store([{ id: 'hidden', question: 'The decoder' }], { name: 'staff', audience: 'internal' })
    const of = { facet: 'category', facetId: facet.id }
    const mixed = await propose('open', 'hidden')
    expect(await append({ type: 'topic.proposed', topicId: mixed, ...of })).toEqual([
      {
        to: 'staff',
        type: 'topic.proposed',
        data: { id: mixed, facet: 'category', words: ['decoder'], posts: 6, askers: 4 },
      },
    ])
    const seen = await propose('open')
    const proposed = await append({ type: 'topic.proposed', topicId: seen, ...of })
    expect(proposed.map(({ to }) => to)).toEqual(['staff', 'world'])
    const accepted = await append({ type: 'topic.accepted', topicId: seen, label: 'decoder', ...of })
    expect(accepted.map(({ to, data }) => [to, data])).toEqual([
      ['staff', { id: seen, facet: 'category', label: 'decoder', words: ['decoder'] }],
      ['world', { id: seen, facet: 'category', label: 'decoder', words: ['decoder'] }],
    ])
  })

  it('are not made of a proposal that was dismissed meanwhile', async () => {
    const { append, propose, facet, triage, receivers } = await open()
    await triage.store([{ id: 'open', question: 'The decoder' }])
    const topicId = await propose('open')
    await triage.db.sql('topics').where({ id: topicId }).update({ status: 'dismissed' })
    const event = { type: 'topic.proposed', topicId, facet: 'category', facetId: facet.id } as const
    expect(await append(event)).toEqual([])
    expect(await receivers.received()).toEqual([])
  })
})
