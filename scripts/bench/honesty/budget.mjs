/**
 * Risk budgets over 200 random splits: thresholds are chosen on one half of the out-of-fold predictions of a training
 * file, and the share of wrong labels among what they assign is counted on the other half.
 */
import { ABSTAIN_ALWAYS } from '../../../dist/learning/calibration/calibration.js'
import { createRandom, shuffle } from '../../../dist/learning/random.js'
import { chooseThresholds, DEFAULT_FAILURE_PROBABILITY } from '../../../dist/learning/risk/risk-budget.js'
import { percent, readSet, table, trainOn } from './public-sets.mjs'

export const name = 'budget'

const SPLITS = 200
const BUDGETS = [0.05, 0.02]
/** Labels with a budget of their own: the most frequent. */
const OWN_LABELS = 3

export async function run({ data, log }) {
  const banking = readSet(data, 'banking77', 'train')
  const sets = {
    banking77: banking,
    'banking77, topics': { ...banking, labels: banking.labels.map(topicOf) },
    'code-du-travail-fr': readSet(data, 'code-du-travail-fr', 'train'),
  }
  const rows = Object.entries(sets).flatMap(([set, posts]) => {
    log(set)
    const { labels, heldOutPredictions: predictions } = trainOn(posts)
    return BUDGETS.map((budget) => [set, ...splitsOf(labels, predictions, budget)])
  })
  log('made up')
  const madeUp = BUDGETS.map((budget) => [
    'made up',
    ...splitsOf(LABELS, draw(1, 12_000), budget, LABELS.slice(0, 3)),
  ])
  return [
    `Over ${SPLITS} random halvings: how often the share of wrong labels among what is assigned, counted on the half that`,
    `thresholds were not chosen on, exceeds the budget (asked: at most 5 %), at the default failure probability of ${DEFAULT_FAILURE_PROBABILITY}. The counted`,
    'share varies by chance itself; what it is among all posts is known of made-up ones alone, below.',
    'Public sets: out-of-fold predictions; topics: the labels of banking77 in five groups by their names; made up: 12,000',
    'posts of four labels that are wrong at known rates. *Label*: of the three most frequent, with the same budget each.',
    '',
    ...table(
      [
        'set',
        'budget',
        'rows a half',
        'coverage',
        'facet exceeded',
        'label exceeded',
        'labels held to the facet’s bound',
      ],
      [...rows, ...madeUp],
    ),
    '',
    ...known(),
  ]
}

function splitsOf(labels, predictions, budget, named = mostFrequent(labels, predictions)) {
  const n = predictions.truths.length
  const own = Object.fromEntries(named.map((label) => [label, budget]))
  const budgets = { facet: { budget, failureProbability: DEFAULT_FAILURE_PROBABILITY }, labels: own }
  let exceeded = 0
  let coverage = 0
  let labelExceeded = 0
  let labelCases = 0
  let fallen = 0
  for (let split = 1; split <= SPLITS; split++) {
    const order = Array.from(
      shuffle(
        Int32Array.from({ length: n }, (_, row) => row),
        createRandom(split),
      ),
    )
    const chosenOn = pick(predictions, order.slice(0, n >> 1))
    const others = order.slice(n >> 1)
    const alone = chooseThresholds(labels, chosenOn, { facet: budgets.facet }).facet
    const assigned = others.filter((row) => predictions.confidences[row] >= alone.threshold)
    coverage += assigned.length / others.length / SPLITS
    if (isExceeded(predictions, assigned, budget)) exceeded++
    for (const [label, { bound, threshold }] of Object.entries(
      chooseThresholds(labels, chosenOn, budgets).labels,
    )) {
      if (bound === 'facet') fallen++
      if (bound === 'facet') continue
      labelCases++
      if (threshold === ABSTAIN_ALWAYS) continue
      const given = others.filter(
        (row) => labels[predictions.likeliest[row]] === label && predictions.confidences[row] >= threshold,
      )
      if (isExceeded(predictions, given, budget)) labelExceeded++
    }
  }
  return [
    percent(budget, 0),
    n >> 1,
    percent(coverage),
    `**${percent(exceeded / SPLITS)}**`,
    labelCases > 0 ? `**${percent(labelExceeded / labelCases)}** of ${labelCases}` : '–',
    percent(fallen / (SPLITS * named.length), 0),
  ]
}

function isExceeded({ truths, likeliest }, rows, budget) {
  return rows.filter((row) => truths[row] !== likeliest[row]).length > budget * rows.length
}

function pick({ truths, likeliest, confidences }, rows) {
  return {
    truths: rows.map((row) => truths[row]),
    likeliest: rows.map((row) => likeliest[row]),
    confidences: rows.map((row) => confidences[row]),
  }
}

function mostFrequent(labels, { likeliest }) {
  const counts = new Map(labels.map((label) => [label, 0]))
  for (const c of likeliest) counts.set(labels[c], counts.get(labels[c]) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, OWN_LABELS)
    .map(([label]) => label)
}

/** A coarse facet, whose labels have cases enough for bounds of their own. */
function topicOf(label) {
  if (/top_up|topping/.test(label)) return 'top-up'
  if (/transfer|beneficiary|receiving/.test(label)) return 'transfer'
  if (/cash|atm/.test(label)) return 'cash'
  return /card|pin|contactless/.test(label) ? 'card' : 'other'
}

const LABELS = ['invoice', 'network', 'travel', 'other']
/** A row of confidence `1 - u²` is wrong with probability `STEEPNESS · u²`, for even `u`. */
const STEEPNESS = 0.4

function draw(seed, rows) {
  const random = createRandom(seed)
  const likeliest = new Uint32Array(rows)
  const truths = new Uint32Array(rows)
  const confidences = Float64Array.from({ length: rows }, (_, row) => {
    const u = random.next()
    likeliest[row] = random.below(LABELS.length)
    truths[row] = random.next() < STEEPNESS * u * u ? LABELS.length : likeliest[row]
    return 1 - u * u
  })
  return { likeliest, truths, confidences }
}

/** Made-up posts, whose share of wrong labels above a threshold is known: `STEEPNESS · (1 - threshold) / 3`. */
function known() {
  const budget = 0.05
  const rows = [0.05, DEFAULT_FAILURE_PROBABILITY].map((failureProbability) => {
    let exceeded = 0
    let coverage = 0
    for (let seed = 1; seed <= SPLITS; seed++) {
      const { facet } = chooseThresholds(LABELS, draw(seed, 2000), { facet: { budget, failureProbability } })
      if ((STEEPNESS * (1 - facet.threshold)) / 3 > budget) exceeded++
      coverage += facet.coverage / SPLITS
    }
    const best = Math.sqrt((3 * budget) / STEEPNESS)
    return [failureProbability, `${percent(exceeded / SPLITS)}`, percent(coverage), percent(best)]
  })
  return [
    `Made-up posts, ${SPLITS} draws of 2,000, budget 5 %: how often the share among *all* posts exceeds it.`,
    '',
    ...table(['failure probability', 'exceeded', 'coverage', 'coverage if the risk were known'], rows),
  ]
}
