import { bestRows } from './best-rows.ts'
import { drawByChance } from './chance.ts'
import { createCoverage } from './coverage.ts'
import type { QueryStrategy } from './query-strategy.ts'
import { takeGreedily } from './take-greedily.ts'

/** Asks about texts that together speak for as much of the corpus as they can, whatever the model thinks of them. */
export const diversity: QueryStrategy = {
  shortlist: (pool, limit) => bestRows(pool, drawByChance(pool), limit),
  choose(_, candidates, count) {
    const coverage = createCoverage(candidates)
    return takeGreedily(candidates, count, coverage.gain, coverage.take)
  },
}
