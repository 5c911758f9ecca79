import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { saveClassifier } from '../../src/learning/artefact/artefact.ts'
import { ABSTAIN_ALWAYS } from '../../src/learning/calibration/calibration.ts'
import type { Classifier } from '../../src/learning/classifier.ts'
import { createRandom, shuffle } from '../../src/learning/random.ts'
import { trainClassifier } from '../../src/learning/training/train-classifier.ts'
import { toyPosts } from './toy-posts.ts'

const posts = toyPosts(240)
let classifier: Classifier
beforeAll(() => {
  classifier = trainClassifier({ ...posts, seed: 1 })
})

describe('a trained classifier', () => {
  it('labels posts that it has not seen', () => {
    const unseen = toyPosts(200, 2)
    const right = classifier.classifyAll(unseen.texts).filter(({ label }, i) => label === unseen.labels[i])
    expect(right.length).toBeGreaterThan(190)
    expect(classifier.heldOutSummary.n).toBe(240)
    expect(classifier.heldOutSummary.accuracy).toBeGreaterThan(0.95)
  })

  it('lists every label, the likeliest first, with probabilities that sum to one', () => {
    const { label, confidence, alternatives, decision } = classifier.classify(
      'my SIM card is blocked, PUK please',
    )
    expect(label).toBe('sim')
    expect(decision).toBe('assigned')
    expect(alternatives[0]).toEqual({ label, confidence })
    expect(alternatives.map((a) => a.label).sort()).toEqual([...classifier.labels])
    expect(alternatives.map((a) => a.confidence)).toEqual(
      alternatives.map((a) => a.confidence).sort((a, b) => b - a),
    )
    expect(alternatives.reduce((sum, a) => sum + a.confidence, 0)).toBeCloseTo(1, 9)
  })

  it('answers a batch as it answers one post', () => {
    const some = posts.texts.slice(0, 5)
    expect(classifier.classifyAll(some)).toEqual(some.map((text) => classifier.classify(text)))
    expect(classifier.predictAll(some)).toEqual(
      Float64Array.from(some.flatMap((text) => [...classifier.predict(text)])),
    )
  })

  it('abstains on a post of which it knows nothing', () => {
    expect(classifier.classify('').decision).toBe('abstained')
    expect(classifier.classify('ЖЖЖ').decision).toBe('abstained')
  })

  it('never answers anything but probabilities, whatever the text', () => {
    const garbage = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 200 }))
    fc.assert(
      fc.property(garbage, (text) => {
        const p = classifier.predict(text)
        expect(p.every((share) => share >= 0 && share <= 1)).toBe(true)
        expect(p.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      }),
    )
    expect(classifier.predict('x'.repeat(100_000)).every(Number.isFinite)).toBe(true)
    expect(classifier.predict('\ud800 carte \udc00').every(Number.isFinite)).toBe(true)
  })
})

describe('training', () => {
  it('gives the same bytes for the same rows in any order, and others for another seed', async () => {
    const order = shuffle([...posts.texts.keys()], createRandom(9))
    const mixed = { texts: order.map((i) => posts.texts[i]!), labels: order.map((i) => posts.labels[i]!) }
    const files = await saveClassifier(classifier)
    expect(await saveClassifier(trainClassifier({ ...mixed, seed: 1 }))).toEqual(files)
    expect((await saveClassifier(trainClassifier({ ...mixed, seed: 2 })))['weights.bin']).not.toEqual(
      files['weights.bin'],
    )
  })

  it('leaves its arguments alone', () => {
    const small = toyPosts(12)
    const before = structuredClone(small)
    trainClassifier({ ...small, seed: 1 })
    expect(small).toEqual(before)
  })

  it('works with ten examples, abstaining because they prove nothing', () => {
    const few = trainClassifier({ ...toyPosts(10), seed: 1 })
    expect(few.heldOutSummary.n).toBe(10)
    expect(few.threshold).toBe(ABSTAIN_ALWAYS)
    expect(few.classify(posts.texts[0]!).decision).toBe('abstained')
    expect(few.classify('facture prélèvement montant').label).toBe('facture')
  })

  it('works with one example a label', () => {
    const texts = ['ma facture', 'le réseau', 'the border', 'my card']
    const one = trainClassifier({ texts, labels: ['a', 'b', 'c', 'd'], seed: 1 })
    expect(one.classifyAll(texts).map(({ label }) => label)).toEqual(['a', 'b', 'c', 'd'])
    expect(one.heldOutSummary.accuracy).toBe(0)
  })

  it('works with a label that has one example among many, and with empty texts', () => {
    const mixed = trainClassifier({
      texts: [...posts.texts, 'résilier mon contrat', '', ''],
      labels: [...posts.labels, 'résiliation', 'sim', 'facture'],
      seed: 1,
    })
    expect(mixed.labels).toContain('résiliation')
    expect(mixed.classify('résilier mon contrat').label).toBe('résiliation')
  })

  it('survives texts without a single n-gram', () => {
    const blank = trainClassifier({ texts: ['', ' ', '', ' '], labels: ['a', 'b', 'a', 'b'], seed: 1 })
    expect(blank.predict('anything').every(Number.isFinite)).toBe(true)
    expect(blank.classify('anything').decision).toBe('abstained')
  })

  it('reports its progress stage by stage', () => {
    const seen: string[] = []
    trainClassifier({
      ...toyPosts(1200),
      seed: 1,
      onProgress: ({ stage, fraction }) => {
        expect(fraction).toBeGreaterThan(0)
        expect(fraction).toBeLessThanOrEqual(1)
        if (seen.at(-1) !== stage) seen.push(stage)
      },
    })
    expect(seen).toEqual(['reading', 'calibrating', 'fitting'])
  })

  it.each([
    ['TOO_FEW_LABELS', { texts: ['a', 'b'], labels: ['x', 'x'], seed: 1 }],
    ['TOO_FEW_LABELS', { texts: [], labels: [], seed: 1 }],
    ['LENGTH_MISMATCH', { texts: ['a'], labels: ['x', 'y'], seed: 1 }],
    ['INVALID_ARGUMENT', { texts: ['a', 'b'], labels: ['x', 'y'], seed: 1, riskBudget: Number.NaN }],
    ['INVALID_ARGUMENT', { texts: ['a', 'b'], labels: ['x', 'y'], seed: 0.5 }],
  ])('refuses with %s', (code, input) => {
    expect(() => trainClassifier(input)).toThrow(expect.objectContaining({ code }))
  })

  it('assigns more under a larger budget', () => {
    const noisy = toyPosts(240)
    noisy.labels.forEach((_, i) => {
      if (i % 7 === 0) noisy.labels[i] = 'sim'
    })
    const at = (riskBudget: number) =>
      trainClassifier({ ...noisy, seed: 1, riskBudget }).heldOutSummary.coverage
    expect(at(0.3)).toBeGreaterThan(at(0.02))
  })
})
