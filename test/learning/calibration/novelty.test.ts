import { describe, expect, it } from 'vitest'
import { loadClassifier, saveClassifier } from '../../../src/learning/artefact/artefact.ts'
import { fitNovelty, isNovel, noveltyOf } from '../../../src/learning/calibration/novelty.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

describe('novelty', () => {
  const random = createRandom(4)
  const draw = (n: number) => Float64Array.from({ length: n }, () => random.next() + random.next())

  it('is scaled so that held-out texts have mean 0', () => {
    const energies = draw(500)
    const known = draw(500)
    const fitted = fitNovelty('energy', energies, known)
    const scores = energies.map((energy, row) => noveltyOf(fitted, energy, known[row]!))
    expect(scores.reduce((sum, score) => sum + score, 0) / 500).toBeCloseTo(0, 9)
    expect(scores.filter((score) => isNovel(fitted, score))).toHaveLength(5)
  })

  it('calls at most one in a hundred texts like the held-out ones novel', () => {
    let called = 0
    for (let round = 0; round < 100; round++) {
      const fitted = fitNovelty('energy', draw(150), draw(150))
      const others = draw(100)
      const known = draw(100)
      for (let row = 0; row < 100; row++)
        if (isNovel(fitted, noveltyOf(fitted, others[row]!, known[row]!))) called++
    }
    expect(called / 10_000).toBeLessThan(0.0125)
    expect(called).toBeGreaterThan(30)
  })

  it('begins with the most novel of a few held-out texts, and nowhere without any', () => {
    const few = fitNovelty('energy', [1, 2, 3], [0, 0, 0])
    expect([0, 1, 1.1, 3].map((energy) => isNovel(few, noveltyOf(few, energy, 0)))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(isNovel(fitNovelty('energy', [], []), 1000)).toBe(false)
    expect(noveltyOf(fitNovelty('energy', [1, 1], [0.5, 0.5]), 7, 0)).toBe(0)
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
    expect(Math.max(...usual.map(({ novelty }) => novelty))).toBeLessThan(strange.novelty)
  })

  it('finds texts as novel after it was saved', async () => {
    const loaded = loadClassifier(await saveClassifier(classifier))
    for (const text of ['my SIM card', 'weather moon', ''])
      expect(loaded.classify(text)).toEqual(classifier.classify(text))
  })

  it('finds held-out rows as novel when it is trained as when it serves', () => {
    const { novel, rows } = classifier.heldOutPredictions!
    expect(novel).toHaveLength(rows.length)
    expect(novel.filter((is) => is === 1).length).toBe(Math.floor(401 * 0.01))
  })
})
