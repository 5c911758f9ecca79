import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findContradictions } from '../../../src/learning/agreement/contradictions.ts'
import { cosineOf } from '../../../src/learning/features/row-index.ts'

const COLUMNS = 12

/** Rows as training makes them, from dense ones. */
function sparse(dense: readonly (readonly number[])[]) {
  const entries = dense.map((row) =>
    row.flatMap((value, column) => (value > 0 ? [[column, value] as const] : [])),
  )
  const offsets = new Float64Array(dense.length + 1)
  entries.forEach((row, at) => {
    offsets[at + 1] = offsets[at]! + row.length
  })
  return {
    size: dense.length,
    columns: COLUMNS,
    offsets,
    indices: Int32Array.from(entries.flat(), ([column]) => column),
    values: Float32Array.from(entries.flat(), ([, value]) => value),
  }
}

it('are all pairs of different labels that are at least so alike, as comparing every pair finds them', () => {
  const value = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 }))
  const row = fc.array(value, { minLength: COLUMNS, maxLength: COLUMNS })
  const labelled = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 2 })), { maxLength: 25 })
  fc.assert(
    fc.property(labelled, fc.constantFrom(0.3, 0.6, 0.9), (given, least) => {
      const rows = sparse(given.map(([dense]) => dense))
      const targets = Int32Array.from(given, ([, label]) => label)
      const at = (i: number) => ({
        indices: rows.indices.subarray(rows.offsets[i], rows.offsets[i + 1]),
        values: rows.values.subarray(rows.offsets[i], rows.offsets[i + 1]),
      })
      const found = new Map(
        findContradictions(rows, targets, { least, most: 1000 }).map((pair) => [
          `${pair.one} ${pair.other}`,
          pair,
        ]),
      )
      for (let one = 0; one < given.length; one++)
        for (let other = one + 1; other < given.length; other++) {
          const cosine = cosineOf(at(one), at(other))
          const pair = found.get(`${one} ${other}`)
          found.delete(`${one} ${other}`)
          if (targets[one] === targets[other] || cosine < least - 1e-6) expect(pair).toBeUndefined()
          else if (cosine > least + 1e-6) expect(pair?.likeness).toBeCloseTo(cosine, 6)
        }
      expect(found.size).toBe(0)
    }),
    { numRuns: 300 },
  )
})

it('come with the likest first, and no more than were asked for', () => {
  const rows = sparse([
    [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ])
  const pairs = findContradictions(rows, Int32Array.from([0, 1, 2]), { least: 0.5, most: 2 })
  expect(pairs.map(({ one, other }) => [one, other])).toEqual([
    [0, 2],
    [0, 1],
  ])
})
