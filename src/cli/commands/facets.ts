import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../../access/actor.ts'

import { FACET_NAME, LEAST_PROTECTION } from '../../labels/facet.ts'
import { LARGEST_COST, type LabelCost } from '../../learning/risk/costs.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'

import { print, table } from '../output.ts'

interface FacetOptions extends CommonOptions {
  readonly description: string
  readonly riskBudget?: number
  readonly requireParity?: boolean
}

interface LabelOptions extends CommonOptions {
  readonly description?: string
  /** False ends the protection. */
  readonly protectFrom?: number | false
}

type ChangeOptions = Partial<FacetOptions>

/** `entraide facets`: the axes of classification and their labels. */
export function facetsCommand(): Command {
  const command = new Command('facets').description('list and define facets and their labels')
  command
    .command('list')
    .description('list facets with their labels')
    .option('--json', 'print one line of JSON')
    .action(({ json = false }: CommonOptions) =>
      withApp(async ({ labels }) => {
        const facets = await Promise.all(
          (await labels.facets.all()).map(async (facet) => ({
            ...facet,
            labels: await everyPage((page) => labels.facets.labels(facet.id, page)),
          })),
        )
        print(json, { facets }, () =>
          table(
            facets.map(({ name, description, riskBudget, requireParity, labels: names }) => ({
              facet: name,
              'risk budget': `${riskBudget * 100}%`,
              parity: requireParity ? 'required' : '',
              labels: names.map((label) => label.name).join(', '),
              description,
            })),
          ),
        )
      }, 'warn'),
    )
  command
    .command('add')
    .description('add a facet')
    .argument('<facet>', 'name of the facet, in kebab-case', kebabCase)
    .option('--description <text>', 'what the facet is about', '')
    .option(
      '--risk-budget <share>',
      'largest share of wrong labels among assigned ones (default: 0.05)',
      share,
    )
    .option(
      '--require-parity',
      'reject models that are significantly less accurate in one of French and English',
    )
    .option('--json', 'print one line of JSON')
    .action((name: string, { description, riskBudget, requireParity, json = false }: FacetOptions) =>
      withApp(async ({ labels }) => {
        const definition = {
          name,
          description,
          riskBudget,
          requireParity,
          actor: commandLine,
        }
        const facet = await labels.createFacet(definition)
        print(json, facet, () => `facet ${facet.name} added`)
      }, 'warn'),
    )
  command
    .command('change')
    .description('change a facet; options left out stay as they are. Applies from the next training on')
    .argument('<facet>')
    .option('--description <text>', 'what the facet is about')
    .option('--risk-budget <share>', 'largest share of wrong labels among assigned ones', share)
    .option(
      '--require-parity',
      'reject models that are significantly less accurate in one of French and English',
    )
    .option('--no-require-parity', 'do not require parity')
    .option('--json', 'print one line of JSON')
    .action((name: string, { json = false, ...change }: ChangeOptions) =>
      withApp(async ({ labels }) => {
        const facet = await labels.changeFacet({ facet: name, ...change, actor: commandLine })
        print(json, facet, () => `facet ${facet.name} changed`)
      }, 'warn'),
    )
  command
    .command('add-label')
    .description('add a label to a facet')
    .argument('<facet>')
    .argument('<label>')
    .option('--description <text>', 'what the label means, for agents', '')
    .option('--json', 'print one line of JSON')
    .action((facet: string, label: string, { description, json = false }: FacetOptions) =>
      withApp(async ({ labels }) => {
        const added = await labels.createLabel({ facet, label, description, actor: commandLine })
        print(json, added, () => `label ${added.name} added to ${facet}`)
      }, 'warn'),
    )
  command
    .command('change-label')
    .description(
      'change the description of a label, or whether it protects threads; `budgets set` changes its budget',
    )
    .argument('<facet>')
    .argument('<label>')
    .option('--description <text>', 'what the label means, for agents')
    .option(
      '--protect-from <probability>',
      `lock threads with this label until two people release them: where it is in force, or at least so likely (${LEAST_PROTECTION} to 1)`,
      probability,
    )
    .option('--no-protect-from', 'the label locks no thread')
    .option('--json', 'print one line of JSON')
    .action((facet: string, label: string, { description, protectFrom, json = false }: LabelOptions) =>
      withApp(async ({ labels }) => {
        const change = { description, protectFrom: protectFrom === false ? null : protectFrom }
        if (change.description === undefined && change.protectFrom === undefined)
          throw new InvalidArgumentError('State what to change: --description or --protect-from.')
        const changed = await labels.changeLabel({ facet, label, ...change, actor: commandLine })
        print(json, changed, () => `label ${changed.name} of ${facet} changed`)
      }, 'warn'),
    )
  command
    .command('costs')
    .description('list what mistakes of a facet cost; a wrong label costs 1 unless stated otherwise')
    .argument('<facet>')
    .option('--json', 'print one line of JSON')
    .action((name: string, { json = false }: CommonOptions) =>
      withApp(async ({ labels }) => {
        const facet = await labels.facets.require(name)
        const costs = await labels.facets.costs.of(facet.id)
        print(json, { costs }, () => describeCosts(costs))
      }, 'warn'),
    )
  command
    .command('set-cost')
    .description('state what it costs to give a label to a thread that has another, and train anew')
    .argument('<facet>')
    .argument('<truth>', 'label that the thread has, such as fraud')
    .argument('<given>', 'label that it is given, such as community')
    .argument('<cost>', `in ordinary mistakes, up to ${LARGEST_COST}; 1 takes the statement back`, cost)
    .option('--json', 'print one line of JSON')
    .action((facet: string, truth: string, given: string, stated: number, { json = false }: CommonOptions) =>
      withApp(async ({ labels }) => {
        const costs = await labels.stateCost({ facet, truth, given, cost: stated, actor: commandLine })
        print(
          json,
          { costs },
          () =>
            `${describeCosts(costs)}\na training was asked for; the model decides by these costs after it`,
        )
      }, 'warn'),
    )
  return command
}

function describeCosts(costs: readonly LabelCost[]): string {
  if (costs.length === 0) return 'every mistake costs 1'
  return table(
    costs.map(({ truth, given, cost: each }) => ({ 'has label': truth, 'is given': given, cost: each })),
  )
}

function cost(text: string): number {
  const number = Number(text)
  if (!(number > 0 && number <= LARGEST_COST))
    throw new InvalidArgumentError(`Expected a number above 0, up to ${LARGEST_COST}.`)
  return number
}

function kebabCase(text: string): string {
  if (!new RegExp(FACET_NAME).test(text)) throw new InvalidArgumentError('Expected a name in kebab-case.')
  return text
}

function probability(text: string): number {
  const number = Number(text)
  if (!(number >= LEAST_PROTECTION && number <= 1))
    throw new InvalidArgumentError(`Expected a probability from ${LEAST_PROTECTION} to 1.`)
  return number
}

function share(text: string): number {
  const number = Number(text)
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('Expected a share between 0 and 1.')
  return number
}
