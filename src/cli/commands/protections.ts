import { Command, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { describeGround, type ProtectionState } from '../../threads/protections/protection.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'

interface ListOptions extends CommonOptions {
  readonly state?: ProtectionState
}

interface RequestOptions extends CommonOptions {
  readonly reason: string
}

const LINE = 60

/** `entraide protections`: threads that are locked because they are sensitive, and their release by two people. */
export function protectionsCommand(): Command {
  const command = new Command('protections').description(
    'list sensitive threads that are locked, and release them: one person asks, another confirms',
  )
  command
    .command('list')
    .description('list protected threads, the latest first')
    .addOption(
      new Option('--state <state>', 'only those in this state').choices(['locked', 'requested', 'released']),
    )
    .option('--json', 'print one line of JSON')
    .action(({ state, json = false }: ListOptions) =>
      withApp(async ({ threads }) => {
        const found = await everyPage((page) => threads.protections.list({ state, ...page }))
        print(json, { protections: found }, () =>
          table(
            found.map((each) => ({
              thread: each.threadId,
              source: each.source,
              question: each.title.slice(0, LINE),
              because: describeGround(each),
              state: each.state,
              asked: each.requested && `${each.requested.by.name}: ${each.requested.reason}`,
              confirmed: each.released?.by.name,
            })),
          ),
        )
      }, 'warn'),
    )
  command
    .command('request')
    .description('ask to release a thread; another person has to confirm it')
    .argument('<thread>', 'id of the thread')
    .requiredOption('--reason <text>', 'why it may be shown although it is sensitive')
    .option('--json', 'print one line of JSON')
    .action((threadId: string, { reason, json = false }: RequestOptions) =>
      withApp(async ({ threads }) => {
        const asked = await threads.requestRelease({ threadId, reason, actor: commandLine })
        print(json, asked, () => `release of ${threadId} requested; another person has to confirm it`)
      }, 'warn'),
    )
  command
    .command('confirm')
    .description('release a thread that another person asked to release')
    .argument('<thread>', 'id of the thread')
    .option('--json', 'print one line of JSON')
    .action((threadId: string, { json = false }: CommonOptions) =>
      withApp(async ({ threads }) => {
        const released = await threads.confirmRelease({ threadId, actor: commandLine })
        print(json, released, () => `thread ${threadId} released`)
      }, 'warn'),
    )
  command
    .command('withdraw')
    .description('lock a thread again')
    .argument('<thread>', 'id of the thread')
    .option('--json', 'print one line of JSON')
    .action((threadId: string, { json = false }: CommonOptions) =>
      withApp(async ({ threads }) => {
        const locked = await threads.withdrawRelease({ threadId, actor: commandLine })
        print(json, locked, () => `thread ${threadId} locked`)
      }, 'warn'),
    )
  return command
}
