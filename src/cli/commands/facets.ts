import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../../access/actor.ts'

import { FACET_NAME } from '../../labels/facet.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'

import { print, table } from '../output.ts'

interface FacetOptions extends CommonOptions {
  readonly description: string
  readonly riskBudget?: number
  readonly requireParity?: boolean
}

type ChangeOptions = Partial<FacetOptions>

/** `entraide facets`: the axes of classification and their labels. */
export function facetsCommand(): Command {
  const command = new Command('facets').description('list and define facets and their labels')
  command
    .command('list')
    .description('facets, and the labels of each')
    .option('--json', 'one JSON line')
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
              'risk budget': `${riskBudget * 100} %`,
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
    .argument('<facet>', 'its name, in kebab-case', kebabCase)
    .option('--description <text>', 'what it is about', '')
    .option(
      '--risk-budget <share>',
      'share that may be wrong among what is assigned (0.05 unless told)',
      share,
    )
    .option(
      '--require-parity',
      'refuse models that are less accurate in French than in English, or the reverse',
    )
    .option('--json', 'one JSON line')
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
    .description('change a facet; what is not told stays. Models heed it from the next training on')
    .argument('<facet>')
    .option('--description <text>', 'what it is about')
    .option('--risk-budget <share>', 'share that may be wrong among what is assigned', share)
    .option(
      '--require-parity',
      'refuse models that are less accurate in French than in English, or the reverse',
    )
    .option('--no-require-parity', 'do not ask for parity')
    .option('--json', 'one JSON line')
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
    .option('--description <text>', 'what it means, for agents', '')
    .option('--json', 'one JSON line')
    .action((facet: string, label: string, { description, json = false }: FacetOptions) =>
      withApp(async ({ labels }) => {
        const added = await labels.createLabel({ facet, label, description, actor: commandLine })
        print(json, added, () => `label ${added.name} added to ${facet}`)
      }, 'warn'),
    )
  command
    .command('change-label')
    .description('describe a label anew; its budget is set by `budgets set`')
    .argument('<facet>')
    .argument('<label>')
    .requiredOption('--description <text>', 'what it means, for agents')
    .option('--json', 'one JSON line')
    .action((facet: string, label: string, { description, json = false }: FacetOptions) =>
      withApp(async ({ labels }) => {
        const changed = await labels.changeLabel({ facet, label, description, actor: commandLine })
        print(json, changed, () => `label ${changed.name} of ${facet} changed`)
      }, 'warn'),
    )
  return command
}

function kebabCase(text: string): string {
  if (!new RegExp(FACET_NAME).test(text)) throw new InvalidArgumentError('It takes a name in kebab-case.')
  return text
}

function share(text: string): number {
  const number = Number(text)
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('It takes a share between 0 and 1.')
  return number
}
