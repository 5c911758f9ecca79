import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureAgreement } from '../../../src/learning/agreement/krippendorff.ts'

/** Observers' rows, a unit a column; a dot is a value that is missing. */
function unitsOf(...observers: string[]): string[][] {
  const rows = observers.map((row) => row.split(' '))
  return rows[0]!.map((_, unit) => rows.map((row) => row[unit]!).filter((value) => value !== '.'))
}

const alphaOf = (units: string[][]) => measureAgreement(units, { seed: 1, samples: 0 }).alpha

/** Alpha by its definition over the matrix of coincidences, with any metric that is 0 or 1. */
function alphaByCoincidences(units: readonly (readonly string[])[], same: (a: string, b: string) => boolean) {
  const coincidences = new Map<string, number>()
  const totals = new Map<string, number>()
  let n = 0
  for (const unit of units.filter((ratings) => ratings.length > 1))
    for (const [i, a] of unit.entries())
      for (const [j, b] of unit.entries()) {
        if (i === j) continue
        const share = 1 / (unit.length - 1)
        coincidences.set(`${a} ${b}`, (coincidences.get(`${a} ${b}`) ?? 0) + share)
        totals.set(a, (totals.get(a) ?? 0) + share)
        n += share
      }
  let observed = 0
  for (const [pair, count] of coincidences) {
    const [a, b] = pair.split(' ') as [string, string]
    if (!same(a, b)) observed += count
  }
  let expected = 0
  for (const [a, left] of totals) for (const [b, right] of totals) if (!same(a, b)) expected += left * right
  return expected > 0 ? 1 - ((n - 1) * observed) / expected : undefined
}

describe('alpha as published', () => {
  it('is 0.095 for two observers and binary data (Krippendorff 2011, A)', () => {
    const units = unitsOf('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0')
    expect(alphaOf(units)).toBeCloseTo(0.095, 3)
  })

  it('is 0.692 for two observers and nominal data (Krippendorff 2011, B)', () => {
    const units = unitsOf('a a b b d c c c e d d a', 'b a b b b c c c e d d d')
    expect(alphaOf(units)).toBeCloseTo(0.692, 3)
  })

  it('is 0.743 for four observers with values missing (Krippendorff 2011, C)', () => {
    const units = unitsOf(
      '1 2 3 3 2 1 4 1 2 . . .',
      '1 2 3 3 2 2 4 1 2 5 . 3',
      '. 3 3 3 2 3 4 2 2 5 1 .',
      '1 2 3 3 2 4 4 1 2 5 1 .',
    )
    const figures = measureAgreement(units, { seed: 1 })
    expect(figures.alpha).toBeCloseTo(0.743, 3)
    expect(figures).toMatchObject({ units: 11, ratings: 40 })
    expect(figures.labels.map(({ label, ratings }) => [label, ratings])).toEqual([
      ['1', 9],
      ['2', 13],
      ['3', 10],
      ['4', 5],
      ['5', 3],
    ])
    expect(figures.interval!.low).toBeLessThan(0.743)
    expect(figures.interval!.high).toBeGreaterThan(0.743)
  })

  it('is 0.691 for three coders with values missing (the worked example of the encyclopedia)', () => {
    const units = unitsOf(
      '. . . . . 3 4 1 2 1 1 3 3 . 3',
      '1 . 2 1 3 3 4 3 . . . . . . .',
      '. . 2 1 3 4 4 . 2 1 1 3 3 . 4',
    )
    expect(alphaOf(units)).toBeCloseTo(0.691, 3)
  })
})

describe('agreement', () => {
  const ratings = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 5 }), { maxLength: 30 })

  it('is what the matrix of coincidences gives, over all labels and for each against the rest', () => {
    fc.assert(
      fc.property(ratings, (units) => {
        const figures = measureAgreement(units, { seed: 1, samples: 0 })
        const close = (got: number | undefined, wanted: number | undefined) =>
          wanted === undefined ? expect(got).toBeUndefined() : expect(got).toBeCloseTo(wanted, 9)
        close(
          figures.alpha,
          alphaByCoincidences(units, (a, b) => a === b),
        )
        for (const { label, alpha } of figures.labels)
          close(
            alpha,
            alphaByCoincidences(units, (a, b) => (a === label) === (b === label)),
          )
      }),
    )
  })

  it('is 1 when all agree, absent when there is one label only or nobody to agree with', () => {
    expect(alphaOf([['a', 'a'], ['b', 'b', 'b'], ['a']])).toBe(1)
    expect(
      alphaOf([
        ['a', 'a'],
        ['a', 'a', 'a'],
      ]),
    ).toBeUndefined()
    expect(alphaOf([['a'], ['b'], []])).toBeUndefined()
    expect(measureAgreement([], { seed: 1 })).toEqual({ units: 0, ratings: 0, labels: [] })
  })

  it('has the same interval for the same seed, narrower with more units', () => {
    const some = Array.from({ length: 40 }, (_, i) => [`${i % 3}`, i % 5 === 0 ? 'x' : `${i % 3}`])
    const more = Array.from({ length: 10 }, () => some).flat()
    const width = ({ low, high }: { low: number; high: number }) => high - low
    const once = measureAgreement(some, { seed: 4 })
    expect(measureAgreement(some, { seed: 4 })).toEqual(once)
    expect(width(measureAgreement(more, { seed: 4 }).interval!)).toBeLessThan(width(once.interval!) / 2)
  })

  it('has an interval that covers the truth about as often as it says', () => {
    // Ratings that are right with probability 0.8, else one of four labels at random: alpha is 0.64.
    let seed = 1
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32
    }
    const draw = () => `${Math.floor(random() * 4)}`
    let covered = 0
    for (let round = 0; round < 200; round++) {
      const units = Array.from({ length: 100 }, () => {
        const truth = draw()
        return [0, 1].map(() => (random() < 0.8 ? truth : draw()))
      })
      const { low, high } = measureAgreement(units, { seed: round, samples: 300 }).interval!
      if (low <= 0.64 && 0.64 <= high) covered++
    }
    expect(covered / 200).toBeGreaterThan(0.89)
    expect(covered / 200).toBeLessThan(0.99)
  })
})
