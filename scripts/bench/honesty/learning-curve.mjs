import { join } from 'node:path'
import { replayFiles } from '../../../dist/evaluation/replay-files.js'
import { percent, table } from '../page.mjs'

const STRATEGIES = ['default', 'random']
const START = 100
const BATCH = 50
const UNTIL = 3000
/** What is promised: random's accuracy after all its labels, by so many. */
const PROMISED = 1500
const SHOWN = [100, 200, 300, 500, 750, 1000, 1250, 1500, 2000, 2500, 3000]

export const name = 'learning-curve'

/** How many labels the default strategy needs for what random choice reaches in the end, on banking77's test set. */
export async function run({ data, seeds, log }) {
  const folder = join(data, 'classification', 'banking77')
  const { curves, random_accuracy: goal } = await replayFiles({
    train: join(folder, 'train.csv'),
    test: join(folder, 'test.csv'),
    strategies: STRATEGIES,
    start: START,
    batch: BATCH,
    until: UNTIL,
    seeds,
    onProgress: (done, replays) => log(`${done} of ${replays} replays`),
  })
  const rows = SHOWN.map((labels) => [
    labels,
    ...curves.map(({ points }) => {
      const point = points.find((each) => each.labels === labels)
      return `${percent(point.accuracy)} (${percent(point.lowest)} to ${percent(point.highest)})`
    }),
  ])
  const reached = curves.find(({ strategy }) => strategy === 'default').reaches_random_at
  return [
    `banking77, from ${START} labels in batches of ${BATCH}; accuracy on the test set, mean of ${seeds} seeds (lowest to highest).`,
    '',
    table(['labels', ...STRATEGIES], rows),
    '',
    reached === undefined
      ? `The default never stays above what random reaches with ${UNTIL} labels (${percent(goal)}); promised: from ${PROMISED} on.`
      : `The default stays above what random reaches with ${UNTIL} labels (${percent(goal)}) from **${reached}** labels on; promised: ${PROMISED}.`,
  ]
}
