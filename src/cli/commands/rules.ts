import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../../access/actor.ts'
import type { RuleSetComparison } from '../../triage/routing/diff-rule-sets.ts'
import type { Outcome, RoutingRule } from '../../triage/routing/routing-rule.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'
import { counted, print, table } from '../output.ts'

/** `entraide rules`: the routing rules and their versions. */
export function rulesCommand(): Command {
  const command = new Command('rules').description('show, compare and restore versions of the routing rules')
  command
    .command('list')
    .description('list the versions, the latest first')
    .option('--json', 'print one line of JSON')
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ triage }) => {
        const versions = await everyPage((page) => triage.ruleSets.list(page))
        print(json, { versions }, () =>
          table(
            versions.map(({ version, actor, createdAt, restoredFrom, rules }) => ({
              version,
              rules,
              saved: createdAt ?? 'built in',
              by: actor?.name ?? actor?.id,
              'restored from': restoredFrom,
            })),
          ),
        )
      }, 'warn'),
    )
  command
    .command('show')
    .description('print a version as JSON, to edit and send to `PUT /api/routing/rules`')
    .argument('[version]', 'the one in force by default', versionOf)
    .option('--json', 'print one line of JSON')
    .action((version: number | undefined, { json = false }: CommonOptions) =>
      withApp(async ({ triage: { ruleSets } }) => {
        const ruleSet = version === undefined ? await ruleSets.current() : await ruleSets.require(version)
        print(json, ruleSet, () => JSON.stringify(ruleSet, undefined, 2))
      }, 'warn'),
    )
  command
    .command('diff')
    .description('compare two versions')
    .argument('<from>', 'the earlier version', versionOf)
    .argument('[to]', 'the one in force by default', versionOf)
    .option('--json', 'print one line of JSON')
    .action((from: number, to: number | undefined, { json = false }: CommonOptions) =>
      withApp(async ({ triage }) => {
        const diff = await triage.compareRuleSets({ from, to })
        print(json, diff, () => describeDiff(diff))
      }, 'warn'),
    )
  command
    .command('restore')
    .description('put an earlier version in force again, as a new version; a job routes all threads again')
    .argument('<version>', 'such as 3', versionOf)
    .option('--json', 'print one line of JSON')
    .action((version: number, { json = false }: CommonOptions) =>
      withApp(async ({ triage }) => {
        const { version: basedOn } = await triage.ruleSets.current()
        const saved = await triage.restoreRuleSet({ version, basedOn, actor: commandLine })
        print(
          json,
          { version: saved.version, restoredFrom: version },
          () =>
            `Version ${saved.version} is in force: the ${counted(saved.rules.length, 'rule')} of version ${version}.`,
        )
      }, 'warn'),
    )
  return command
}

function versionOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected the number of a version, such as 3.')
  return Number(text)
}

function describeDiff({ from, to, ...diff }: RuleSetComparison): string {
  if (diff.same) return `Versions ${from} and ${to} are the same.`
  const lines = [
    ...diff.removed.map((rule) => `- ${describeRule(rule)}`),
    ...diff.added.map((rule) => `+ ${describeRule(rule)}`),
    ...diff.changed.flatMap(({ before, after }) => [
      `~ ${before.name}`,
      `    before: ${describeRule(before)}`,
      `    after:  ${describeRule(after)}`,
    ]),
    ...diff.moved.map((rule) => `> ${rule.name}: from place ${rule.from} to place ${rule.to}`),
    ...(diff.default === undefined
      ? []
      : [
          `~ default: ${describeOutcome(diff.default.before)} becomes ${describeOutcome(diff.default.after)}`,
        ]),
    ...diff.calendars.map(({ name, before, after }) => {
      const sign = before === undefined ? '+' : after === undefined ? '-' : '~'
      return `${sign} calendar ${name}: ${JSON.stringify(after ?? before)}`
    }),
  ]
  return [`From version ${from} to version ${to}:`, ...lines].join('\n')
}

function describeRule({ name, when, then }: RoutingRule): string {
  return `${name}: ${when === undefined ? 'always' : JSON.stringify(when)} → ${describeOutcome(then)}`
}

function describeOutcome(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'nothing'
  const { destination, priority, slaMinutes } = outcome
  const limit = slaMinutes === undefined ? '' : `, within ${slaMinutes} minutes`
  return `${destination.kind} ${destination.name}, ${priority}${limit}`
}
