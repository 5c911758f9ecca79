import { expect, it } from 'vitest'
import { KeyTable, NumberColumn } from '../../../src/ingest/imports/key-table.ts'
import { stableId } from '../../../src/platform/ids.ts'

it('numbers ids in the order they come and knows each again', () => {
  const table = new KeyTable()
  const ids = Array.from({ length: 20_000 }, (_, i) => stableId('pst', 'forum', String(i)))
  expect(ids.map((id) => table.add(id))).toEqual(ids.map((_, i) => i))
  expect(ids.map((id) => table.add(id))).toEqual(ids.map((_, i) => i))
  expect(table.size).toBe(20_000)
})

it('distinguishes ids that differ only in the last digits that it reads', () => {
  const table = new KeyTable()
  expect(table.add('thr_000000000000zzzz')).toBe(0)
  expect(table.add('thr_000000000001zzzz')).toBe(1)
  expect(table.add('thr_z00000000000zzzz')).toBe(2)
  expect(table.add('thr_zzzzzzzzzzzzzzzz')).toBe(3)
})

it('reads 0 where nothing was written', () => {
  const column = new NumberColumn()
  column.set(5000, -7)
  expect([column.get(5000), column.get(4999), column.get(1_000_000)]).toEqual([-7, 0, 0])
})
