import { describe, expect, it } from 'vitest'
import { averagePrecision } from '../../../src/learning/evaluation/average-precision.ts'
import { createRandom } from '../../../src/learning/random.ts'

const ap = (scores: number[], positive: number[]) =>
  averagePrecision(Float64Array.from(scores), Uint8Array.from(positive))

describe('average precision', () => {
  it('is the mean of the precision at each positive where no scores are equal', () => {
    expect(ap([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0])).toBeCloseTo((1 + 2 / 3) / 2, 12)
    expect(ap([3, -1, 2], [1, 0, 1])).toBe(1)
  })

  it('is the share of positives where all scores are equal, in whatever order the rows come', () => {
    expect(ap([1, 1, 1, 1], [1, 0, 0, 0])).toBe(0.25)
    expect(ap([1, 1, 1, 1], [0, 0, 0, 1])).toBe(0.25)
    expect(ap([Infinity, Infinity], [0, 1])).toBe(0.5)
  })

  it('gives rows of equal score one rank', () => {
    expect(ap([2, 1, 1, 0], [1, 0, 1, 1])).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12)
  })

  it('depends on the order of the scores alone, and not on that of the rows', () => {
    const random = createRandom(5)
    const scores = Array.from({ length: 200 }, () => Math.floor(random.next() * 50) / 50)
    const positive = scores.map((score) => (random.next() < score ? 1 : 0))
    const stretched = scores.map((score) => Math.exp(3 * score))
    const found = ap(scores, positive)
    expect(ap(stretched, positive)).toBe(found)
    expect(ap(scores.toReversed(), positive.toReversed())).toBe(found)
    expect(found).toBeGreaterThan(positive.filter((one) => one === 1).length / 200)
  })

  it('is 0 without positives, and refuses what it cannot rank', () => {
    expect(ap([1, 2], [0, 0])).toBe(0)
    expect(ap([], [])).toBe(0)
    expect(() => ap([1], [])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
    expect(() => ap([Number.NaN], [1])).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
  })
})
