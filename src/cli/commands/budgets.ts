import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../../access/actor.ts'

import type { BudgetCost } from '../../models/registry/budget-cost.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'

interface ShowOptions extends CommonOptions {
  readonly budget?: number
  readonly label?: string
}

/** `entraide budgets`: how much error a facet or a label may have, and what that costs. */
export function budgetsCommand(): Command {
  const command = new Command('budgets').description(
    'show and set risk budgets: the largest share of wrong labels among assigned ones',
  )
  command
    .command('show')
    .description('show what the present budgets of a facet cost, or what others would; changes nothing')
    .argument('<facet>', 'such as `category`')
    .option('--budget <share>', 'try this budget instead, such as 0.02', shareOf)
    .option('--label <name>', 'try it for this label only')
    .option('--json', 'print one line of JSON')
    .action((facet: string, { budget, label, json = false }: ShowOptions, self: Command) => {
      if (label !== undefined && budget === undefined)
        return self.error("error: '--label <name>' also needs '--budget <share>'")
      const asked =
        budget === undefined
          ? {}
          : label === undefined
            ? { riskBudget: budget }
            : { label, labelBudget: budget }
      return withApp(async ({ models }) => {
        const cost = await models.budgetCost({ facet, ...asked })
        print(json, cost, () => describe(cost))
      }, 'warn')
    })
  command
    .command('set')
    .description('set the risk budget of a facet or of one of its labels; applies at once')
    .argument('<facet>', 'such as `category`')
    .argument('<share>', 'such as 0.02; `none` removes the budget of a label', shareOrNone)
    .option('--label <name>', 'set the budget of this label only')
    .option('--json', 'print one line of JSON')
    .action((facet: string, share: number | null, { label, json = false }: ShowOptions, self: Command) => {
      if (label === undefined && share === null)
        return self.error('error: `none` needs --label: a facet always has a budget')
      return withApp(async ({ labels }) => {
        const changed =
          label === undefined
            ? await labels.changeFacet({ facet, riskBudget: share!, actor: commandLine })
            : await labels.changeLabel({ facet, label, riskBudget: share, actor: commandLine })
        print(json, changed, () =>
          share === null
            ? `${changed.name} uses the budget of ${facet} again`
            : `${changed.name}: at most ${percent(share)} wrong among assigned labels`,
        )
      }, 'warn')
    })
  return command
}

function describe({ facet, modelVersion, budget, dear, labels, costs, sentence }: BudgetCost): string {
  const rows = [
    { label: '(all others)', ...budget, bound: 'own' },
    ...(dear ? [{ ...dear, label: `(dear: ${dear.labels.join(', ')})`, bound: 'own' }] : []),
    ...labels,
  ].map((each) => ({
    label: each.label,
    budget: percent(each.budget),
    assigned: percent(each.coverage),
    wrong: each.assigned === 0 ? '–' : `${each.wrong} of ${each.assigned}`,
    'at most': each.assigned === 0 ? '–' : percent(each.upperBound),
    ...(costs && {
      'mean cost': each.cost === undefined || each.assigned === 0 ? '–' : each.cost.mean.toFixed(4),
      'cost at most': each.cost === undefined || each.assigned === 0 ? '–' : each.cost.upperBound.toFixed(4),
    }),
    threshold: each.threshold > 1 ? 'never' : each.threshold.toFixed(4),
    bound:
      each.bound === 'own'
        ? ''
        : `the facet’s: ${each.cases} cases, too few for its own${'needed' in each ? ` (${each.needed} needed)` : ''}`,
  }))
  return [`${facet}, version ${modelVersion}`, sentence.en, '', table(rows)].join('\n')
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`
}

function shareOf(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('Expected a share from 0 to 1, such as 0.02.')
  return number
}

function shareOrNone(text: string): number | null {
  return text === 'none' ? null : shareOf(text)
}
