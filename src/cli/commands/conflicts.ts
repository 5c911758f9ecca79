import { Command, Option } from 'commander'
import { commandLine } from '../../access/actor.ts'
import type { GroundKind, ShownGround } from '../../review/conflicts/conflict.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'

import { print, table } from '../output.ts'

interface ListOptions extends CommonOptions {
  readonly facet?: string
  readonly kind?: GroundKind
  readonly closed?: boolean
}

interface RuleOptions extends CommonOptions {
  readonly confirm?: boolean
  readonly guideline?: string
  readonly note?: string
}

/** `entraide conflicts`: labels in doubt, and what is decided of them. */
export function conflictsCommand(): Command {
  const command = new Command('conflicts').description(
    'list, find and resolve conflicts: labels that are in doubt',
  )
  command
    .command('list')
    .description('list open conflicts, the most doubtful first')
    .option('--facet <facet>', 'only this facet')
    .addOption(
      new Option('--kind <kind>', 'only conflicts for this reason').choices([
        'dispute',
        'ratings',
        'suspect',
        'near-duplicate',
      ]),
    )
    .option('--closed', 'list closed conflicts instead')
    .option('--json', 'print one line of JSON')
    .action(({ facet: name, kind, closed = false, json = false }: ListOptions) =>
      withApp(async ({ review, labels }) => {
        const reader = commandLine.audience
        const facetId = name === undefined ? undefined : (await labels.facets.require(name)).id
        const found = await everyPage(async (page) => {
          const { items, ...rest } = await review.conflicts.list({
            reader,
            closed,
            ...page,
            facetId,
            kind,
          })
          return { ...rest, items: await review.showConflicts(items, reader) }
        })
        print(json, { conflicts: found }, () =>
          table(
            found.map(({ id, facet, title, excerpt, label, grounds }) => ({
              conflict: id,
              facet,
              label: label ?? '',
              question: (title || excerpt).slice(0, 60),
              because: grounds.map(describe).join('; '),
            })),
          ),
        )
      }, 'warn'),
    )
  command
    .command('find')
    .description('search for labels that are probably wrong now; a job does so after each training')
    .argument('<facet>', 'such as `category`')
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false }: CommonOptions) =>
      withApp(async ({ review }) => {
        const found = await review.findConflicts({ facet })
        print(
          json,
          found,
          () =>
            `${found.examples} examples, about ${Math.round(found.errors)} of them with a wrong label by the estimate of the model, which agrees with ${(found.agreement * 100).toFixed(1)}% of the labels: ${found.suspects} suspects${found.withheld > 0 ? ` (${found.withheld} more are not listed, because the model is wrong too often when it is as sure as of these)` : ''}, ${found.contradictions} contradictions; ${found.open} conflicts are open`,
        )
      }, 'warn'),
    )
  command
    .command('rule')
    .description('resolve a conflict')
    .argument('<conflict>', 'id of the conflict')
    .argument('[label]', 'the right label for the thread')
    .option('--confirm', 'confirm the present label instead')
    .option('--guideline <text>', 'guideline for this label, shown to agents from now on')
    .option('--note <text>', 'why')
    .option('--json', 'print one line of JSON')
    .action((id: string, label: string | undefined, { json = false, ...options }: RuleOptions) =>
      withApp(async ({ review }) => {
        const ruled = await review.ruleOnConflict({
          id,
          actor: commandLine,
          ...options,
          label,
        })
        print(
          json,
          ruled,
          () =>
            `${(ruled.conflict.title || ruled.conflict.excerpt).slice(0, 60)}: ${ruled.ruling.facet} is ${ruled.ruling.label}`,
        )
      }, 'warn'),
    )
  return command
}

function describe(ground: ShownGround): string {
  switch (ground.kind) {
    case 'dispute':
      return `dispute: ${ground.disputes.map(({ reason }) => reason.slice(0, 60)).join(', ')}`
    case 'ratings':
      return `ratings: ${ground.ratings.map(({ label }) => label).join(', ')}`
    case 'suspect':
      return `suspect: probably ${ground.likely} (confidence in the present label ${(ground.ownConfidence * 100).toFixed(2)}%)`
    case 'near-duplicate':
      return `near-duplicate of "${ground.title.slice(0, 40)}", which is ${ground.label ?? 'not labelled'}`
  }
}
