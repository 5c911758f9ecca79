import { Command } from 'commander'
import { commandLine } from '../../access/actor.ts'
import { CATEGORY } from '../../labels/facet.ts'
import type { Influence } from '../../models/explanations/influences.ts'
import { type CommonOptions, withApp } from '../open-app.ts'
import { print, table } from '../output.ts'

interface InfluencesOptions extends CommonOptions {
  readonly facet: string
  readonly label?: string
}

/** `entraide influences`: which annotations led the model to its prediction for a thread. */
export function influencesCommand(): Command {
  return new Command('influences')
    .description('show which annotations influenced the prediction for a thread, the strongest first')
    .argument('<thread>', 'id of the thread')
    .option('--facet <name>', 'facet of the prediction', CATEGORY)
    .option('--label <name>', 'label to explain (default: the likeliest)')
    .option('--json', 'print one line of JSON')
    .action((threadId: string, { facet, label, json = false }: InfluencesOptions) =>
      withApp(async ({ triage }) => {
        const asked = { threadId, facet, limit: 10, actor: commandLine, label }
        const found = await triage.predictionInfluences(asked)
        print(json, found, () =>
          [
            `${found.facet}: ${found.label}, ${(found.probability * 100).toFixed(2)}% (version ${found.modelVersion})`,
            '',
            table(found.influences.map(row)),
          ].join('\n'),
        )
      }, 'warn'),
    )
}

function row({ annotation, similarity, weight, influence }: Influence) {
  return {
    influence: signed(influence, 3),
    similarity: similarity.toFixed(2),
    weight: signed(weight, 2),
    label: annotation.label,
    by: annotation.actor.name,
    at: annotation.createdAt,
    annotation: annotation.id,
    thread: annotation.threadId,
  }
}

/** What rounds to nothing has no sign. */
function signed(value: number, digits: number): string {
  return (Number(value.toFixed(digits)) + 0).toFixed(digits)
}
