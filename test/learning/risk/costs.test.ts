import { describe, expect, it } from 'vitest'
import { loadClassifier, saveClassifier } from '../../../src/learning/artefact/artefact.ts'
import { ABSTAIN_ALWAYS } from '../../../src/learning/calibration/calibration.ts'
import { likeliestOf } from '../../../src/learning/classifier.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { withBudgets } from '../../../src/learning/risk/budgets.ts'
import { costsAmong, createCostTable, type LabelCost } from '../../../src/learning/risk/costs.ts'
import { createMeanLossTest, meanLossBound } from '../../../src/learning/risk/mean-loss.ts'
import { chooseThresholds } from '../../../src/learning/risk/risk-budget.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

const labels = ['community', 'fraud', 'network', 'sim']
const COMMUNITY = 0
const FRAUD = 1
const costly: LabelCost[] = [{ truth: 'fraud', given: 'community', cost: 10 }]

/** Probabilities of four labels, some of them equal. */
function draws(count: number, seed = 7): Float64Array[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const parts = Array.from(labels, () => Math.ceil(random.next() * 8) ** 2)
    const all = parts.reduce((sum, part) => sum + part, 0)
    return Float64Array.from(parts, (part) => part / all)
  })
}

describe('a decision by expected cost', () => {
  it('is that by probability where all mistakes cost the same, whatever they cost', () => {
    const same = labels.flatMap((truth) =>
      labels.filter((given) => given !== truth).map((given) => ({ truth, given, cost: 4 })),
    )
    for (const costs of [[], same]) {
      const table = createCostTable(labels, costs)
      for (const probabilities of draws(500)) {
        const { given, likeliest, score, expectedCost } = table.decide(probabilities)
        const most = Math.max(...probabilities)
        expect(given).toBe(probabilities.indexOf(most))
        expect(likeliest).toBe(given)
        expect(score).toBeCloseTo(most, 12)
        expect(expectedCost).toBeCloseTo((1 - most) * (costs.length > 0 ? 4 : 1), 12)
      }
    }
  })

  it('has the least expected cost of all labels, by the definition', () => {
    const costs = [...costly, { truth: 'sim', given: 'network', cost: 0.2 }]
    const table = createCostTable(labels, costs)
    for (const probabilities of draws(500)) {
      const expectedOf = (given: number) =>
        labels.reduce((sum, _, truth) => sum + probabilities[truth]! * table.of(truth, given), 0)
      const all = labels.map((_, given) => expectedOf(given))
      const { given, score, expectedCost, likeliestCost, likeliest } = table.decide(probabilities)
      expect(all[given]).toBeCloseTo(Math.min(...all), 12)
      expect(expectedCost).toBeCloseTo(all[given]!, 12)
      expect(likeliestCost).toBeCloseTo(all[likeliest]!, 12)
      expect(score).toBeCloseTo(1 - all[given]! / 10, 12)
    }
  })

  it('moves to the safe label as soon as the dear mistake outweighs the ordinary ones', () => {
    const table = createCostTable(labels, costly)
    const given = (fraud: number) => table.decide(Float64Array.of(0.9 - fraud, fraud, 0.05, 0.05)).given
    // 10 · p(fraud) + 0.1 = 1 − p(fraud) at p(fraud) = 0.9 / 11
    expect(given(0.9 / 11 - 0.001)).toBe(COMMUNITY)
    expect(given(0.9 / 11 + 0.001)).toBe(FRAUD)
  })

  it('rests on the costs of known labels that differ from the ordinary one, and on nothing where there are none', () => {
    const stated = [
      { truth: 'sim', given: 'fraud', cost: 1 },
      { truth: 'fraud', given: 'spam', cost: 5 },
    ]
    expect(costsAmong(labels, stated)).toBeUndefined()
    expect(costsAmong(labels, [...stated, ...costly])).toEqual(costly)
    for (const wrong of [
      { truth: 'fraud', given: 'fraud', cost: 2 },
      { truth: 'fraud', given: 'sim', cost: 0 },
      { truth: 'fraud', given: 'sim', cost: Number.NaN },
      { truth: 'fraud', given: 'sim', cost: 1001 },
    ])
      expect(() => costsAmong(labels, [wrong])).toThrow(/cost/)
    expect(() => costsAmong(labels, [...costly, ...costly])).toThrow(/once/)
  })
})

describe('a budget of mean cost', () => {
  const bounds = { largest: 10, isBinary: false }

  it('is rejected at a mean above it as rarely as the failure probability states, however the losses are spread', () => {
    const kinds: ((u: number) => number)[] = [
      (u) => (u < 0.02 ? 10 : 0), // rare and dear: 0.2
      (u) => (u < 0.2 ? 1 : 0), // frequent and ordinary: 0.2
      (u) => (u < 0.01 ? 10 : u < 0.11 ? 1 : 0), // both: 0.2
    ]
    for (const [kind, lossAt] of kinds.entries()) {
      const random = createRandom(kind + 1)
      let passed = 0
      for (let draw = 0; draw < 1000; draw++) {
        const test = createMeanLossTest({ budget: 0.2, failureProbability: 0.05 }, bounds)
        for (let row = 0; row < 300; row++) test.add(lossAt(random.next()))
        if (test.passes()) passed++
      }
      expect(passed).toBeLessThanOrEqual(50)
    }
  })

  it('is passed by enough cheap mistakes, in any order, and bounds their mean from above', () => {
    const losses = Array.from({ length: 2000 }, (_, row) => (row % 20 === 0 ? 1 : 0))
    const passes = (budget: number, order: readonly number[]) => {
      const test = createMeanLossTest({ budget, failureProbability: 0.005 }, bounds)
      for (const loss of order) test.add(loss)
      return test.passes()
    }
    const bound = meanLossBound(losses, 0.005, bounds)
    expect(bound).toBeGreaterThan(0.05)
    expect(bound).toBeLessThan(0.12)
    for (const order of [losses, losses.toReversed(), losses.toSorted()]) {
      expect(passes(bound + 1e-6, order)).toBe(true)
      expect(passes(bound - 1e-6, order)).toBe(false)
    }
  })

  it('is kept by the thresholds among as many other posts, where one mistake is dear', () => {
    const table = createCostTable(labels, costly)
    /** Given `community`; of a post of confidence `1 − u²`, `0.3 u²` are wrong and a third of these are fraud. */
    const draw = (seed: number, rows: number) => {
      const random = createRandom(seed)
      const truths = new Uint32Array(rows)
      const confidences = Float64Array.from({ length: rows }, (_, row) => {
        const u = random.next()
        const wrong = random.next() < 0.3 * u * u
        truths[row] = wrong ? (random.next() < 1 / 3 ? FRAUD : 2) : COMMUNITY
        return 1 - u * u
      })
      return { truths, likeliest: new Uint32Array(rows), confidences, costs: table }
    }
    /** The mean cost of those of confidence `t` and more is `4 · 0.3 · (1 − t) / 3`: a third cost 10, the others 1. */
    const meanCostAt = (threshold: number) => (4 * 0.3 * (1 - threshold)) / 3
    let exceeded = 0
    let coverage = 0
    for (let seed = 1; seed <= 100; seed++) {
      const facet = { budget: 0.2, failureProbability: 0.05 }
      const chosen = chooseThresholds(labels, draw(seed, 3000), { facet }).dear!
      if (chosen.threshold !== ABSTAIN_ALWAYS) {
        expect(chosen.cost!.upperBound).toBeLessThanOrEqual(0.2 + 1e-6)
        if (meanCostAt(chosen.threshold) > 0.2) exceeded++
      }
      coverage += chosen.coverage / 100
    }
    expect(exceeded).toBeLessThanOrEqual(5)
    // One who knew the risk could assign `√0.5` of all.
    expect(coverage).toBeGreaterThan(0.4)
  })
})

describe('labels that dear mistakes concern', () => {
  it('are tested apart, so that the others are assigned as they were', () => {
    const random = createRandom(5)
    const rows = 1200
    const likeliest = Uint32Array.from({ length: rows }, () => random.below(4))
    const confidences = Float64Array.from({ length: rows }, () => 1 - 0.1 * random.next())
    // A few of the least sure are wrong.
    const truths = likeliest.map((given, row) =>
      confidences[row]! < 0.91 && random.next() < 0.05 ? (given + 2) % 4 : given,
    )
    const predictions = { truths, likeliest, confidences }
    const facet = { budget: 0.05, failureProbability: 0.005 }
    const plain = chooseThresholds(labels, predictions, { facet })
    const table = createCostTable(labels, [{ truth: 'fraud', given: 'community', cost: 50 }])
    const costed = chooseThresholds(labels, { ...predictions, costs: table }, { facet })
    expect(plain).not.toHaveProperty('dear')
    expect(plain.facet.coverage).toBe(1)
    expect(costed.facet.coverage).toBe(1)
    expect(costed.dear).toMatchObject({ labels: ['community'], threshold: ABSTAIN_ALWAYS })
    const own = chooseThresholds(
      labels,
      { ...predictions, costs: table },
      { facet, labels: { network: 0.05, community: 0.05 } },
    )
    expect(own.labels.network).toMatchObject({ bound: 'own', coverage: 1 })
    // 300 posts do not suffice for its own budget, so it falls back on the threshold of dear labels.
    expect(own.labels.community).toMatchObject({ bound: 'facet', threshold: ABSTAIN_ALWAYS })
  })
})

describe('a classifier with costs', () => {
  const { texts, labels: given } = toyPosts(300)
  const [first, second] = [...new Set(given)].sort() as [string, string]
  const costs = [{ truth: first, given: second, cost: 20 }]
  const train = (stated?: readonly LabelCost[]) =>
    trainClassifier({ texts, labels: given, seed: 3, costs: stated, riskBudget: 0.3 })

  it('is the same to the last byte where no stated cost concerns it', async () => {
    const [plain, stated] = await Promise.all(
      [
        train(),
        train([
          { truth: first, given: second, cost: 1 },
          { truth: first, given: 'nobody’s', cost: 9 },
        ]),
      ].map(saveClassifier),
    )
    expect(stated).toEqual(plain)
  })

  it('gives the safe label to doubtful texts, keeps its probabilities, and comes back from its artefact with its costs', async () => {
    const [plain, costed] = [train(), train(costs)]
    const files = await saveClassifier(costed)
    const loaded = loadClassifier(files)
    expect(loaded.model.costs).toEqual(costs)
    const doubtful = texts.map((text, row) => `${text} ${texts[(row * 7 + 1) % texts.length]}`)
    let moved = 0
    for (const text of doubtful) {
      const before = plain.classify(text)
      const now = loaded.classify(text)
      expect(now).toEqual(costed.classify(text))
      expect([...loaded.predict(text)]).toEqual([...plain.predict(text)])
      expect(likeliestOf(now)).toEqual({ label: before.label, confidence: before.confidence })
      if (now.label === before.label) continue
      moved++
      expect(before.label).toBe(second)
      expect(now.costs!.expected).toBeLessThan(now.costs!.expectedOfLikeliest)
    }
    expect(moved).toBeGreaterThan(0)
    // What would be free of mistakes is assigned under a budget that allows everything, with the same costs.
    const lenient = withBudgets(loaded, { facet: { budget: 1, failureProbability: 0.005 } })
    expect(lenient.model.costs).toEqual(costs)
    expect(lenient.heldOutSummary.meanCost).toBeLessThanOrEqual(1)
  })

  it('is refused as corrupt where its costs are none of its labels, and as unsupported where its format knows no costs', async () => {
    const files = await saveClassifier(train(costs))
    const about = JSON.parse(Buffer.from(files['classifier.json']).toString())
    const broken = (change: object) => () =>
      loadClassifier({
        ...files,
        'classifier.json': Buffer.from(JSON.stringify({ ...about, ...change })),
      })
    const code = (code: string) => expect.objectContaining({ code })
    expect(broken({ costs: [{ ...costs[0], given: 'mood' }] })).toThrow(code('ARTEFACT_CORRUPT'))
    expect(broken({ costs: [{ ...costs[0], cost: -1 }] })).toThrow(code('ARTEFACT_CORRUPT'))
    expect(broken({ costs: null })).toThrow(code('ARTEFACT_CORRUPT'))
    expect(broken({ format: 5 })).toThrow(code('ARTEFACT_UNSUPPORTED'))
  })

  it('is trained anew rather than fitted further when costs changed', () => {
    const parent = trainClassifier({ texts: texts.slice(0, 290), labels: given.slice(0, 290), seed: 3 })
    const further = { texts, labels: given, seed: 3, parent }
    expect(trainClassifier(further).model.fullFit.refits).toBe(1)
    const costed = trainClassifier({ ...further, costs })
    expect(costed.model.fullFit.refits).toBe(0)
    expect(costed.heldOutPredictions).toBeDefined()
  })
})
