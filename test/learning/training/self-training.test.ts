import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, shuffle } from '../../../src/learning/random.ts'
import { drawUnlabelled, mostUnlabelled } from '../../../src/learning/training/self-training.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

/** What customers call the same two things, which only posts without a label say: beside words that examples have. */
const NICKNAMES = { réseau: ['zibox', 'ondulo'], facture: ['quittor', 'palpeur'] }

function posts(): { texts: string[]; labels: string[]; unlabelled: string[] } {
  const { texts, labels } = toyPosts(240)
  const unlabelled = Object.entries(NICKNAMES).flatMap(([label, nicknames]) =>
    texts
      .filter((_, row) => labels[row] === label)
      .map((text, at) => `${text} ${nicknames[at % nicknames.length]}`),
  )
  return { texts, labels, unlabelled }
}

describe('learning from posts that nobody labelled', () => {
  const { texts, labels, unlabelled } = posts()
  const alone = trainClassifier({ texts, labels, seed: 1 })
  const besides = trainClassifier({ texts, labels, unlabelled, seed: 1 })
  const confidence = (classifier: typeof alone, text: string, label: string) =>
    classifier.classify(text).alternatives.find((each) => each.label === label)!.confidence

  it('teaches words that no example has', () => {
    expect([alone.unlabelled, besides.unlabelled]).toEqual([0, unlabelled.length])
    for (const [label, nicknames] of Object.entries(NICKNAMES))
      for (const nickname of nicknames) {
        expect(besides.classify(nickname).label).toBe(label)
        expect(confidence(besides, nickname, label)).toBeGreaterThan(confidence(alone, nickname, label) + 0.2)
      }
  })

  it('gives the same classifier in whatever order they come, and however often', () => {
    const order = shuffle(Int32Array.from(unlabelled.keys()), createRandom(3))
    const shuffled = Array.from(order, (row) => unlabelled[row]!)
    const again = trainClassifier({ texts, labels, unlabelled: [...shuffled, ...unlabelled], seed: 1 })
    expect(again.model).toEqual(besides.model)
  })

  it('takes a post that has a label for no other, and too few posts for none', () => {
    expect(trainClassifier({ texts, labels, unlabelled: texts, seed: 1 }).model).toEqual(alone.model)
    expect(trainClassifier({ texts, labels, unlabelled: unlabelled.slice(0, 40), seed: 1 }).model).toEqual(
      alone.model,
    )
  })

  it('still finds posts novel of whose kind it took some for a label of its own', () => {
    const few = toyPosts(120)
    const random = createRandom(5)
    const stray = () => ['jardin', 'recette', 'chaton', 'tricot'][random.below(4)]!
    const bills = few.texts.filter((_, row) => few.labels[row] === 'facture')
    const misleading = bills.flatMap((text) =>
      Array.from({ length: 4 }, () => `${text} ${stray()} ${stray()}`),
    )
    const untaught = trainClassifier({ ...few, seed: 1 })
    const misled = trainClassifier({ ...few, unlabelled: misleading, seed: 1 })
    expect(confidence(misled, 'jardin tricot', 'facture')).toBeGreaterThan(0.8)
    const novel = Array.from({ length: 40 }, () => `${stray()} ${stray()} ${stray()}`)
    const usual = toyPosts(100, 9).texts
    /** The share of pairs whose novel post is the more novel one. */
    const parted = (classifier: typeof alone) => {
      const noveltyOf = (text: string) => classifier.classify(text).novelty
      const all = usual.map(noveltyOf)
      const pairs = novel.flatMap((text) => all.map((other) => Number(noveltyOf(text) > other)))
      return pairs.reduce((sum, is) => sum + is, 0) / pairs.length
    }
    expect(parted(misled)).toBeGreaterThan(parted(untaught) - 0.005)
  })

  it('learns nothing from posts that it is not sure of', () => {
    const strange = Array.from({ length: 100 }, (_, i) => `qwxz${i} jjkk${i % 7} vvpp`)
    expect(
      trainClassifier({ texts, labels, unlabelled: strange, seed: 1 }).classify('SIM PUK'),
    ).toMatchObject({
      label: 'sim',
      confidence: alone.classify('SIM PUK').confidence,
    })
  })

  it('goes on from a parent by what people said', () => {
    const more = { texts: [...texts, 'le PUK de ma SIM'], labels: [...labels, 'sim'] }
    const refitted = trainClassifier({ ...more, unlabelled, seed: 1, parent: besides })
    expect(refitted.unlabelled).toBe(0)
    expect(refitted.model.fullFit.refits).toBe(1)
    for (const nickname of NICKNAMES.réseau) expect(refitted.classify(nickname).label).toBe('réseau')
  })

  it('refuses what is no text', () => {
    expect(() => trainClassifier({ texts, labels, unlabelled: [7 as never], seed: 1 })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
  })
})

describe('drawing posts that nobody labelled', () => {
  it('takes as many as are worth it, rising, none twice, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.integer({ min: 1, max: 12_000 }), fc.nat(9), (size, examples, seed) => {
        const rows = Int32Array.from({ length: size }, (_, at) => 3 + at)
        const drawn = drawUnlabelled(rows, examples, seed)
        expect(drawn.length).toBeLessThanOrEqual(mostUnlabelled(examples))
        expect(drawn.length === 0 || drawn.length >= examples / 5).toBe(true)
        if (size >= examples / 5)
          expect(drawn.length).toBe(
            mostUnlabelled(examples) === 0 ? 0 : Math.min(size, mostUnlabelled(examples)),
          )
        expect(
          drawn.every((row, at) => row >= 3 && row < 3 + size && (at === 0 || row > drawn[at - 1]!)),
        ).toBe(true)
        expect(drawUnlabelled(rows, examples, seed)).toEqual(drawn)
      }),
      { numRuns: 60 },
    )
    expect(mostUnlabelled(9_000)).toBe(0)
    expect(mostUnlabelled(50_000)).toBe(0)
  })
})
