import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { CATEGORY } from '../../labels/facet.ts'
import { type QueryStrategyName, queryStrategyNames } from '../../learning/queries/strategies.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'

interface QueueOptions extends CommonOptions {
  readonly limit: number
  readonly strategy: QueryStrategyName
}

const MOST = 100

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
        print(json, queue, () =>
          table(
            queue.items.map(({ threadId, language, source, title, excerpt, reason }) => ({
              thread: threadId,
              source,
              language,
              question: shortened(title === '' ? excerpt : title),
              why: reason,
            })),
          ),
        )
      }, 'warn'),
    )
  return command
}

const LINE = 60

function shortened(text: string): string {
  return text.length <= LINE ? text : `${text.slice(0, LINE - 2).trimEnd()} …`
}

function count(text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : 0
  if (number < 1 || number > MOST)
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST}.`)
  return number
}
