import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, shuffle } from '../../../src/learning/random.ts'
import { dealTexts } from '../../../src/learning/training/folds.ts'

const labelled = fc.array(
  fc.record({ text: fc.constantFrom(...'abcdefghij'), label: fc.constantFrom('x', 'y', 'z') }),
  { minLength: 12, maxLength: 60 },
)
const deal = (rows: readonly { text: string; label: string }[], folds = 3, seed = 1) =>
  dealTexts(
    rows.map(({ text }) => text),
    rows.map(({ label }) => label),
    { folds, seed },
  )

describe('folds of labelled texts', () => {
  it('keep equal texts together, whatever their labels and their order', () => {
    fc.assert(
      fc.property(labelled, fc.integer(), (rows, seed) => {
        fc.pre(new Set(rows.map(({ text }) => text)).size >= 3)
        const dealt = deal(rows)
        const foldOf = new Map(rows.map(({ text }, row) => [text, dealt[row]]))
        rows.forEach(({ text }, row) => {
          expect(dealt[row]).toBe(foldOf.get(text))
        })
        const mixed = shuffle([...rows], createRandom(seed))
        deal(mixed).forEach((fold, row) => {
          expect(fold).toBe(foldOf.get(mixed[row]!.text))
        })
      }),
    )
  })

  it('have nearly the same size and the same share of each label', () => {
    const rows = Array.from({ length: 103 }, (_, i) => ({
      text: `t${i}`,
      label: i % 10 === 0 ? 'rare' : 'common',
    }))
    const dealt = deal(rows, 5)
    const sizes = (label: string) =>
      [0, 1, 2, 3, 4].map((fold) => rows.filter((row, i) => dealt[i] === fold && row.label === label).length)
    for (const label of ['rare', 'common'])
      expect(Math.max(...sizes(label)) - Math.min(...sizes(label))).toBeLessThanOrEqual(1)
    expect(deal(rows, 5)).toEqual(dealt)
    expect(deal(rows, 5, 2)).not.toEqual(dealt)
  })

  it.each([
    ['LENGTH_MISMATCH', ['a', 'b'], ['x'], 2, 1],
    ['INVALID_ARGUMENT', ['a', 'b'], ['x', 'y'], 1, 1],
    ['INVALID_ARGUMENT', ['a', 'b'], ['x', 'y'], Number.NaN, 1],
    ['INVALID_ARGUMENT', ['a', 'a'], ['x', 'y'], 2, 1],
    ['INVALID_ARGUMENT', ['a', 'b'], ['x', 'y'], 2, Number.NaN],
  ])('are refused with %s', (code, texts, labels, folds, seed) => {
    expect(() => dealTexts(texts, labels, { folds, seed })).toThrow(expect.objectContaining({ code }))
  })
})
