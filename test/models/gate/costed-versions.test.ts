import { expect, it } from 'vitest'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { comparePredictions } from '../../../src/models/gate/compare-predictions.ts'
import { evaluateCandidate } from '../../../src/models/gate/evaluate-candidate.ts'
import {
  heldOutPredictionsOf,
  packPredictions,
  unpackPredictions,
} from '../../../src/models/gate/held-out-predictions.ts'
import type { TrainingExample } from '../../../src/models/training/training-example.ts'
import { toyPosts } from '../../learning/toy-posts.ts'

const posts = toyPosts(300)
/** Every third post is about two subjects, under the label of one. */
const texts = posts.texts.map((text, row) => (row % 3 === 1 ? `${text} ${posts.texts[row - 1]}` : text))
const { labels } = posts
const learned = texts.map(
  (text, row): TrainingExample => ({
    id: `t${row}`,
    text,
    label: labels[row]!,
    language: 'fr',
    use: 'learned',
  }),
)
const ids = learned.map(({ id }) => id)
const costs = [{ truth: 'facture', given: 'réseau', cost: 20 }]

it('compares versions by their likeliest labels, whatever mistakes cost, and counts what is assigned by cost', async () => {
  const input = { texts, labels, seed: 1, riskBudget: 1 }
  const plain = trainClassifier(input)
  const costed = trainClassifier({ ...input, costs })
  const before = heldOutPredictionsOf(plain, ids)!
  const heldOut = heldOutPredictionsOf(costed, ids)!
  expect(await unpackPredictions(await packPredictions(heldOut))).toEqual(heldOut)
  expect(before.rows.every(({ decided }) => decided === undefined)).toBe(true)
  expect(heldOut.rows.map(({ label }) => label)).toEqual(before.rows.map(({ label }) => label))
  const moved = heldOut.rows.filter(({ label, decided }) => decided!.label !== label)
  expect(moved.length).toBeGreaterThan(0)
  expect(new Set(moved.map(({ label }) => label))).toEqual(new Set(['réseau']))

  const candidate = { learned, audit: [], classifier: costed, heldOut }
  const active = { heldOut: before, classifier: plain }
  const comparisons = comparePredictions(candidate, active, { auditSuffices: false })
  const cases = comparisons.flatMap((each) => (each.on === 'held-out' ? each.cases : []))
  expect(cases).toHaveLength(texts.length)
  expect(cases.every((each) => each.before === each.now)).toBe(true)

  const { evaluation } = evaluateCandidate(candidate, {
    version: 1,
    baseline: active,
    comparisons,
    tests: [],
  })
  expect(evaluation.candidate.accuracy).toBeCloseTo(costed.heldOutSummary.accuracy, 9)
  const assigned = heldOut.rows.filter((row) => row.assigned)
  expect(assigned.length).toBeGreaterThan(0)
  expect(evaluation.candidate.coverage).toBeCloseTo(assigned.length / heldOut.rows.length, 9)
  const wrong = assigned.filter(({ decided, truth }) => decided!.label !== truth)
  expect(evaluation.candidate.wrongAmongAssigned).toBeCloseTo(wrong.length / assigned.length, 9)
})
