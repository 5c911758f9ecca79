import { measureLearningCurve } from '../../../dist/learning/curves/measure-curve.js'
import { predictGain } from '../../../dist/learning/curves/predict-gain.js'
import { replayLabelling } from '../../../dist/learning/evaluation/replay.js'
import { readReplayCorpus } from '../../../dist/learning/evaluation/replay-corpus.js'
import { requireQueryStrategy } from '../../../dist/learning/queries/strategies.js'
import { createRandom, shuffle } from '../../../dist/learning/random.js'
import { table } from '../page.mjs'
import { readSet } from './public-sets.mjs'

const SETS = ['banking77', 'clinc150']
const CHECKPOINTS = [600, 900, 1200, 1600, 2000]
const MORE = 200
const BATCH = 100
/** Texts drawn at random and never learned from, as the audit slice is. */
const AUDITED = 300
/** What is promised, in points. */
const PROMISED = 1

export const name = 'savings'

/** What more labels were said to gain while labelling by the default strategy, and what they gained. */
export async function run({ data, seeds, log }) {
  const rows = []
  let worst = 0
  for (const set of SETS) {
    const train = readSet(data, set, 'train')
    const test = readSet(data, set, 'test')
    const replays = Array.from({ length: seeds }, (_, at) => {
      const replay = gains(train, test, at + 1)
      log(
        `${set}, seed ${at + 1}: ${replay.map(({ predicted, came }) => `${points(predicted)}/${points(came)}`).join(' ')}`,
      )
      return replay
    })
    CHECKPOINTS.forEach((labels, at) => {
      const all = replays.map((replay) => replay[at])
      const predicted = mean(all.map((each) => each.predicted))
      const came = mean(all.map((each) => each.came))
      const within = all.filter((each) => Math.abs(each.predicted - each.came) <= PROMISED / 100).length
      worst = Math.max(worst, Math.abs(predicted - came))
      const interval = [0, 1].map((end) => points(mean(all.map((each) => each.interval[end])))).join(' to ')
      rows.push([
        set,
        labels,
        points(predicted),
        interval,
        points(came),
        points(predicted - came),
        `${within} of ${seeds}`,
      ])
    })
  }
  return [
    `Labelled by the default strategy; at each checkpoint a curve through the labels so far, judged on ${AUDITED} texts drawn at random beforehand, says what ${MORE} more labels would gain. What came is on the test set. Points of accuracy, mean of ${seeds} seeds; the last column counts the seeds that were within ${PROMISED} point by themselves.`,
    '',
    table(['set', 'labels', 'predicted', '90 % interval', 'came', 'difference', 'each seed'], rows),
    '',
    `Largest difference of a checkpoint: **${points(worst)}** points; promised: ${PROMISED}.`,
  ]
}

function gains(train, test, seed) {
  const order = shuffle(
    Int32Array.from(train.texts, (_, row) => row),
    createRandom(seed),
  )
  const part = (rows) => {
    return {
      texts: Array.from(rows, (row) => train.texts[row]),
      labels: Array.from(rows, (row) => train.labels[row]),
    }
  }
  const heldOut = part(order.subarray(0, AUDITED))
  const corpus = readReplayCorpus(part(order.subarray(AUDITED)), test)
  const until = CHECKPOINTS.at(-1) + MORE
  const replay = [
    ...replayLabelling(corpus, {
      strategy: requireQueryStrategy('default'),
      start: BATCH,
      batch: BATCH,
      until,
      seed,
    }),
  ]
  const after = (labels) => replay.find((point) => point.labels === labels)
  return CHECKPOINTS.map((labels) => {
    const asked = Array.from(after(labels).asked)
    const given = new Set(asked)
    const curve = measureLearningCurve({
      unlabelled: corpus.texts.filter((_, row) => !given.has(row)),
      texts: asked.map((row) => corpus.texts[row]),
      labels: asked.map((row) => corpus.labels[corpus.targets[row]]),
      heldOut,
      seed,
    })
    const { gain, interval } = predictGain(curve, labels, MORE)
    return { predicted: gain, interval, came: after(labels + MORE).accuracy - after(labels).accuracy }
  })
}

function points(share) {
  return (share * 100).toFixed(2)
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
