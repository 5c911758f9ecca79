import { Command, InvalidArgumentError, Option } from 'commander'
import type { RelevanceFigures } from '../../evaluation/relevance/measure-relevance.ts'
import type { RankingFigures } from '../../evaluation/relevance/ranking-figures.ts'
import type { CommonOptions } from '../open-app.ts'
import { print } from '../output.ts'

interface RelevanceOptions extends CommonOptions {
  readonly docs: string
  readonly queries: string
  readonly detect?: boolean
  readonly phrasings: number
  readonly typos?: number
}

/** `entraide relevance`: how far up search puts the documents that answer queries of yours; nothing is stored. */
export function relevanceCommand(): Command {
  return new Command('relevance')
    .description('search documents of a file for each query of another, and print where their answers come')
    .requiredOption('--docs <file>', 'NDJSON: {"id", "title", "body", "language"} a line')
    .requiredOption('--queries <file>', 'NDJSON: {"q", "language", "relevant": [id, …]} a line')
    .option('--detect', 'do not state the language of a query to the search')
    .addOption(
      new Option('--phrasings <number>', 'other queries of a document that are known as its issue')
        .argParser(wholeNumber)
        .default(0),
    )
    .addOption(
      new Option(
        '--typos <seed>',
        'ask again with one random edit in one word of four letters or more',
      ).argParser(wholeNumber),
    )
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      '\nQueries of which no document is the answer count towards refused_unanswerable alone.',
    )
    .action(async ({ docs, json = false, ...options }: RelevanceOptions) => {
      const { measureRelevance } = await import('../../evaluation/relevance/measure-relevance.ts')
      const figures = await measureRelevance({ ...options, documents: docs })
      print(json, figures, () => describeRelevance(figures))
    })
}

function describeRelevance({ n_documents, n_queries, typos, ...figures }: RelevanceFigures): string {
  if (typos === undefined) return line(figures)
  const lost = ((figures.mrr ?? 0) - (typos.mrr ?? 0)).toFixed(4)
  return `${line(figures)}\nwith a random edit: ${line(typos)} (mrr lost: ${lost})`
}

function line(figures: RankingFigures): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${value ?? '–'}`)
    .join(' ')
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 0 to 999999999.')
  return Number(text)
}
