import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { compareOverconfidence } from '../../../dist/learning/calibration/calibration-parity.js'
import { createRandom } from '../../../dist/learning/random.js'
import { holm } from '../../../dist/learning/statistics/holm.js'
import { compareProportions, wilsonInterval } from '../../../dist/learning/statistics/proportions.js'
import { trainClassifier } from '../../../dist/learning/training/train-classifier.js'
import { stableFraction } from '../../../dist/platform/ids.js'

export const name = 'audit'

/** Share of routed posts that is drawn. */
const SHARE = 0.03
/** Draws for each seed asked for: 1,000 of the usual five. */
const DRAWS = 200

/** Months of daily looks at two languages that a model treats alike, for each seed asked for. */
const HISTORIES = 60
const DAYS = 90
const POSTS_A_DAY = 4
const ENOUGH = 30

/**
 * Whether intervals from the audit slice hold the true figures as often as they say, and how far off figures are that
 * rest on what agents happen to label. The posts are banking77's test set, the model learned from its training set.
 */
export async function run({ data, seeds, log }) {
  const posts = judgePosts(join(data, 'classification/banking77'), log)
  const truth = figuresOf(posts)
  log(`true accuracy ${percent(truth.accuracy)}, coverage ${percent(truth.coverage)}`)
  const draws = DRAWS * seeds
  const ways = {
    [`audit slice, ${percent(SHARE, 0)} by hash of the id`]: (draw) =>
      posts.filter((_, post) => stableFraction('audit-slice', `draw ${draw}`, `post ${post}`) < SHARE),
    'what agents notice: one wrong label in two, one right label in twenty confirmed': noticed,
    'the same number, those the model is least sure of first': leastSure,
  }
  const rows = Object.entries(ways).map(([way, choose]) => rowOf(way, truth, draws, choose))
  const alarms = falseAlarms(posts, HISTORIES * seeds)
  return [
    `banking77: ${posts.length} test posts, of which the model has ${percent(truth.accuracy)} right; it assigns ${percent(truth.coverage)}, ${percent(truth.wrongAmongAssigned)} of those wrongly. ${draws} times some of them are labelled; an interval is at 95 %.`,
    '',
    '| labelled | posts, mean | accuracy said, mean | intervals that hold: accuracy | coverage | wrong among assigned |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `Parity: the same posts dealt into two languages at random, ${POSTS_A_DAY} a day and language for ${DAYS} days, ${HISTORIES * seeds} times. A model that treats both alike raises an alert at some time in ${percent(alarms.spent)} of them; with a test at 5 % each day it would in ${percent(alarms.daily)}.`,
  ]

  function noticed(draw) {
    const random = createRandom(draw)
    return posts.filter(({ right }) => random.next() < (right ? 0.05 : 0.5))
  }

  function leastSure(draw) {
    const random = createRandom(draw)
    const asked = posts.filter(() => random.next() < 10 * SHARE)
    return asked.sort((a, b) => a.confidence - b.confidence).slice(0, Math.round(SHARE * posts.length))
  }
}

function judgePosts(folder, log) {
  const read = (file) => parse(readFileSync(join(folder, file)), { columns: true, bom: true })
  const train = read('train.csv')
  const classifier = trainClassifier({
    texts: train.map(({ text }) => text),
    labels: train.map(({ label }) => label),
    seed: 1,
  })
  log(`learned from ${train.length} posts`)
  return read('test.csv').map(({ text, label: truth }) => {
    const { label, confidence, decision } = classifier.classify(text)
    return { right: label === truth, confidence, assigned: decision === 'assigned' }
  })
}

function figuresOf(posts) {
  const assigned = posts.filter((post) => post.assigned)
  return {
    accuracy: share(posts, ({ right }) => right),
    coverage: share(posts, (post) => post.assigned),
    wrongAmongAssigned: share(assigned, ({ right }) => !right),
    n: posts.length,
    nAssigned: assigned.length,
  }
}

function rowOf(way, truth, draws, choose) {
  const holds = { accuracy: 0, coverage: 0, wrongAmongAssigned: 0 }
  let [said, labelled] = [0, 0]
  for (let draw = 1; draw <= draws; draw++) {
    const figures = figuresOf(choose(draw))
    said += figures.accuracy
    labelled += figures.n
    for (const figure of Object.keys(holds)) {
      const [low, high] = wilsonInterval(
        figures[figure],
        figure === 'wrongAmongAssigned' ? figures.nAssigned : figures.n,
      )
      if (low <= truth[figure] && truth[figure] <= high) holds[figure]++
    }
  }
  const rates = Object.values(holds).map((count) => percent(count / draws))
  return `| ${way} | ${Math.round(labelled / draws)} | ${percent(said / draws)} | ${rates.join(' | ')} |`
}

/** How often alerts are raised of two languages that are alike: as the product looks, and with a test each day. */
function falseAlarms(posts, histories) {
  let [spent, daily] = [0, 0]
  for (let history = 1; history <= histories; history++) {
    const random = createRandom(history)
    const [fr, en] = [[], []]
    let [looks, last] = [0, 0]
    const alarm = { spent: false, daily: false }
    for (let day = 0; day < DAYS; day++) {
      for (const language of [fr, en])
        for (let post = 0; post < POSTS_A_DAY; post++) language.push(posts[random.below(posts.length)])
      if (fr.length < ENOUGH) continue
      const least = Math.min(...holm(pValues(fr, en)))
      alarm.daily ||= least <= 0.05
      if (looks > 0 && fr.length + en.length < 1.25 * last) continue
      looks++
      last = fr.length + en.length
      alarm.spent ||= least <= 0.05 / (looks * (looks + 1))
    }
    if (alarm.spent) spent++
    if (alarm.daily) daily++
  }
  return { spent: spent / histories, daily: daily / histories }
}

function pValues(fr, en) {
  const tally = (posts, holds) => ({ count: posts.filter(holds).length, of: posts.length })
  const said = (posts) => ({
    confidences: Float64Array.from(posts, ({ confidence }) => confidence),
    correct: Uint8Array.from(posts, ({ right }) => (right ? 1 : 0)),
  })
  const proportions = [({ right }) => right, ({ assigned }) => assigned].map(
    (holds) => compareProportions(tally(fr, holds), tally(en, holds)).p,
  )
  return [...proportions, compareOverconfidence(said(fr), said(en)).p]
}

function share(items, holds) {
  return items.length > 0 ? items.filter(holds).length / items.length : 0
}

function percent(value, digits = 1) {
  return `${(100 * value).toFixed(digits)} %`
}
