import { Command } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { print } from '../output.ts'

/** `entraide train`: trains a facet now, and activates the version if the gate lets it through. */
export function trainCommand(): Command {
  return new Command('train')
    .description('train a model for a facet on its labelled threads, and activate it if it passes the gate')
    .argument('<facet>', 'such as `category`')
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false }: CommonOptions) =>
      withApp(async (app) => {
        const version = await app.models.trainFacet({ facet, actor: commandLine })
        const { number, status, reason, report } = version
        print(
          json,
          { facet, version: number, status, reason, report },
          () => `${facet} version ${number}: ${status}. ${reason}`,
        )
      }, 'warn'),
    )
}
