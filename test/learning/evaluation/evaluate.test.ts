import { describe, expect, it } from 'vitest'
import { type ClassifiedRow, evaluate } from '../../../src/learning/evaluation/evaluate.ts'

const row = (truth: string, label: string, confidence = 0.9, assigned = true): ClassifiedRow => ({
  truth,
  label,
  confidence,
  assigned,
})

describe('evaluation', () => {
  const rows = [row('a', 'a'), row('a', 'b', 0.6, false), row('b', 'b'), row('b', 'b'), row('oos', 'a')]
  const figures = evaluate(rows)

  it('counts accuracy over rows in scope, assigned or not', () => {
    expect(figures.accuracy).toBe(3 / 4)
    expect(figures.n).toBe(5)
  })

  it('counts an out-of-scope row that was assigned as wrong', () => {
    expect(figures.coverage).toBe(4 / 5)
    expect(figures.selective_risk).toBe(1 / 4)
  })

  it('gives precision and recall a label', () => {
    expect(figures.labels).toEqual([
      { label: 'a', support: 2, precision: 1, recall: 0.5, f1: 2 / 3 },
      { label: 'b', support: 2, precision: 2 / 3, recall: 1, f1: 0.8 },
    ])
    expect(figures.macro_f1).toBeCloseTo((2 / 3 + 0.8) / 2, 12)
    expect(figures.confusions).toEqual([{ truth: 'a', label: 'b', count: 1 }])
  })

  it('measures how far confidence is from accuracy', () => {
    expect(evaluate(Array.from({ length: 10 }, (_, i) => row('a', i < 7 ? 'a' : 'b', 0.7))).ece).toBeCloseTo(
      0,
      12,
    )
    expect(evaluate([row('a', 'b', 1)]).ece).toBe(1)
  })

  it('answers for no rows at all', () => {
    expect(evaluate([])).toMatchObject({ n: 0, accuracy: 0, macro_f1: 0, coverage: 0, ece: 0 })
  })
})
