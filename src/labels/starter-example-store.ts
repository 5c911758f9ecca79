import type { Database } from '../platform/database/database.ts'
import { stableId } from '../platform/ids.ts'

/** A labelled text that comes with a facet, so that its model can start before anyone has labelled a thread. */
export interface StarterExample {
  readonly id: string
  readonly text: string
  readonly label: string
}

export type StarterExampleStore = ReturnType<typeof createStarterExampleStore>

const ROWS = 100

/** Starter examples of facets. */
export function createStarterExampleStore(db: Database) {
  return {
    /** Replaces the examples of a facet, in the transaction in progress. */
    async replace(
      facetId: string,
      examples: readonly Pick<StarterExample, 'text' | 'label'>[],
      labelIds: ReadonlyMap<string, string>,
    ): Promise<void> {
      const rows = examples.map(({ text, label }) => ({
        id: stableId('stx', facetId, text),
        facet_id: facetId,
        label_id: labelIds.get(label)!,
        text,
      }))
      await db.sql('starter_examples').where({ facet_id: facetId }).delete()
      for (let from = 0; from < rows.length; from += ROWS)
        await db.sql('starter_examples').insert(rows.slice(from, from + ROWS))
    },

    /** The starter examples of a facet, by id. */
    async of(facetId: string): Promise<StarterExample[]> {
      return db
        .sql('starter_examples as e')
        .join('labels as l', 'l.id', 'e.label_id')
        .where('e.facet_id', facetId)
        .orderBy('e.id')
        .select({ id: 'e.id', text: 'e.text', label: 'l.name' })
    },
  }
}
