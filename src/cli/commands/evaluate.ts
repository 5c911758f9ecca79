import { Command, InvalidArgumentError, Option } from 'commander'
import { describeEvaluation } from '../evaluation-report.ts'
import type { CommonOptions } from '../open-app.ts'
import { print } from '../output.ts'
import { showTrainings } from '../progress.ts'

interface EvaluateOptions extends CommonOptions {
  readonly train: string
  readonly test?: string
  readonly cv?: number
  readonly seed: number
  readonly budget?: number
  readonly oosFrom?: string
  readonly unlabelled?: string
}

/** `entraide evaluate`: how good the classifier is on labelled texts of yours; nothing is stored. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('train on a CSV file, test on another one or by cross-validation, and print the figures')
    .requiredOption('--train <file>', 'training file: CSV with the columns text and label')
    .option('--test <file>', 'test file: CSV with the columns text and label')
    .addOption(
      new Option(
        '--cv <folds>',
        'cross-validate on the training file with this number of folds, instead of --test',
      )
        .argParser(foldsOf)
        .conflicts('test'),
    )
    .addOption(
      new Option('--seed <number>', 'the same seed and files give the same figures')
        .argParser(seedOf)
        .default(1),
    )
    .addOption(
      new Option(
        '--budget <share>',
        'largest share of wrong labels among assigned ones (default: 0.05, or none with --oos-from)',
      ).argParser(shareOf),
    )
    .option(
      '--oos-from <file>',
      'CSV with the columns text and label; sets the thresholds for what is in scope and what is assigned',
    )
    .option(
      '--unlabelled <file>',
      'CSV with the column text: posts without a label, used in training as the service does',
    )
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      '\nThe label `oos` marks texts that are out of scope: abstaining is the only right answer.',
    )
    .action(async (options: EvaluateOptions, command: Command) => {
      const { train, test, cv, seed, budget, oosFrom, unlabelled, json = false } = options
      const against = test !== undefined ? { test } : cv !== undefined ? { folds: cv } : undefined
      if (against === undefined) return command.error("error: pass either '--test <file>' or '--cv <folds>'")
      const { evaluateFiles } = await import('../../evaluation/evaluate-files.ts')
      const progress = showTrainings()
      const asked = {
        train,
        seed,
        ...against,
        onProgress: progress.update,
        riskBudget: budget,
        oosFrom,
        unlabelled,
      }
      const figures = await evaluateFiles(asked).finally(progress.stop)
      print(json, figures, () => describeEvaluation(figures))
    })
}

function foldsOf(text: string): number {
  if (!/^([2-9]|[1-9]\d|100)$/.test(text))
    throw new InvalidArgumentError('Expected a whole number from 2 to 100.')
  return Number(text)
}

function shareOf(text: string): number {
  if (!/^(0|1|0?\.\d{1,9})$/.test(text)) throw new InvalidArgumentError('Expected a share from 0 to 1.')
  return Number(text)
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 0 to 999999999.')
  return Number(text)
}
