import { writeFile } from 'node:fs/promises'
import { SingleBar } from 'cli-progress'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { ReplayFigures } from '../../evaluation/replay-files.ts'
import { type QueryStrategyName, queryStrategyNames } from '../../learning/queries/strategies.ts'
import { plotCurves } from '../curve-plot.ts'
import type { CommonOptions } from '../open-app.ts'
import { print, table } from '../output.ts'

interface LearningCurveOptions extends CommonOptions {
  readonly train: string
  readonly test: string
  readonly strategy: readonly QueryStrategyName[]
  readonly start: number
  readonly batch: number
  readonly until: number
  readonly seeds: number
  readonly plot?: string
}

/** `entraide learning-curve`: how many labels of yours a way of choosing what to label would have saved. */
export function learningCurveCommand(): Command {
  return new Command('learning-curve')
    .description(
      'replay the labelling of a CSV file by each query strategy, and print the accuracy at each number of labels',
    )
    .requiredOption('--train <file>', 'CSV with the columns text and label: texts to label')
    .requiredOption('--test <file>', 'CSV with the columns text and label: texts to test on')
    .addOption(
      new Option('--strategy <name,…>', `strategies to compare: ${queryStrategyNames.join(', ')}`)
        .argParser(strategiesOf)
        .default(['default', 'random'], 'default,random'),
    )
    .addOption(positive('--start <labels>', 'labels before the first classifier', 100))
    .addOption(positive('--batch <labels>', 'labels between two classifiers', 50))
    .addOption(positive('--until <labels>', 'labels in total', 3000))
    .addOption(positive('--seeds <number>', 'replays of each strategy', 5))
    .option('--plot <file>', 'draw the curves as SVG')
    .option('--json', 'print one line of JSON')
    .addHelpText('after', '\nThe label `oos` does not count towards accuracy, as in `entraide evaluate`.')
    .action(async ({ strategy, json = false, plot, ...options }: LearningCurveOptions) => {
      const { replayFiles } = await import('../../evaluation/replay-files.ts')
      const progress = showReplays()
      const asked = { ...options, strategies: strategy, onProgress: progress.update }
      const figures = await replayFiles(asked).finally(progress.stop)
      if (plot !== undefined) await writeFile(plot, plotCurves(figures.curves))
      print(json, figures, () => describeReplays(figures, plot))
    })
}

/** Rows of the table: what is seen at a glance. */
const ROWS = 12

function describeReplays({ curves, random_accuracy: goal, ...counts }: ReplayFigures, plot?: string): string {
  const all = [...new Set(curves.flatMap(({ points }) => points.map(({ labels }) => labels)))].sort(
    (a, b) => a - b,
  )
  const step = Math.ceil(all.length / ROWS)
  const shown = all.filter((_, at) => at % step === 0 || at === all.length - 1)
  const rows = shown.map((labels) => {
    const cells = curves.map(({ strategy, points }) => {
      const point = points.find((each) => each.labels === labels)
      return [
        strategy,
        point ? `${percent(point.accuracy)} (${percent(point.lowest)}–${percent(point.highest)})` : '',
      ]
    })
    return { labels, ...Object.fromEntries(cells) }
  })
  const reached = curves
    .filter(({ strategy }) => goal !== undefined && strategy !== 'random')
    .map(({ strategy, reaches_random_at: at }) =>
      at === undefined
        ? `${strategy} does not stay above the final accuracy of random (${percent(goal!)}%).`
        : `${strategy} reaches the final accuracy of random (${percent(goal!)}%) from ${at} labels on.`,
    )
  return [
    `Accuracy in %, mean over the seeds (lowest–highest); ${counts.n_train} texts to label, ${counts.n_test} to test on.`,
    table(rows),
    ...(counts.n_rejected > 0 ? [`${counts.n_rejected} rows without text or label were left out.`] : []),
    ...reached,
    ...(plot !== undefined ? [`Plot written to ${plot}.`] : []),
  ].join('\n\n')
}

function percent(share: number): string {
  return (share * 100).toFixed(1)
}

function positive(flags: string, description: string, usual: number): Option {
  return new Option(flags, description).default(usual).argParser((text) => {
    if (!/^[1-9]\d{0,5}$/.test(text))
      throw new InvalidArgumentError('Expected a whole number from 1 to 999999.')
    return Number(text)
  })
}

function strategiesOf(text: string): QueryStrategyName[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  return names.map((name) => {
    const known = queryStrategyNames.find((each) => each === name)
    if (known === undefined)
      throw new InvalidArgumentError(`Expected one or more of ${queryStrategyNames.join(', ')}.`)
    return known
  })
}

function showReplays() {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format: '{bar} {value} of {total} replays',
    stream: process.stderr,
    clearOnComplete: true,
  })
  bar.start(1, 0)
  return {
    update(done: number, replays: number) {
      bar.setTotal(replays)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
