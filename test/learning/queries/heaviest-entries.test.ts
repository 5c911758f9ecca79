import fc from 'fast-check'
import { expect, it } from 'vitest'
import { heaviestEntries } from '../../../src/learning/queries/coverage.ts'

it('keeps the entries of greatest value of each row in their order, of equals the first', () => {
  const value = fc.integer({ min: 0, max: 9 })
  fc.assert(
    fc.property(
      fc.array(fc.array(value, { maxLength: 12 })),
      fc.integer({ min: 1, max: 6 }),
      (rows, most) => {
        const offsets = [0]
        for (const row of rows) offsets.push(offsets.at(-1)! + row.length)
        const kept = heaviestEntries(
          {
            size: rows.length,
            columns: 12,
            offsets: Float64Array.from(offsets),
            indices: Int32Array.from(rows.flatMap((row) => [...row.keys()])),
            values: Float32Array.from(rows.flat()),
          },
          most,
        )
        expect(kept.size).toBe(rows.length)
        for (const [at, row] of rows.entries()) {
          const ranked = [...row.keys()].sort((a, b) => row[b]! - row[a]! || a - b)
          const expected = ranked.slice(0, most).sort((a, b) => a - b)
          const [from, to] = [kept.offsets[at]!, kept.offsets[at + 1]!]
          expect([...kept.indices.slice(from, to)]).toEqual(expected)
          expect([...kept.values.slice(from, to)]).toEqual(expected.map((column) => row[column]))
        }
      },
    ),
  )
})
