import { readdir } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../../access/actor.ts'
import type { GateTest } from '../../models/gate/gate-evidence.ts'
import { presentVersion } from '../../models/registry/compare-versions.ts'
import type { ModelVersion, TrainingReport } from '../../models/registry/model-version.ts'
import { type CommonOptions, everyPage, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'
import { standingLines } from '../standing-lines.ts'

/** `entraide models`: versions of a facet's model, rolling back, and their files. */
export function modelsCommand(): Command {
  const command = new Command('models').description('list model versions, roll back, export artefacts')
  command
    .command('list')
    .description('list the versions of a facet, newest first, with the reason for each decision')
    .argument('<facet>', 'such as `category`')
    .option('--json', 'print one line of JSON')
    .action((name: string, { json = false }: CommonOptions) =>
      withApp(async ({ labels, models }) => {
        const facet = await labels.facets.require(name)
        const versions = await everyPage((page) => models.versions.list(facet.id, page))
        print(json, { facet: name, versions }, () =>
          table(
            versions.map(({ number, status, createdAt, report, reason }) => ({
              version: number,
              status,
              trained: createdAt,
              accuracy: `${(report.evaluation.candidate.accuracy * 100).toFixed(1)}%`,
              reason,
            })),
          ),
        )
      }, 'warn'),
    )
  command
    .command('show')
    .description('show a version, its accuracy, what risk budgets give, and the results of the gate')
    .argument('<facet>', 'such as `category`')
    .argument('<version>', 'number of the version', versionNumber)
    .option('--json', 'print one line of JSON')
    .action((name: string, number: number, { json = false }: CommonOptions) =>
      withApp(async ({ labels, models }) => {
        const facet = await labels.facets.require(name)
        const version = await models.versions.require(facet, number)
        const { report, ...rest } = version
        const standing = await models.standingOf({ facet, version })
        print(json, { ...presentVersion(name, version), standing, report }, () =>
          [
            describeVersion(name, rest, report),
            ...(standing === undefined ? [] : ['', standingLines(standing)]),
          ].join('\n'),
        )
      }, 'warn'),
    )
  command
    .command('activate')
    .description('activate a version: roll back, or overrule the gate')
    .argument('<facet>', 'such as `category`')
    .argument('<version>', 'number of the version', versionNumber)
    .option('--json', 'print one line of JSON')
    .action((facet: string, version: number, { json = false }: CommonOptions) =>
      withApp(async ({ models }) => {
        const active = await models.activateVersion({ facet, version, actor: commandLine })
        print(
          json,
          { facet, version: active.number, status: active.status },
          () => `${facet} version ${version} is active`,
        )
      }, 'warn'),
    )
  command
    .command('export')
    .description('write the artefact of a version as files that TensorFlow.js can load')
    .argument('<facet>', 'such as `category`')
    .argument('<version>', 'number of the version', versionNumber)
    .option('--to <folder>', 'folder for all models', 'models')
    .option('--json', 'print one line of JSON')
    .action((facet: string, version: number, { to, json = false }: CommonOptions & { to: string }) =>
      withApp(async ({ models }) => {
        const folder = await models.exportArtefact({ facet, version, folder: to })
        const files = (await readdir(folder)).sort()
        print(json, { folder, files }, () => `${folder}: ${files.join(', ')}`)
      }, 'warn'),
    )
  return command
}

function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected the number of a version.')
  return Number(text)
}

/** A model version for people: its figures, then each test of the gate on a line. */
export function describeVersion(
  facet: string,
  { number, status, createdAt, reason }: Omit<ModelVersion, 'report'>,
  { evaluation, gate, trainedOn, labels, unlabelled = 0 }: TrainingReport,
): string {
  const { accuracy, coverage } = evaluation.candidate
  const besides = unlabelled > 0 ? ` and ${unlabelled} without a label` : ''
  const lines = [
    `${facet} version ${number}, ${status}, trained ${createdAt} on ${trainedOn} labelled threads (${labels} labels)${besides}`,
    reason,
    `accuracy ${percent(accuracy)}, assigned ${percent(coverage)} (${evaluation.basis}, ${evaluation.threads} threads)`,
  ]
  if (gate?.parity !== undefined) {
    const { french, english, p } = gate.parity
    const inFrench = percent(french.right / french.threads)
    lines.push(`French ${inFrench}, English ${percent(english.right / english.threads)} (p ${p.toFixed(3)})`)
  }
  if (gate !== undefined && gate.tests.length > 0) lines.push('', table(gate.tests.map(row)))
  return lines.join('\n')
}

function row({ on, scope, name, threads, lost, gained, p, adjusted, refusal }: GateTest) {
  return {
    'compared on': on,
    among: name === undefined ? scope : `${scope} ${name}`,
    threads,
    lost,
    gained,
    p: p.toFixed(4),
    adjusted: adjusted.toFixed(4),
    refused: refusal ?? '',
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
