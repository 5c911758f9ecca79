import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cosineOf, createRowIndexBuilder, type SparseRow } from '../../../src/learning/features/row-index.ts'

const COLUMNS = 12
const options = { columns: COLUMNS, entriesPerRow: COLUMNS, maxEntries: 10_000 }
const rowOf = (entries: readonly (readonly [number, number])[]): SparseRow => ({
  indices: Int32Array.from(entries, ([column]) => column),
  values: Float32Array.from(entries, ([, value]) => value),
})
const row = fc
  .uniqueArray(fc.tuple(fc.nat(COLUMNS - 1), fc.integer({ min: 1, max: 9 })), {
    selector: ([column]) => column,
    maxLength: COLUMNS,
  })
  .map(rowOf)
const product = (one: SparseRow, other: SparseRow) =>
  one.indices.reduce((sum, column, k) => {
    const at = other.indices.indexOf(column)
    return at < 0 ? sum : sum + one.values[k]! * other.values[at]!
  }, 0)
const everyone = () => true

function indexOf(rows: readonly SparseRow[], change: Partial<typeof options> = {}) {
  const builder = createRowIndexBuilder({ ...options, ...change })
  const taken = rows.map((each) => builder.add(each))
  const building = builder.build()
  let step = building.next()
  while (!step.done) step = building.next()
  return { index: step.value, taken }
}

describe('an index of rows', () => {
  it('finds the rows with the greatest inner product, as looking at every row would', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 20 }),
        row,
        fc.integer({ min: 1, max: 5 }),
        (rows, query, limit) => {
          const expected = rows
            .map((each, number) => ({ number, score: product(each, query) }))
            .filter(({ number, score }) => score > 0 && number % 3 !== 0)
            .sort((a, b) => b.score - a.score || a.number - b.number)
          const { index } = indexOf(rows)
          const found = index.candidates(query, limit, (number) => number % 3 !== 0)
          expect(found).toEqual(expected.slice(0, limit).map(({ number }) => number))
        },
      ),
    )
  })

  it('keeps the heaviest entries of a row', () => {
    const { index } = indexOf(
      [
        rowOf([
          [0, 2],
          [1, 9],
          [2, 2],
          [3, 5],
          [4, 2],
        ]),
      ],
      { entriesPerRow: 3 },
    )
    const has = (column: number) => index.candidates(rowOf([[column, 1]]), 1, everyone).length === 1
    expect([0, 1, 2, 3, 4].map(has)).toEqual([true, true, false, true, false])
  })

  it('takes no more rows than its bound allows', () => {
    const full = rowOf([
      [0, 1],
      [1, 1],
      [2, 1],
    ])
    const { index, taken } = indexOf([full, full, full, rowOf([])], { maxEntries: 7 })
    expect(taken).toEqual([true, true, false, true])
    expect(index.size).toBe(3)
    expect(index.candidates(full, 9, everyone)).toEqual([0, 1])
  })
})

describe('the cosine of two rows', () => {
  it('is in [0, 1], the same both ways, and 1 for a row and its multiple', () => {
    fc.assert(
      fc.property(row, row, (one, other) => {
        const score = cosineOf(one, other)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(cosineOf(other, one)).toBeCloseTo(score, 12)
        const twice = { ...one, values: one.values.map((value) => 2 * value) }
        expect(cosineOf(one, twice)).toBeCloseTo(one.values.length > 0 ? 1 : 0, 12)
      }),
    )
  })
})
