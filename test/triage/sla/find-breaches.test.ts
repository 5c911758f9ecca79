import { expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { readTriage } from '../../../src/triage/read-triage.ts'
import { rule } from '../../../src/triage/routing/routing-rule.ts'
import { saveRuleSet } from '../../../src/triage/routing/save-rule-set.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReceivers } from '../../webhooks/receivers.ts'
import { setUpTriage } from '../setting.ts'

const MINUTE = 60_000
const desk = { destination: { kind: 'queue', name: 'desk' }, priority: 'high', slaMinutes: 60 } as const
const community = { destination: { kind: 'community', name: 'community' }, priority: 'normal' } as const

describeEachDatabase('time limits', (database) => {
  async function open() {
    const triage = await setUpTriage(await database())
    const receivers = setUpReceivers(triage.deps)
    const save = (name: string, basedOn: number) =>
      saveRuleSet(triage.deps, {
        ruleSet: { rules: [rule(name, { tag: { is: 'desk' } }, desk)], default: community },
        basedOn,
        actor: commandLine,
      })
    await save('desk', 0)
    await receivers.add('crm', { types: ['routing.sla-breached'] })
    const drain = () => triage.drain(receivers.handlers)
    return {
      ...triage,
      receivers,
      save,
      drain,
      async arrive(...ids: string[]) {
        await triage.store(ids.map((id) => ({ id, title: `Title ${id}`, tags: ['desk'] })))
        await triage.announce(ids)
        await drain()
      },
      async answer(id: string, at: string) {
        await triage.db.sql('threads').where({ id }).update({ answer_count: 1, first_answered_at: at })
        await triage.announce([id])
        await drain()
      },
      async breaches() {
        const found = await receivers.received()
        return found.map(({ data }) => data as unknown as { thread: { id: string }; dueAt: string })
      },
    }
  }

  it('that pass without an answer are told once, with what was decided', async () => {
    const { deps, clock, arrive, drain, receivers, breaches } = await open()
    await arrive('late')
    expect((await readTriage(deps, 'late', 'forum')).routing).toMatchObject({
      slaDueAt: '2026-01-01T01:00:00.000Z',
    })
    clock.advance(60 * MINUTE - 1)
    await drain()
    expect(await breaches()).toEqual([])
    clock.advance(1)
    await drain()
    expect(await receivers.received()).toEqual([
      {
        to: 'crm',
        type: 'routing.sla-breached',
        timestamp: '2026-01-01T01:00:00.000Z',
        data: {
          id: expect.stringMatching(/^rtd_/),
          thread: { id: 'late', source: 'forum', externalId: 'late', title: 'Title late', language: 'en' },
          destination: desk.destination,
          priority: 'high',
          slaMinutes: 60,
          rule: 'desk',
          ruleSetVersion: 1,
          decidedAt: '2026-01-01T00:00:00.000Z',
          dueAt: '2026-01-01T01:00:00.000Z',
        },
      },
    ])
    expect((await readTriage(deps, 'late', 'forum')).routing?.slaBreachedAt).toBe('2026-01-01T01:00:00.000Z')
    clock.advance(600 * MINUTE)
    await drain()
    expect(await breaches()).toEqual([])
  })

  it('are met by an answer in time, and breached by one that came late', async () => {
    const { clock, arrive, answer, drain, breaches } = await open()
    await arrive('in-time', 'too-late', 'unanswered')
    await answer('in-time', '2026-01-01T00:59:00.000Z')
    await answer('too-late', '2026-01-01T01:00:01.000Z')
    clock.advance(90 * MINUTE)
    await drain()
    expect((await breaches()).map(({ thread }) => thread.id).sort()).toEqual(['too-late', 'unanswered'])
  })

  it('go on when the rule is renamed, and are not told again after', async () => {
    const { deps, clock, arrive, save, drain, breaches } = await open()
    await arrive('t')
    clock.advance(30 * MINUTE)
    await save('front-desk', 1)
    await drain()
    expect((await readTriage(deps, 't', 'forum')).routing).toMatchObject({
      rule: 'front-desk',
      slaDueAt: '2026-01-01T01:00:00.000Z',
    })
    clock.advance(30 * MINUTE)
    await drain()
    await save('desk-again', 2)
    clock.advance(600 * MINUTE)
    await drain()
    expect((await breaches()).map(({ dueAt }) => dueAt)).toEqual(['2026-01-01T01:00:00.000Z'])
  })

  it('of a thread that was closed or removed are not breached', async () => {
    const { db, clock, arrive, drain, breaches } = await open()
    await arrive('closed', 'removed', 'open')
    await db.sql('threads').where({ id: 'closed' }).update({ closed: true })
    await db.sql('threads').where({ id: 'removed' }).update({ removed_at: '2026-01-01T00:30:00.000Z' })
    clock.advance(60 * MINUTE)
    await drain()
    expect((await breaches()).map(({ thread }) => thread.id)).toEqual(['open'])
  })
})
