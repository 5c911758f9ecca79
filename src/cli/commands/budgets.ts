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
    'how much may be wrong among what is assigned, and what that costs',
  )
  command
    .command('show')
    .description('what the budgets of a facet cost, or another one would; changes nothing')
    .argument('<facet>', 'such as `category`')
    .option('--budget <share>', 'as if it were this, such as 0.02', shareOf)
    .option('--label <name>', 'the budget meant is that of this label')
    .option('--json', 'one JSON line')
    .action((facet: string, { budget, label, json = false }: ShowOptions, self: Command) => {
      if (label !== undefined && budget === undefined)
        return self.error("error: '--label <name>' takes '--budget <share>' too")
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
    .description('set the budget of a facet, or of one of its labels; it counts at once')
    .argument('<facet>', 'such as `category`')
    .argument('<share>', 'such as 0.02; `none` takes the label’s own away', shareOrNone)
    .option('--label <name>', 'only of this label')
    .option('--json', 'one JSON line')
    .action((facet: string, share: number | null, { label, json = false }: ShowOptions, self: Command) => {
      if (label === undefined && share === null) return self.error('error: a facet always has a budget')
      return withApp(async ({ labels }) => {
        const changed =
          label === undefined
            ? await labels.changeFacet({ facet, riskBudget: share!, actor: commandLine })
            : await labels.changeLabel({ facet, label, riskBudget: share, actor: commandLine })
        print(json, changed, () =>
          share === null
            ? `${changed.name} has the budget of ${facet} again`
            : `${changed.name}: at most ${percent(share)} wrong among what is assigned`,
        )
      }, 'warn')
    })
  return command
}

function describe({ facet, modelVersion, budget, labels, sentence }: BudgetCost): string {
  const rows = [{ label: '(all others)', ...budget, bound: 'own' }, ...labels].map((each) => ({
    label: each.label,
    budget: percent(each.budget),
    assigned: percent(each.coverage),
    wrong: each.assigned === 0 ? '–' : `${each.wrong} of ${each.assigned}`,
    'at most': each.assigned === 0 ? '–' : percent(each.upperBound),
    threshold: each.threshold > 1 ? 'never' : each.threshold.toFixed(2),
    bound:
      each.bound === 'own'
        ? ''
        : `the facet’s: ${each.cases} cases, it takes ${'needed' in each ? each.needed : ''}`,
  }))
  return [`${facet}, version ${modelVersion}`, sentence.en, '', table(rows)].join('\n')
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`
}

function shareOf(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('It takes a share from 0 to 1, such as 0.02.')
  return number
}

function shareOrNone(text: string): number | null {
  return text === 'none' ? null : shareOf(text)
}
