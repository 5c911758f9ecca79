import { describe, expect, it } from 'vitest'
import { createRandom, shuffle } from '../../../src/learning/random.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

describe('out-of-fold predictions', () => {
  const { texts, labels } = toyPosts(300)
  const trained = trainClassifier({ texts, labels, seed: 1 })
  const { rows, truths, likeliest, confidences } = trained.heldOutPredictions!

  it('say of each example, by its place among those given, what it was taken for', () => {
    expect([...rows].sort((a, b) => a - b)).toEqual([...texts.keys()])
    expect(Array.from(truths, (c) => trained.labels[c])).toEqual(Array.from(rows, (row) => labels[row]))
    const right = rows.filter((_, at) => truths[at] === likeliest[at]).length
    expect(right / rows.length).toBe(trained.heldOutSummary.accuracy)
    expect(confidences.every((confidence) => confidence > 0 && confidence <= 1)).toBe(true)
  })

  it('are the same for a text, whatever the order of the examples', () => {
    const order = shuffle(Int32Array.from(texts.keys()), createRandom(5))
    const again = trainClassifier({
      texts: Array.from(order, (row) => texts[row]!),
      labels: Array.from(order, (row) => labels[row]!),
      seed: 1,
    }).heldOutPredictions!
    const byText = (told: typeof again, textOf: (row: number) => string) =>
      new Map(Array.from(told.rows, (row, at) => [textOf(row), told.confidences[at]]))
    expect(byText(again, (row) => texts[order[row]!]!)).toEqual(
      byText(trained.heldOutPredictions!, (row) => texts[row]!),
    )
  })

  it('are absent where a parent was fitted further, since none were made', () => {
    const more = toyPosts(310)
    const refitted = trainClassifier({ ...more, seed: 1, parent: trained })
    expect(refitted.model.fullFit.refits).toBe(1)
    expect(refitted.heldOutPredictions).toBeUndefined()
  })
})
