import { type Beliefs, checkBeliefs } from './beliefs.ts'
import { bestRows } from './best-rows.ts'
import { drawByChance } from './chance.ts'
import { firstCandidates } from './first-candidates.ts'
import type { QueryStrategy } from './query-strategy.ts'

/** How little the model knows of a row: the higher, the sooner to ask (Settles 2009, section 3.1). */
export type Uncertainty = (beliefs: Beliefs, row: number) => number

/** Asks about the rows of highest uncertainty; at random while there is no model. */
export function byUncertainty(uncertainty: Uncertainty): QueryStrategy {
  return {
    shortlist(pool, limit) {
      const { beliefs } = pool
      if (beliefs === undefined) return bestRows(pool, drawByChance(pool), limit)
      checkBeliefs(beliefs, pool.ids.length)
      return bestRows(
        pool,
        Float64Array.from(pool.ids, (_, row) => uncertainty(beliefs, row)),
        limit,
      )
    },
    choose: (_, candidates, count) => firstCandidates(candidates, count),
  }
}
