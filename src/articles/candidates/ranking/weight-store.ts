import type { Actor } from '../../../access/actor.ts'
import { type Clock, isoNow } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database/database.ts'
import { DEFAULT_WEIGHTS, type Weights } from './worth.ts'

/** The weights in force; version 0 is what they are until somebody changes them. */
export interface StoredWeights {
  readonly version: number
  readonly weights: Weights
}

export type WeightStore = ReturnType<typeof createWeightStore>

/** The weights of candidates, each version a row. */
export function createWeightStore(db: Database, clock: Clock) {
  return {
    async current(): Promise<StoredWeights> {
      const row: { version: number; weights: string } | undefined = await db
        .sql('article_candidate_weights')
        .orderBy('version', 'desc')
        .first('version', 'weights')
      if (row === undefined) return { version: 0, weights: DEFAULT_WEIGHTS }
      return { version: row.version, weights: JSON.parse(row.weights) }
    },

    /** @returns whether the version was free: somebody else may have taken it */
    async add({ version, weights }: StoredWeights, actor: Actor): Promise<boolean> {
      const added = await db
        .sql('article_candidate_weights')
        .insert({
          version,
          weights: JSON.stringify(weights),
          actor_id: actor.id,
          actor_name: actor.name,
          at: isoNow(clock),
        })
        .onConflict('version')
        .ignore()
        .returning('version')
      return added.length > 0
    },
  }
}
