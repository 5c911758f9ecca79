import { describe, expect, it } from 'vitest'
import { loadClassifier, saveClassifier } from '../../src/learning/artefact/artefact.ts'
import { familiarityOf, fitFamiliarity, isFamiliar } from '../../src/learning/calibration/novelty.ts'
import { createRandom } from '../../src/learning/random.ts'
import { trainClassifier } from '../../src/learning/training/train-classifier.ts'
import { toyPosts } from './toy-posts.ts'

describe('what is familiar', () => {
  const random = createRandom(4)
  const draw = (n: number) => Float64Array.from({ length: n }, () => random.next() + random.next())

  it('is scaled so that held-out texts have mean 0', () => {
    const energies = draw(500)
    const known = draw(500)
    const fitted = fitFamiliarity(energies, known)
    const scores = energies.map((energy, row) => familiarityOf(fitted, energy, known[row]!))
    expect(scores.reduce((sum, score) => sum + score, 0) / 500).toBeCloseTo(0, 9)
    expect(scores.filter((score) => !isFamiliar(fitted, score))).toHaveLength(5)
  })

  it('refuses at most one in a hundred texts like those held out', () => {
    let refused = 0
    for (let round = 0; round < 100; round++) {
      const fitted = fitFamiliarity(draw(150), draw(150))
      const others = draw(100)
      const known = draw(100)
      for (let row = 0; row < 100; row++)
        if (!isFamiliar(fitted, familiarityOf(fitted, others[row]!, known[row]!))) refused++
    }
    expect(refused / 10_000).toBeLessThan(0.0125)
    expect(refused).toBeGreaterThan(30)
  })

  it('is what is more so than the least familiar of few, and everything where none was held out', () => {
    const few = fitFamiliarity([1, 2, 3], [0, 0, 0])
    expect([0, 1, 1.1, 3].map((energy) => isFamiliar(few, familiarityOf(few, energy, 0)))).toEqual([
      false,
      false,
      true,
      true,
    ])
    expect(isFamiliar(fitFamiliarity([], []), -1000)).toBe(true)
    expect(familiarityOf(fitFamiliarity([1, 1], [0.5, 0.5]), 7, 0)).toBe(0)
  })
})

describe('a classifier', () => {
  const classifier = trainClassifier({ ...toyPosts(400), seed: 1 })

  it('abstains on posts unlike any, says so, and still ranks the labels', () => {
    const strange = classifier.classify('weather moon recipe: the cat likes sunny gardens and old trains')
    expect(strange).toMatchObject({ decision: 'abstained', reason: 'unlike-anything-seen' })
    expect(strange.alternatives).toHaveLength(4)
    expect(classifier.classify('').reason).toBe('unlike-anything-seen')
    const usual = toyPosts(200, 3).texts.map((text) => classifier.classify(text))
    expect(usual.filter(({ reason }) => reason === 'unlike-anything-seen').length).toBeLessThan(8)
    expect(Math.min(...usual.map(({ familiarity }) => familiarity))).toBeGreaterThan(strange.familiarity)
  })

  it('finds texts as familiar after it was saved', async () => {
    const loaded = loadClassifier(await saveClassifier(classifier))
    for (const text of ['my SIM card', 'weather moon', ''])
      expect(loaded.classify(text)).toEqual(classifier.classify(text))
  })

  it('finds held-out rows as familiar when it is trained as when it serves', () => {
    const { familiar, rows } = classifier.outOfFoldPredictions!
    expect(familiar).toHaveLength(rows.length)
    expect(familiar.filter((is) => is === 0).length).toBe(Math.floor(401 * 0.01))
  })
})
