import type { LabelCost } from '../../learning/risk/costs.ts'
import type { Database } from '../../platform/database/database.ts'

export type CostStore = ReturnType<typeof createCostStore>

/** The stated costs of giving a label to a thread that has another. */
export function createCostStore(db: Database) {
  const costs = () => db.sql('label_costs')

  return {
    /** Of a facet, by the names of its labels. */
    async of(facetId: string): Promise<LabelCost[]> {
      return db
        .sql('label_costs as c')
        .join('labels as t', 't.id', 'c.truth_id')
        .join('labels as g', 'g.id', 'c.given_id')
        .where('c.facet_id', facetId)
        .orderBy(['t.name', 'g.name'])
        .select({ truth: 't.name', given: 'g.name', cost: 'c.cost' })
    },

    /** Replaces those of a facet, in the transaction in progress. */
    async replace(
      facetId: string,
      stated: readonly { readonly truthId: string; readonly givenId: string; readonly cost: number }[],
    ): Promise<void> {
      await costs().where({ facet_id: facetId }).delete()
      const rows = stated.map(({ truthId, givenId, cost }) => ({
        facet_id: facetId,
        truth_id: truthId,
        given_id: givenId,
        cost,
      }))
      if (rows.length > 0) await costs().insert(rows)
    },
  }
}
