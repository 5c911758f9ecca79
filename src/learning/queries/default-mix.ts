import { type Beliefs, checkBeliefs } from './beliefs.ts'
import { bestRows } from './best-rows.ts'
import { coldStart } from './cold-start.ts'
import { createCoverage } from './coverage.ts'
import { marginUncertainty } from './margin.ts'
import type { Candidates, QueryPool, QueryStrategy } from './query-strategy.ts'
import { takeGreedily } from './take-greedily.ts'

/** How much a label's examples count against asking for more of it. */
const BALANCE = 0.25
/** How much a text's own worth counts beside that of the texts it speaks for. */
const OWN_WORTH = 1

/**
 * Margin, class balance and diversity. A text is worth what the model is unsure of it, less where the label it would be
 * given has many examples; of the texts worth most, those are asked about that speak for as much of that worth as they
 * can between them, so neither two that are alike nor one that is like no other. Before there is a model, see
 * `coldStart`. How it was found: docs/learning-curve.md.
 */
export const defaultMix: QueryStrategy = {
  shortlist(pool, limit) {
    const { beliefs } = pool
    if (beliefs === undefined) return coldStart.shortlist(pool, limit)
    checkBeliefs(beliefs, pool.ids.length)
    const worth = worthOf(beliefs, pool.labelled)
    return bestRows(
      pool,
      Float64Array.from(pool.ids, (_, row) => worth(row)),
      limit,
    )
  },
  choose(pool, candidates, count) {
    const { beliefs } = pool
    if (beliefs === undefined) return coldStart.choose(pool, candidates, count)
    return chooseAmong(pool, beliefs, candidates, count)
  },
}

function chooseAmong(
  { labelled }: QueryPool,
  beliefs: Beliefs,
  candidates: Candidates,
  count: number,
): Int32Array {
  const { rows } = candidates
  const examples = Float64Array.from(labelled)
  const worth = worthOf(beliefs, examples)
  const coverage = createCoverage(candidates, (i) => worth(rows[i]!))
  return takeGreedily(
    candidates,
    count,
    (i) => coverage.gain(i) * worth(rows[i]!) ** OWN_WORTH,
    (i) => {
      coverage.take(i)
      // As if it had the label that is expected: a batch does not ask for one label alone.
      const label = likeliest(beliefs, rows[i]!)
      examples[label] = examples[label]! + 1
    },
  )
}

function worthOf(beliefs: Beliefs, examples: ArrayLike<number>): (row: number) => number {
  return (row) => marginUncertainty(beliefs, row) * (1 + examples[likeliest(beliefs, row)]!) ** -BALANCE
}

function likeliest({ ranks, ranked }: Beliefs, row: number): number {
  return ranked[row * ranks]!
}
