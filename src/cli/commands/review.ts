import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { CATEGORY } from '../../labels/facet.ts'
import { MESSAGE_KIND } from '../../labels/message-kind.ts'
import { type QueryStrategyName, queryStrategyNames } from '../../learning/queries/strategies.ts'
import type { QueueItem } from '../../review/queue/review-queue.ts'
import { AUDITED_NEEDED } from '../../triage/measurements/measurement.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'

interface QueueOptions extends CommonOptions {
  readonly limit: number
  readonly strategy: QueryStrategyName
}

interface DrawOptions extends CommonOptions {
  readonly facet: string
  readonly threads: number
}

const MOST = 100
const MOST_DRAWN = 500

/** `entraide review`: what agents are asked to label. */
export function reviewCommand(): Command {
  const command = new Command('review').description('hand out threads to label')
  command
    .command('queue')
    .description(
      'hand out the threads whose label would teach the model most; reserved for the caller for 15 minutes',
    )
    .addArgument(new Argument('[facet]', 'facet to label').default(CATEGORY))
    .option('--limit <count>', `number of threads, up to ${MOST}`, count, 10)
    .addOption(
      new Option('--strategy <name>', 'how to choose the threads')
        .choices(queryStrategyNames)
        .default('default'),
    )
    .option('--json', 'print one line of JSON')
    .action((facet: string, { limit, strategy, json = false }: QueueOptions) =>
      withApp(async ({ review }) => {
        const queue = await review.reviewQueue({ facet, limit, strategy, actor: commandLine })
        print(json, queue, () => queue.notice?.en ?? queueTable(queue.items))
      }, 'warn'),
    )
  command
    .command('draw')
    .description('add threads of a source to the audit slice, at random, until it holds so many')
    .argument('<source>')
    .option('--facet <facet>', 'facet that agents will label blind', MESSAGE_KIND)
    .option('--threads <count>', 'threads of the source in the slice, up to 500', drawCount, AUDITED_NEEDED)
    .option('--json', 'print one line of JSON')
    .action((source: string, { facet, threads, json = false }: DrawOptions) =>
      withApp(async ({ review }) => {
        const drawn = await review.drawOfSource({ facet, source, threads, actor: commandLine })
        print(
          json,
          drawn,
          () =>
            `${drawn.added} threads of ${source} drawn, ${drawn.drawn} in all; agents label them blind in \`entraide review queue ${facet}\``,
        )
      }, 'warn'),
    )
  command
    .command('measurements')
    .description('list on which sources the labels of a facet were measured, and where they act')
    .addArgument(new Argument('[facet]', 'facet that comes with starter examples').default(MESSAGE_KIND))
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false }: CommonOptions) =>
      withApp(async ({ triage }) => {
        const measured = await triage.listMeasurements({ facet, reader: commandLine.audience })
        print(json, measured, () =>
          table(measured.items.map(({ source, label, sentence }) => ({ source, label, state: sentence.en }))),
        )
      }, 'warn'),
    )
  return command
}

function queueTable(items: readonly QueueItem[]): string {
  return table(
    items.map(({ threadId, language, source, title, excerpt, reason, misroutes = [] }) => ({
      thread: threadId,
      source,
      language,
      question: shortened(title === '' ? excerpt : title),
      why: [reason, ...misroutes.map(describeReport)].join(' '),
    })),
  )
}

function describeReport({
  reporter,
  reason,
  suggested,
}: NonNullable<QueueItem['misroutes']>[number]): string {
  const place = suggested === undefined ? '' : ` (to the ${suggested.kind} ${suggested.name})`
  return `${reporter.name}: “${shortened(reason)}”${place}`
}

const LINE = 60

function shortened(text: string): string {
  return text.length <= LINE ? text : `${text.slice(0, LINE - 2).trimEnd()} …`
}

function count(text: string): number {
  return wholeNumber(text, MOST)
}

function drawCount(text: string): number {
  return wholeNumber(text, MOST_DRAWN)
}

function wholeNumber(text: string, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : 0
  if (number < 1 || number > most)
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`)
  return number
}
