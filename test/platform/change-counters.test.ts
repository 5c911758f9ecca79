import { expect, it } from 'vitest'
import { createKeyStore } from '../../src/access/key-store.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createCounterReader, keepUntilChanged } from '../../src/platform/database/change-counters.ts'
import { openDatabase } from '../../src/platform/database/open.ts'
import { describeEachDatabase } from '../support/databases.ts'

it('callers that come while counters are read share the next read, and none gets an earlier one', async () => {
  let reads = 0
  const finish: (() => void)[] = []
  const counters = createCounterReader(() => {
    const value = ++reads
    return new Promise((resolve) => finish.push(() => resolve([{ name: 'keys', value }])))
  })
  const first = counters()
  const others = [counters(), counters(), counters()]
  finish.shift()?.()
  expect(await first).toEqual({ keys: 1 })
  await new Promise(setImmediate)
  finish.shift()?.()
  expect(await Promise.all(others)).toEqual(Array(3).fill({ keys: 2 }))
  expect(reads).toBe(2)
})

describeEachDatabase.always('a change counter', (database) => {
  it('moves with a commit of any connection, not before it and not when that is undone', async () => {
    const address = await database()
    const { db } = address
    const elsewhere = openDatabase(address)
    const keys = createKeyStore(elsewhere, systemClock)
    const add = (id: string) =>
      keys.insert({ id, name: id, roles: ['agent'], audience: 'internal' }, `hash of ${id}`)
    try {
      const { keys: before } = await db.counters()
      await elsewhere.transaction(async () => {
        await add('key_1')
        expect((await db.counters()).keys).toBe(before)
      })
      expect((await db.counters()).keys).toBe(before! + 1)
      await elsewhere
        .transaction(() => add('key_2').then(() => Promise.reject(new Error('no'))))
        .catch(() => undefined)
      expect((await db.counters()).keys).toBe(before! + 1)
      await keys.markRevoked('key_1')
      expect((await db.counters()).keys).toBe(before! + 2)
      await db.sql('api_keys').delete()
      expect((await db.counters()).keys).toBe(before! + 3)
    } finally {
      await elsewhere.close()
    }
  })

  it('lets a value be kept until it moves, and no value of a transaction that is undone', async () => {
    const { db } = await database()
    const keys = createKeyStore(db, systemClock)
    let loads = 0
    const names = keepUntilChanged<string[]>(db, ['keys'], async () => {
      loads++
      return db.sql('api_keys').orderBy('name').pluck('name')
    })
    const add = (id: string) =>
      keys.insert({ id, name: id, roles: ['agent'], audience: 'internal' }, `hash of ${id}`)
    await add('key_1')
    expect([await names.current(), await names.current()]).toEqual([['key_1'], ['key_1']])
    expect(loads).toBe(1)
    await db
      .transaction(async () => {
        await add('key_2')
        expect(await names.current()).toEqual(['key_1', 'key_2'])
        throw new Error('no')
      })
      .catch(() => undefined)
    expect(await names.current()).toEqual(['key_1'])
    expect(loads).toBe(2)
    await db.sql('sequences').where({ name: 'keys' }).delete()
    expect([await names.current(), await names.current()]).toEqual([['key_1'], ['key_1']])
    expect(loads).toBe(4)
  })
})
