import { join } from 'node:path'
import { learnConfidently, suspicionOf } from '../../../dist/learning/agreement/confident-learning.js'
import { findContradictions } from '../../../dist/learning/agreement/contradictions.js'
import { crossPredict } from '../../../dist/learning/agreement/find-label-issues.js'
import { createRandom, shuffle } from '../../../dist/learning/random.js'
import { readLabelled } from '../learning/data-sets.mjs'
import { percent, table } from '../page.mjs'

export const name = 'suspects'

const FLIPPED = 0.05
const SETS = [
  ['banking77', 'en'],
  ['clinc150', 'en'],
  ['code-du-travail-fr', 'fr'],
]

/** Training labels flipped at random to another label, and how many of the most suspect as many were flipped. */
export async function run({ data, seeds, log }) {
  const rows = []
  const pairs = []
  for (const [set, language] of SETS) {
    const examples = readLabelled(join(data, 'classification', set, 'train.csv'), language)
    const runs = []
    for (let seed = 1; seed <= seeds; seed++) {
      const start = performance.now()
      runs.push(measure(examples, seed))
      const { confident, flagged, flips } = runs.at(-1)
      const seconds = ((performance.now() - start) / 1000).toFixed(0)
      log(
        `${set}, seed ${seed}: ${percent(confident)}, ${flagged} suspects of ${flips} flipped, ${seconds} s`,
      )
    }
    const mean = (figure) => runs.reduce((sum, each) => sum + each[figure], 0) / runs.length
    const least = Math.min(...runs.map(({ confident }) => confident))
    rows.push([
      set,
      String(examples.length),
      `**${percent(mean('confident'))}** (${percent(least)})`,
      percent(mean('disagreeing')),
      percent(mean('unsure')),
      Math.round(mean('flagged')),
      percent(mean('caught')),
      `${Math.round(mean('errors'))} of ${Math.round(mean('flips'))}`,
    ])
    pairs.push([set, Math.round(mean('pairs')), percent(mean('pairPrecision'))])
  }
  return [
    `Each training label was flipped with the next ones to another label, drawn at random, for ${percent(FLIPPED)} of the rows; ${seeds} seeds, means (and the worst). Precision among the most suspect ${percent(FLIPPED)}: by confident learning, as shipped; by the confidence of another label, out of fold; by the want of confidence of the given label. Then how many rows are called suspects, which share of the flipped is among them, and the errors estimated. Labels that were wrong before are counted against all.`,
    '',
    table(
      [
        'training set',
        'rows',
        'confident learning',
        'another label likeliest',
        'own label unlikely',
        'suspects',
        'flipped among them',
        'errors estimated',
      ],
      rows,
    ),
    '',
    'Contradictions between near-duplicates (cosine 0.9 and more), and the share of them in which a label was flipped:',
    '',
    table(['training set', 'pairs', 'with a flipped label'], pairs),
  ]
}

function measure(examples, seed) {
  const { labels, flipped } = flip(
    examples.map(({ label }) => label),
    seed,
  )
  const prediction = crossPredict({ texts: examples.map(({ text }) => text), labels, seed })
  const { targets, order } = prediction
  const isFlipped = (row) => flipped.has(order[row])
  const judged = Array.from(targets, (_, row) => suspicionOf(prediction, row))
  const top = (ranked) =>
    ranked.slice(0, flipped.size).filter(({ row }) => isFlipped(row)).length / flipped.size
  const { suspects, errors } = learnConfidently(prediction)
  const pairs = findContradictions(prediction.rows, targets, { least: 0.9, most: 1e6 })
  return {
    confident: top(suspects),
    disagreeing: top(
      judged
        .filter(({ margin }) => margin > 0)
        .sort((a, b) => b.margin + b.ownConfidence - a.margin - a.ownConfidence),
    ),
    margin: top([...judged].sort((a, b) => b.margin - a.margin)),
    unsure: top([...judged].sort((a, b) => a.ownConfidence - b.ownConfidence)),
    flagged: suspects.length,
    caught: suspects.filter(({ row }) => isFlipped(row)).length / flipped.size,
    errors,
    flips: flipped.size,
    pairs: pairs.length,
    pairPrecision:
      pairs.filter(({ one, other }) => isFlipped(one) || isFlipped(other)).length / (pairs.length || 1),
  }
}

function flip(labels, seed) {
  const random = createRandom(seed)
  const names = [...new Set(labels)].sort()
  const rows = shuffle([...labels.keys()], random).slice(0, Math.round(labels.length * FLIPPED))
  const given = [...labels]
  for (const row of rows) {
    const others = names.filter((label) => label !== labels[row])
    given[row] = others[random.below(others.length)]
  }
  return { labels: given, flipped: new Set(rows) }
}
