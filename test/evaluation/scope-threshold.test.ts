import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chooseScopeThreshold,
  coveringThreshold,
  type ScopedRow,
} from '../../src/evaluation/evaluate-texts.ts'

const row = (score: number, inScope = true, right = inScope): ScopedRow => ({ score, inScope, right })

describe('what is taken to be in scope', () => {
  it('is what treats most rows right', () => {
    const rows = [row(5), row(4), row(3, false), row(2), row(1, false), row(0, false)]
    expect(chooseScopeThreshold(rows)).toBe(2)
    expect(chooseScopeThreshold([row(1, false)])).toBe(Infinity)
    expect(chooseScopeThreshold([])).toBe(Infinity)
  })

  it('is never beaten by another threshold', () => {
    const some = fc.array(fc.tuple(fc.nat(9), fc.constantFrom('right', 'wrong', 'outside')))
    fc.assert(
      fc.property(some, (pairs) => {
        const rows = pairs.map(([score, kind]) => row(score, kind !== 'outside', kind === 'right'))
        const treatedRight = (threshold: number) =>
          rows.filter(({ score, inScope, right }) => (score >= threshold ? right : !inScope)).length
        const chosen = treatedRight(chooseScopeThreshold(rows))
        for (const threshold of [...rows.map(({ score }) => score), Infinity])
          expect(chosen).toBeGreaterThanOrEqual(treatedRight(threshold))
      }),
    )
  })

  it('is what covers a share of the rows in scope', () => {
    const rows = Array.from({ length: 100 }, (_, score) => row(score))
    expect(coveringThreshold([...rows, row(-5, false)], 0.95)).toBe(5)
    expect(coveringThreshold(rows, 1)).toBe(0)
    expect(coveringThreshold([], 0.95)).toBe(Infinity)
  })
})
