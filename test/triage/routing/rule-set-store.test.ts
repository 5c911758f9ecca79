import { expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { builtInRuleSet, type RuleSet } from '../../../src/triage/routing/routing-rule.ts'
import { usualOrder } from '../../../src/triage/routing/routing-schemas.ts'
import { createRuleSetStore } from '../../../src/triage/routing/rule-set-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { fakeClock } from '../../support/fake-clock.ts'

const other: RuleSet = { rules: [], default: usualOrder.default }

describeEachDatabase('rule sets', (database) => {
  const setUp = async () => {
    const { db } = await database()
    return { db, store: createRuleSetStore(db, fakeClock('2026-01-10T08:00:00.000Z')) }
  }

  it('are read from their text once, the one in force too', async () => {
    const { store } = await setUp()
    expect(await store.current()).toEqual(builtInRuleSet)
    await store.append(0, usualOrder, commandLine)
    const inForce = await store.current()
    expect(inForce).toEqual({ version: 1, ...usualOrder })
    expect(await store.require(1)).toBe(inForce)
    expect((await store.byVersion([1])).get(1)).toBe(inForce)
  })

  it('that were rolled back are not remembered for the version that takes their number', async () => {
    const { db, store } = await setUp()
    const rollback = db.transaction(async () => {
      await store.append(0, usualOrder, commandLine)
      expect(await store.current()).toEqual({ version: 1, ...usualOrder })
      expect(await store.require(1)).toEqual({ version: 1, ...usualOrder })
      throw new Error('rolled back')
    })
    await expect(rollback).rejects.toThrow('rolled back')
    await store.append(0, other, commandLine)
    expect(await store.current()).toEqual({ version: 1, ...other })
    expect(await store.require(1)).toEqual({ version: 1, ...other })
  })
})
