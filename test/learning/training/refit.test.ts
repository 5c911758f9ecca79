import { describe, expect, it } from 'vitest'
import { loadClassifier, saveClassifier } from '../../../src/learning/artefact/artefact.ts'
import type { Classifier } from '../../../src/learning/classifier.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

const { texts, labels } = toyPosts(200)
const first = { texts: texts.slice(0, 190), labels: labels.slice(0, 190), seed: 1 }
const more = { texts, labels, seed: 1 }
const refits = ({ model }: Classifier) => model.fullFit.refits

describe('a classifier with a parent', () => {
  const parent = trainClassifier(first)

  it('goes on from it where a few examples were added, and learns them', () => {
    const added = [...Array(8)].map((_, i) => `the gizmotron ${i} blinks`)
    const child = trainClassifier({
      texts: [...first.texts, ...added],
      labels: [...first.labels, ...added.map(() => first.labels[0]!)],
      seed: 1,
      parent,
    })
    expect(child.model.fullFit).toEqual({ examples: 190, refits: 1 })
    expect(child.model.examples).toBe(198)
    expect(child.model.vocabulary).toEqual(parent.model.vocabulary)
    const right = first.texts.filter((text, i) => child.classify(text).label === first.labels[i])
    const before = first.texts.filter((text, i) => parent.classify(text).label === first.labels[i])
    expect(right.length).toBeGreaterThanOrEqual(before.length - 2)
  })

  it('is the same bytes for the same examples and parent, saved or not, and leaves the parent alone', async () => {
    const before = await saveClassifier(parent)
    const one = await saveClassifier(trainClassifier({ ...more, parent }))
    const other = await saveClassifier(trainClassifier({ ...more, parent: loadClassifier(before) }))
    expect(other).toEqual(one)
    expect(await saveClassifier(parent)).toEqual(before)
  })

  it.each([
    ['nothing was added', { ...first }],
    ['much was added', toyPosts(400)],
    ['a label is new', { texts: [...first.texts, 'what else?'], labels: [...first.labels, 'else'] }],
    ['the seed is another', { ...more, seed: 2 }],
  ])('begins anew where %s', async (_, changed) => {
    const input = { seed: 1, ...changed }
    const child = trainClassifier({ ...input, parent })
    expect(refits(child)).toBe(0)
    expect(await saveClassifier(child)).toEqual(await saveClassifier(trainClassifier(input)))
  })

  it('begins anew after ten times', () => {
    let last = parent
    for (let i = 1; i <= 10; i++) {
      const size = 190 + i
      const { texts: t, labels: l } = toyPosts(size)
      last = trainClassifier({ texts: t, labels: l, seed: 1, parent: last })
      expect(refits(last)).toBe(i)
    }
    expect(refits(trainClassifier({ ...toyPosts(201), seed: 1, parent: last }))).toBe(0)
  })
})
