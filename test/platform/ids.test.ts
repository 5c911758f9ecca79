import fc from 'fast-check'
import { expect, it } from 'vitest'
import { orderedId, stableId } from '../../src/platform/ids.ts'

const form = /^pst_[0-9a-z]{16}$/

it('gives the same parts the same id, and others another', () => {
  expect(stableId('pst', 'forum', '7')).toMatch(form)
  expect(stableId('pst', 'forum', '7')).toBe(stableId('pst', 'forum', '7'))
  expect(orderedId('pst', 7, 'forum', '7')).toMatch(form)
  expect(orderedId('pst', 7, 'forum', '7')).not.toBe(orderedId('pst', 7, 'forum', '07'))
})

it('sorts ordered ids by position, a page of neighbours at a time', () => {
  const position = fc.nat({ max: 2 ** 31 - 1 })
  fc.assert(
    fc.property(position, position, (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      fc.pre(Math.floor(low / 64) < Math.floor(high / 64))
      expect(
        orderedId('pst', low, 'forum', String(low)) < orderedId('pst', high, 'forum', String(high)),
      ).toBe(true)
    }),
  )
})

it('keeps a hundred thousand neighbours apart', () => {
  const ids = new Set(Array.from({ length: 100_000 }, (_, i) => orderedId('pst', i, 'forum', String(i))))
  expect(ids.size).toBe(100_000)
})
