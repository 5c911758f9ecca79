import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { visibleTo } from '../../src/access/audience.ts'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

const agent: Actor = {
  id: 'key_a',
  name: 'agent',
  roles: ['agent'],
  audience: 'internal',
  requestId: 'req_1',
}
const manager: Actor = { id: 'key_m', name: 'manager', roles: ['knowledge-manager'], audience: 'internal' }

describeEachDatabase.always('the audit log', (database) => {
  let shared: TestDatabase
  beforeAll(async () => {
    shared = await database()
  })
  beforeEach(async () => {
    await shared.db.sql('audit_log').delete()
  })

  it('keeps who, when, what, before and after', async () => {
    const { db } = shared
    const audit = createAuditLog(db, fakeClock('2026-01-01T00:00:00.000Z'))
    await audit.record('label.corrected', agent, 'thr_1', { before: { label: 'a' }, after: { label: 'b' } })
    await audit.record('article.archived', manager, 'art_1')
    const { items } = await audit.list({ limit: 10 })
    expect(items.map(({ id: _, ...entry }) => entry)).toContainEqual({
      at: '2026-01-01T00:00:00.000Z',
      actor: { id: 'key_a', name: 'agent' },
      action: 'label.corrected',
      target: 'thr_1',
      before: { label: 'a' },
      after: { label: 'b' },
      requestId: 'req_1',
    })
    expect(items).toHaveLength(2)
  })

  it('goes with the change that it tells of', async () => {
    const { db } = shared
    const audit = createAuditLog(db, fakeClock('2026-01-01T00:00:00.000Z'))
    const failing = db.transaction(async () => {
      await audit.record('label.corrected', agent, 'thr_1')
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await audit.list({ limit: 10 })).toEqual({ items: [] })
  })

  it('is read newest first by target and by actor, page by page', async () => {
    const { db } = shared
    const clock = fakeClock('2026-01-01T00:00:00.000Z')
    const audit = createAuditLog(db, clock)
    for (let i = 0; i < 5; i++) {
      await audit.record(`step.${i}`, i % 2 ? manager : agent, `target ${i % 2}`)
      clock.advance(1)
    }
    const first = await audit.list({ actor: 'key_a', limit: 2 })
    expect(first.items.map(({ action }) => action)).toEqual(['step.4', 'step.2'])
    const rest = await audit.list({ actor: 'key_a', limit: 2, cursor: first.next as string })
    expect(rest.items.map(({ action }) => action)).toEqual(['step.0'])
    expect(rest.next).toBeUndefined()
    expect((await audit.list({ target: 'target 1', limit: 9 })).items).toHaveLength(2)
    await expect(audit.list({ limit: 1, cursor: 'bogus' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })
})

it('an audience sees its own and every wider one', () => {
  expect(visibleTo('internal')).toEqual(['internal', 'partner', 'customer', 'public'])
  expect(visibleTo('customer')).toEqual(['customer', 'public'])
  expect(visibleTo('public')).toEqual(['public'])
})
