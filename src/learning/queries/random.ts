import { bestRows } from './best-rows.ts'
import { drawByChance } from './chance.ts'
import { firstCandidates } from './first-candidates.ts'
import type { QueryStrategy } from './query-strategy.ts'

/** Asks about any row as likely as about any other; what the others are measured against. */
export const random: QueryStrategy = {
  shortlist: (pool, limit) => bestRows(pool, drawByChance(pool), limit),
  choose: (_, candidates, count) => firstCandidates(candidates, count),
}
