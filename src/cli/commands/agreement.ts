import { Command } from 'commander'
import { commandLine } from '../../access/actor.ts'
import type { FacetAgreement } from '../../labels/agreement/measure-agreement.ts'
import type { Agreement } from '../../learning/agreement/krippendorff.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'

/** `entraide agreement`: how far agents agree who labelled the same threads blind. */
export function agreementCommand(): Command {
  return new Command('agreement')
    .description('Krippendorff’s alpha of a facet and of each label, from blind annotations')
    .argument('<facet>', 'such as `category`')
    .option('--json', 'print one line of JSON')
    .action((facet: string, { json = false }: CommonOptions) =>
      withApp(async ({ labels }) => {
        const agreement = await labels.measureFacetAgreement({ facet, reader: commandLine.audience })
        print(json, agreement, () => describe(agreement))
      }, 'warn'),
    )
}

function describe({ threads, agents, ratings, labels, ...overall }: FacetAgreement): string {
  if (threads === 0) return 'no thread was labelled blind by two agents'
  const rows = labels.map(({ label, ratings: own, ...agreement }) => ({
    label,
    ratings: own,
    alpha: alphaOf(agreement),
    '95%': intervalOf(agreement),
  }))
  const sum = `${threads} threads labelled blind by at least two of ${agents} agents, ${ratings} annotations`
  return `${sum}\nalpha ${alphaOf(overall)} ${intervalOf(overall)}\n\n${table(rows)}`
}

function alphaOf({ alpha }: Agreement): string {
  return alpha === undefined ? 'none (nothing to compare)' : alpha.toFixed(3)
}

function intervalOf({ interval }: Agreement): string {
  return interval === undefined ? '' : `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`
}
