import { readdir } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../access/index.ts'
import { activateVersion, exportArtefact, presentVersion } from '../models/index.ts'
import { describeVersion } from './describe-version.ts'
import { everyPage } from './every-page.ts'
import { type CommonOptions, withHouse } from './house.ts'
import { print, table } from './output.ts'

/** `entraide models`: versions of a facet's model, rolling back, and their files. */
export function modelsCommand(): Command {
  const command = new Command('models').description(
    'list model versions, roll back, lay artefacts out as files',
  )
  command
    .command('list')
    .description('versions of a facet, newest first, with the reason of each decision')
    .argument('<facet>', 'such as `category`')
    .option('--json', 'one JSON line')
    .action((name: string, { json = false }: CommonOptions) =>
      withHouse(async ({ models }) => {
        const facet = await models.facets.require(name)
        const versions = await everyPage((page) => models.versions.list(facet.id, page))
        print(json, { facet: name, versions }, () =>
          table(
            versions.map(({ number, status, createdAt, report, reason }) => ({
              version: number,
              status,
              trained: createdAt,
              accuracy: `${(report.holdOut.candidate.accuracy * 100).toFixed(1)} %`,
              reason,
            })),
          ),
        )
      }, 'warn'),
    )
  command
    .command('show')
    .description('a version, how accurate it is, and what the gate decided on')
    .argument('<facet>', 'such as `category`')
    .argument('<version>', 'its number', versionNumber)
    .option('--json', 'one JSON line')
    .action((name: string, number: number, { json = false }: CommonOptions) =>
      withHouse(async ({ models }) => {
        const facet = await models.facets.require(name)
        const version = await models.versions.require(facet, number)
        const { report, ...rest } = version
        print(json, { ...presentVersion(name, version), report }, () => describeVersion(name, rest, report))
      }, 'warn'),
    )
  command
    .command('activate')
    .description('make a version the active one: rolls back, or overrules the gate')
    .argument('<facet>', 'such as `category`')
    .argument('<version>', 'its number', versionNumber)
    .option('--json', 'one JSON line')
    .action((facet: string, version: number, { json = false }: CommonOptions) =>
      withHouse(async ({ models }) => {
        const active = await activateVersion(models, { facet, version, actor: commandLine })
        print(
          json,
          { facet, version: active.number, status: active.status },
          () => `${facet} version ${version} is active`,
        )
      }, 'warn'),
    )
  command
    .command('export')
    .description("lay a version's artefact out as files that TensorFlow.js reads")
    .argument('<facet>', 'such as `category`')
    .argument('<version>', 'its number', versionNumber)
    .option('--to <folder>', 'folder of all models', 'models')
    .option('--json', 'one JSON line')
    .action((facet: string, version: number, { to, json = false }: CommonOptions & { to: string }) =>
      withHouse(async ({ models }) => {
        const folder = await exportArtefact(models, { facet, version, folder: to })
        const files = (await readdir(folder)).sort()
        print(json, { folder, files }, () => `${folder}: ${files.join(', ')}`)
      }, 'warn'),
    )
  return command
}

function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It takes the number of a version.')
  return Number(text)
}
