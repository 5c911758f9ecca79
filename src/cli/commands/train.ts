import { Command } from 'commander'
import { commandLine } from '../../access/actor.ts'
import type { TrainingProgress } from '../../learning/training/train-classifier.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { print } from '../output.ts'
import { showTrainings } from '../progress.ts'
import { standingLines } from '../standing-lines.ts'

/** `entraide train`: trains a facet now, and activates the version if the gate lets it through. */
export function trainCommand(): Command {
  return new Command('train')
    .description('train a model for a facet on its labelled threads, and activate it if it passes the gate')
    .argument('<facet>', 'such as `category`')
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false }: CommonOptions) =>
      withApp(async ({ models, labels }) => {
        const display = showTrainings()
        const onProgress = (progress: TrainingProgress) =>
          display.update({ training: 0, trainings: 1, ...progress })
        const version = await models
          .trainFacet({ facet, actor: commandLine, onProgress })
          .finally(display.stop)
        const { number, status, reason, report } = version
        const standing = await models.standingOf({ facet: await labels.facets.require(facet), version })
        print(json, { facet, version: number, status, reason, standing, report }, () =>
          [
            `${facet} version ${number}: ${status}. ${reason}`,
            ...(standing === undefined ? [] : ['', standingLines(standing)]),
          ].join('\n'),
        )
      }, 'warn'),
    )
}
