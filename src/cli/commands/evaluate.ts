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
    .description('train on a CSV file, test on another or by cross-validation, and print the figures')
    .requiredOption('--train <file>', 'CSV with columns text,label')
    .option('--test <file>', 'CSV with columns text,label')
    .addOption(
      new Option(
        '--cv <folds>',
        'instead of --test: test on each of so many parts of the training file in turn',
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
        'largest share of wrong labels among what is assigned (0.05 unless --oos-from decides alone)',
      ).argParser(shareOf),
    )
    .option(
      '--oos-from <file>',
      'CSV with columns text,label: on it is chosen what is taken to be in scope and assigned',
    )
    .option(
      '--unlabelled <file>',
      'CSV with a column text: posts that nobody labelled, to learn from besides, as the service does',
    )
    .option('--json', 'one JSON line')
    .addHelpText('after', '\nTexts of label `oos` are out of scope: no answer to them is right but none.')
    .action(async (options: EvaluateOptions, command: Command) => {
      const { train, test, cv, seed, budget, oosFrom, unlabelled, json = false } = options
      const against = test !== undefined ? { test } : cv !== undefined ? { folds: cv } : undefined
      if (against === undefined)
        return command.error("error: one of '--test <file>' and '--cv <folds>' is needed")
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
    throw new InvalidArgumentError('It takes a whole number from 2 to 100.')
  return Number(text)
}

function shareOf(text: string): number {
  if (!/^(0|1|0?\.\d{1,9})$/.test(text)) throw new InvalidArgumentError('It takes a share from 0 to 1.')
  return Number(text)
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 0 to 999999999.')
  return Number(text)
}
