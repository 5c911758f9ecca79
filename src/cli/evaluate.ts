import { Command } from 'commander'
import type { FileFigures } from '../models/index.ts'
import type { CommonOptions } from './house.ts'
import { print, table } from './output.ts'

interface EvaluateOptions extends CommonOptions {
  readonly train: string
  readonly test: string
}

/** `entraide evaluate`: how good the classifier is on labelled texts of yours; nothing is stored. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('train on one CSV file (text,label), test on another, and print the figures')
    .requiredOption('--train <file>', 'CSV with columns text,label')
    .requiredOption('--test <file>', 'CSV with columns text,label')
    .option('--json', 'one JSON line')
    .action(async ({ train, test, json = false }: EvaluateOptions) => {
      const { evaluateFiles } = await import('../models/index.ts')
      const figures = await evaluateFiles({ train, test })
      print(json, figures, () => describe(figures))
    })
}

function describe(figures: FileFigures): string {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`
  const worst = [...figures.details.labels].sort((a, b) => a.recall - b.recall).slice(0, 10)
  return [
    `${figures.n_train} texts of ${figures.n_labels} labels learned in ${figures.fit_seconds.toFixed(1)} s; ${figures.n_test} tested.`,
    '',
    `accuracy              ${percent(figures.accuracy)}`,
    `macro F1              ${percent(figures.macro_f1)}`,
    `assigned (coverage)   ${percent(figures.coverage)}, of which wrong ${percent(figures.wrong_among_assigned)}`,
    `calibration error     ${percent(figures.ece)}`,
    `speed                 ${Math.round(figures.docs_per_second)} texts/s`,
    '',
    'Hardest labels:',
    table(
      worst.map(({ label, precision, recall }) => ({
        label,
        precision: percent(precision),
        recall: percent(recall),
      })),
    ),
  ].join('\n')
}
