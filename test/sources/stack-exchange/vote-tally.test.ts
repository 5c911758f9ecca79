import fc from 'fast-check'
import { expect, it } from 'vitest'
import { VoteTally } from '../../../src/sources/stack-exchange/stack-exchange.ts'

it('sums as a plain map would, for any ids', () => {
  const id = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 999_999_999_999_999 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.boolean()), { maxLength: 3000 }), (votes) => {
      const tally = new VoteTally()
      const expected = new Map<number, { up: number; down: number }>()
      for (const [postId, isUp] of votes) {
        tally.add(postId, isUp ? 1 : 0, isUp ? 0 : 1)
        const sum = expected.get(postId) ?? { up: 0, down: 0 }
        expected.set(postId, { up: sum.up + (isUp ? 1 : 0), down: sum.down + (isUp ? 0 : 1) })
      }
      const ascending = [...expected].sort(([a], [b]) => a - b)
      expect([...tally.totals()]).toEqual(ascending.map(([postId, sum]) => ({ postId, ...sum })))
    }),
  )
})

it('stays fast for ids that are a power of two apart', () => {
  const tally = new VoteTally()
  for (let i = 1; i <= 200_000; i += 1) tally.add(i * 2 ** 32, 1, 0)
  expect([...tally.totals()]).toHaveLength(200_000)
}, 5000)
