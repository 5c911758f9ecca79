import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ABSTAIN_ALWAYS } from '../../../src/learning/calibration/calibration.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { chooseThresholds, type RiskBudgets } from '../../../src/learning/risk/risk-budget.ts'

const facet = { budget: 0.05, failureProbability: 0.05 }
const falling = (n: number) => Float64Array.from({ length: n }, (_, i) => 1 - i / (n + 1))

/** Rows of one class, right or not. */
function rowsOf(confidences: Float64Array, isRight: (row: number) => boolean) {
  const likeliest = new Uint32Array(confidences.length)
  return { likeliest, confidences, truths: likeliest.map((_, row) => (isRight(row) ? 0 : 1)) }
}
const chosenFor = (confidences: Float64Array, isRight: (row: number) => boolean, risk = facet) =>
  chooseThresholds(['a', 'b'], rowsOf(confidences, isRight), { facet: risk }).facet

describe('the threshold of a facet', () => {
  it('needs 59 faultless rows for a budget and a failure probability of 0.05', () => {
    expect(chosenFor(falling(58), () => true)).toMatchObject({ threshold: ABSTAIN_ALWAYS, assigned: 0 })
    expect(chosenFor(falling(59), () => true)).toMatchObject({ threshold: falling(59)[58], coverage: 1 })
  })

  it('abstains on everything where two thirds are wrong, however strict the budget', () => {
    for (const budget of [0.3, 0.1, 0.05, 0.02, 0.01])
      expect(
        chosenFor(falling(652), (row) => row % 3 === 0, { budget, failureProbability: 0.005 }),
      ).toMatchObject({ threshold: ABSTAIN_ALWAYS, assigned: 0 })
  })

  it('abstains on everything when nothing meets the budget, and when there is nothing', () => {
    expect(chosenFor(falling(500), () => false)).toEqual({
      budget: 0.05,
      threshold: ABSTAIN_ALWAYS,
      cases: 500,
      coverage: 0,
      assigned: 0,
      wrong: 0,
      upperBound: 1,
    })
    expect(chosenFor(new Float64Array(), () => true).threshold).toBe(ABSTAIN_ALWAYS)
    expect(chosenFor(falling(500), () => true, { budget: 0, failureProbability: 0.05 }).threshold).toBe(
      ABSTAIN_ALWAYS,
    )
    expect(ABSTAIN_ALWAYS).toBeGreaterThan(1)
  })

  it('assigns everything under a budget that allows everything', () => {
    expect(chosenFor(falling(40), () => false, { budget: 1, failureProbability: 0.05 }).coverage).toBe(1)
  })

  it('parts the rows that are right from those that are not', () => {
    const { threshold, wrong, upperBound } = chosenFor(falling(400), (row) => row < 200)
    expect(threshold).toBeLessThanOrEqual(falling(400)[195]!)
    expect(threshold).toBeGreaterThan(falling(400)[212]!)
    expect(wrong).toBeLessThan(10)
    expect(upperBound).toBeLessThanOrEqual(0.05)
  })

  it('never parts rows of equal confidence', () => {
    const { threshold } = chosenFor(new Float64Array(200).fill(0.9), (row) => row < 150)
    expect(threshold).toBe(ABSTAIN_ALWAYS)
  })

  it('stops at the first threshold that fails, whatever follows', () => {
    // All wrong rows are in the second quarter; with the others the share would be small enough again.
    const { threshold } = chosenFor(falling(4000), (row) => row < 1000 || row > 1100)
    expect(threshold).toBeGreaterThan(falling(4000)[1100]!)
  })

  it('tries thresholds that depend on the confidences alone', () => {
    const confidences = falling(300)
    const { threshold } = chosenFor(confidences, () => true)
    const { threshold: fewer } = chosenFor(confidences, (row) => row < 250)
    expect(threshold).toBe(confidences[299])
    // Both stop on the grid that 300 rows give: from 59 on in steps of 2.
    expect((confidences.indexOf(fewer) - 58) % 2).toBe(0)
  })

  it('does not give up because of one wrong row among the most confident of many', () => {
    expect(chosenFor(falling(1000), (row) => row !== 3).coverage).toBe(1)
  })

  it('keeps the bound on the rows it was chosen on', () => {
    const counts = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(fc.nat(), counts, (seed, n) => {
        const random = createRandom(seed)
        const confidences = Float64Array.from({ length: n }, () => random.next())
        const right = confidences.map((p) => (random.next() < p ** 0.1 ? 1 : 0))
        const { upperBound, assigned } = chosenFor(confidences, (row) => right[row] === 1)
        if (assigned > 0) expect(upperBound).toBeLessThanOrEqual(facet.budget + 1e-8)
      }),
    )
  })
})

describe('the threshold of a label with a budget of its own', () => {
  const labels = ['invoice', 'network', 'rare']
  /** 300 rows called `invoice`, always right, 300 called `network`, right above 0.5, 20 called `rare`. */
  const called = [...Array(300).fill(0), ...Array(300).fill(1), ...Array(20).fill(2)]
  const confidences = Float64Array.from(called, (_, row) => 1 - (row % 300) / 301)
  const predictions = {
    confidences,
    likeliest: Uint32Array.from(called),
    truths: Uint32Array.from(called, (c, row) => (c === 1 && confidences[row]! < 0.5 ? 0 : c)),
  }
  const choose = (budgets: RiskBudgets['labels']) =>
    chooseThresholds(labels, predictions, { facet, ...(budgets && { labels: budgets }) })

  it('is chosen on the rows that were given the label', () => {
    const { labels: chosen, facet: bound } = choose({ invoice: 0.01 })
    expect(chosen.invoice).toMatchObject({ bound: 'own', budget: 0.01, cases: 300, coverage: 1, wrong: 0 })
    expect(bound.cases).toBe(320)
  })

  it('leaves other labels to the facet, whose bound is on them alone', () => {
    const all = choose(undefined)
    expect(all.labels).toEqual({})
    expect(all.facet.cases).toBe(620)
    const { facet: bound } = choose({ network: 0.2 })
    expect(bound).toMatchObject({ cases: 320, coverage: 1 })
  })

  it('falls back to the bound of the facet where too few rows were given the label, and says so', () => {
    const { labels: chosen, facet: bound } = choose({ rare: 0.1 })
    expect(chosen.rare).toMatchObject({
      bound: 'facet',
      reason: 'too-few-cases',
      needed: 29,
      cases: 20,
      budget: 0.1,
      threshold: bound.threshold,
    })
    expect(bound.cases).toBe(620)
  })

  it('is never assigned where the budget cannot be kept, without falling back', () => {
    const { labels: chosen } = choose({ network: 0 })
    expect(chosen.network).toMatchObject({ bound: 'own', threshold: ABSTAIN_ALWAYS, coverage: 0 })
  })

  it('is not chosen for labels that are not known', () => {
    expect(choose({ toString: 0.1, gone: 0.1 }).labels).toEqual({})
  })

  it.each([[{ invoice: 1.5 }], [{ invoice: Number.NaN }], [{ invoice: '0.1' as unknown as number }]])(
    'is refused for a budget that is no share: %j',
    (budgets) => {
      expect(() => choose(budgets)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
    },
  )
})
