import { type Beliefs, checkBeliefs } from './beliefs.ts'
import { bestRows } from './best-rows.ts'
import { coldStart } from './cold-start.ts'
import { marginUncertainty } from './margin.ts'
import type { QueryPool, QueryStrategy } from './query-strategy.ts'
import { takeGreedily } from './take-greedily.ts'

/** How much a label's examples count against asking for more of it. */
const BALANCE = 0.5

/**
 * Margin, class balance and diversity: uncertain rows first, those of labels with few examples before those of labels
 * with many, each differing from those asked before it. Before there is a model, see `coldStart`.
 */
export const defaultMix: QueryStrategy = {
  shortlist(pool, limit) {
    const { beliefs, labelled } = pool
    if (beliefs === undefined) return coldStart.shortlist(pool, limit)
    checkBeliefs(beliefs, pool.ids.length)
    const need = Float64Array.from(labelled, (examples) => needOf(examples))
    return bestRows(
      pool,
      Float64Array.from(
        pool.ids,
        (_, row) => marginUncertainty(beliefs, row) * need[likeliest(beliefs, row)]!,
      ),
      limit,
    )
  },
  choose(pool, candidates, count) {
    const { beliefs } = pool
    if (beliefs === undefined) return coldStart.choose(pool, candidates, count)
    return mix(pool, beliefs, candidates, count)
  },
}

function mix(
  { labelled }: QueryPool,
  beliefs: Beliefs,
  candidates: Parameters<QueryStrategy['choose']>[1],
  count: number,
): Int32Array {
  const { rows } = candidates
  const uncertainty = Float64Array.from(rows, (row) => marginUncertainty(beliefs, row))
  const label = Int32Array.from(rows, (row) => likeliest(beliefs, row))
  const examples = Float64Array.from(labelled)
  return takeGreedily(
    candidates,
    count,
    (i, { closest }) => uncertainty[i]! * needOf(examples[label[i]!]!) * (1 - closest[i]!),
    (i) => {
      examples[label[i]!] = examples[label[i]!]! + 1
    },
  )
}

function needOf(examples: number): number {
  return (1 + examples) ** -BALANCE
}

function likeliest({ ranks, ranked }: Beliefs, row: number): number {
  return ranked[row * ranks]!
}
