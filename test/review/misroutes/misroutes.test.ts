import { expect, it } from 'vitest'
import type { Actor } from '../../../src/access/actor.ts'
import { correctLabel, revokeAnnotation } from '../../../src/labels/annotate-thread.ts'
import { revocationJobs } from '../../../src/labels/jobs.ts'
import { restoreRevocation, revokeTogether } from '../../../src/labels/revocations/revoke-together.ts'
import { reviewJobs } from '../../../src/review/jobs.ts'
import { reportMisroute } from '../../../src/review/misroutes/report-misroute.ts'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { triageJobs } from '../../../src/triage/jobs.ts'
import { rule } from '../../../src/triage/routing/routing-rule.ts'
import { saveRuleSet } from '../../../src/triage/routing/save-rule-set.ts'
import { agent, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { setUpReview } from '../setting.ts'

const receiver: Actor = { id: 'key_crm', name: 'CRM', roles: ['router'], audience: 'internal' }
const suggested = { kind: 'queue', name: 'contracts' } as const
const reason = 'A contract, not an invoice'

describeEachDatabase('a misroute', (database) => {
  async function open() {
    const setting = await setUpReview(await database(), 0)
    await setting.facets.ensureLabels((await setting.facets.ensure('urgency')).id, ['high', 'low'])
    const desk = { destination: { kind: 'queue', name: 'desk' }, priority: 'high' } as const
    const urgent = { probability: { facet: 'urgency', label: 'high', atLeast: 0.5 } }
    await saveRuleSet(setting.deps, {
      ruleSet: { rules: [rule('urgent', urgent, desk)], default: desk },
      basedOn: 0,
      actor: supervisor,
    })
    await setting.activate({ invoice: 'billing', antenna: 'network' })
    await setting.activate({ now: 'high', later: 'low' }, 'urgency')
    await setting.store([
      { id: 'soon', question: 'My invoice, now' },
      { id: 'calm', question: 'My invoice, later' },
    ])
    await setting.announce(['soon', 'calm'])
    const jobs = [...reviewJobs(setting.review), ...revocationJobs(setting.deps)]
    const drain = () => drainJobs(setting.deps, [...triageJobs(setting.deps), ...jobs])
    await drain()
    return {
      ...setting,
      drain,
      report: (threadId: string, facet?: string) =>
        reportMisroute(setting.review, { threadId, reason, suggested, facet, actor: receiver }),
      annotate: async (threadId: string, facet: string, label: string) => {
        setting.clock.advance(1_000)
        const { id } = await correctLabel(setting.deps, { threadId, facet, label, actor: agent })
        await drain()
        return id
      },
      async misrouted(facet: string) {
        const { items } = await reviewQueue(setting.review, { facet, limit: 10, actor: agent })
        return items.filter(({ why }) => why === 'misroute')
      },
      ids: async (facet: string) => {
        const { items } = await reviewQueue(setting.review, { facet, limit: 10, actor: agent })
        return items.flatMap(({ threadId, why }) => (why === 'misroute' ? [threadId] : []))
      },
    }
  }

  it('shows who reported it, why, and where it should have gone', async () => {
    const { report, misrouted, clock } = await open()
    const { id } = await report('calm')
    expect(await misrouted('category')).toMatchObject([
      {
        threadId: 'calm',
        misroutes: [
          {
            id,
            reason,
            suggested,
            reporter: { id: 'key_crm', name: 'CRM' },
            createdAt: clock.now().toISOString(),
          },
        ],
      },
    ])
  })

  it('is shown in the facet that its rule asks about, or that its reporter names, and in no other', async () => {
    const { report, ids } = await open()
    expect(await report('soon')).toMatchObject({ facet: 'urgency' })
    expect(await report('calm')).toMatchObject({ facet: 'category' })
    expect([await ids('urgency'), await ids('category')]).toEqual([['soon'], ['calm']])
    await report('soon', 'category')
    expect((await ids('category')).sort()).toEqual(['calm', 'soon'])
    await expect(report('soon', 'mood')).rejects.toMatchObject({ code: 'FACET_NOT_FOUND' })
  })

  it('is answered by a label on its facet only', async () => {
    const { report, annotate, ids } = await open()
    await report('soon')
    await annotate('soon', 'category', 'network')
    expect(await ids('urgency')).toEqual(['soon'])
    await annotate('soon', 'urgency', 'low')
    expect(await ids('urgency')).toEqual([])
  })

  it('opens again when its answer is taken back, unless another answer stands', async () => {
    const { deps, report, annotate, ids, drain, review } = await open()
    await report('calm')
    const first = await annotate('calm', 'category', 'network')
    const second = await annotate('calm', 'category', 'contract')
    const revoke = async (id: string, actor: Actor) => {
      await revokeAnnotation(deps, { id, actor })
      await drain()
    }
    await revoke(first, agent)
    expect(await ids('category')).toEqual([])
    await revoke(second, supervisor)
    expect(await ids('category')).toEqual(['calm'])
    const still = await review.misroutes.list({ reader: 'internal', resolved: false, limit: 10 })
    expect(still.items).toHaveLength(1)
    expect(still.items[0]?.resolvedAt).toBeUndefined()
  })

  it('opens again when its answer is revoked with others, and closes when these are restored', async () => {
    const { deps, clock, report, annotate, ids, drain } = await open()
    await report('calm')
    await annotate('calm', 'category', 'network')
    const scope = { agent: agent.id, since: '2026-01-01T00:00:00.000Z' }
    const { id } = await revokeTogether(deps, { scope, actor: supervisor })
    await drain()
    clock.advance(60_000)
    await drain()
    expect(await ids('category')).toEqual(['calm'])
    await restoreRevocation(deps, { id, actor: supervisor })
    await drain()
    clock.advance(60_000)
    await drain()
    expect(await ids('category')).toEqual([])
  })
})
