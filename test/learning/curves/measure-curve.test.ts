import { describe, expect, it } from 'vitest'
import { curveIntervals } from '../../../src/learning/curves/learning-curve.ts'
import { measureLearningCurve } from '../../../src/learning/curves/measure-curve.ts'
import { toyPosts } from '../toy-posts.ts'

/** Every third post has the words of another label as well, so that eight examples do not teach everything. */
const posts = mixed(toyPosts(120, 1), toyPosts(120, 3))
const heldOut = mixed(toyPosts(60, 2), toyPosts(60, 4))

function mixed({ texts, labels }: ReturnType<typeof toyPosts>, others: ReturnType<typeof toyPosts>) {
  const other = (at: number) => others.texts[(at + 1) % others.texts.length]
  return { labels, texts: texts.map((text, at) => (at % 3 === 0 ? `${text} ${other(at)}` : text)) }
}

describe('a measured learning curve', () => {
  it('rises with the labels, and is judged on what is held out', () => {
    const curve = measureLearningCurve({ ...posts, heldOut, sizes: [8, 30, 120], seed: 1 })
    expect(curve).toMatchObject({ judged: 60, heldOut: true })
    expect(curve.points.map(({ labels }) => labels)).toEqual([8, 30, 120])
    expect(curve.points[2]!.accuracy).toBeGreaterThan(curve.points[0]!.accuracy)
    const intervals = curveIntervals(curve)
    curve.points.forEach(({ accuracy }, at) => {
      expect(intervals[at]![0]).toBeLessThanOrEqual(accuracy)
      expect(intervals[at]![1]).toBeGreaterThanOrEqual(accuracy)
    })
  })

  it('is judged on the examples in turn where none is held out, and learns from the others', () => {
    const curve = measureLearningCurve({ ...posts, seed: 1 })
    expect(curve).toMatchObject({ judged: 120, heldOut: false })
    expect(curve.points.map(({ labels }) => labels)).toEqual([29, 43, 58, 77, 96])
  })

  it('is the same for the same seed, and plain numbers', () => {
    const input = { ...posts, heldOut, sizes: [20, 60], seed: 3 }
    const curve = measureLearningCurve(input)
    expect(measureLearningCurve(input)).toEqual(curve)
    expect(JSON.parse(JSON.stringify(curve))).toEqual(curve)
  })

  it('looks at the first examples first', () => {
    const unlike = { texts: [...posts.texts].reverse(), labels: [...posts.labels].reverse() }
    const sizes = [12]
    const early = measureLearningCurve({ ...posts, heldOut, sizes, seed: 1 })
    const late = measureLearningCurve({ ...unlike, heldOut, sizes, seed: 1 })
    expect(early.resampled).not.toEqual(late.resampled)
  })

  it('refuses sizes that there are not, and unequal lengths', () => {
    expect(() => measureLearningCurve({ ...posts, sizes: [121], seed: 1 })).toThrow(
      'a size must not exceed the number of examples',
    )
    expect(() => measureLearningCurve({ texts: ['a'], labels: [], seed: 1 })).toThrow('1 texts, but 0 labels')
  })
})
