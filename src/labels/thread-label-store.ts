import type { Database } from '../platform/database/database.ts'
import type { Provenance, ThreadLabel } from './annotation.ts'
import { joinFacets } from './label-queries.ts'

/** A labelled thread as training reads it. */
export interface LabelledThread {
  readonly threadId: string
  readonly label: string
  readonly provenance: Provenance
  readonly annotationId: string
  /** When the annotation in force was made. */
  readonly labelledAt: string
  /** When the first annotation on the facet was made, even if it was revoked or overruled since. */
  readonly firstLabelledAt: string
}

interface LabelRow {
  thread_id: string
  facet_id: string
  facet: string
  label: string
  provenance: Provenance
  annotation_id: string
}

interface Dates {
  labelled_at: string
  first_labelled_at: string
}

export type ThreadLabelStore = ReturnType<typeof createThreadLabelStore>

/** Reads labels in force. The annotation store writes them. */
export function createThreadLabelStore(db: Database) {
  const inForce = () =>
    db
      .sql('thread_labels as t')
      .join('labels as l', 'l.id', 't.label_id')
      .select<LabelRow[]>('t.thread_id', 't.facet_id', 't.provenance', 't.annotation_id', 'l.name as label')

  return {
    /** The labels in force of these threads (at most 500), by thread; of each thread by facet name. */
    async labelsOf(threadIds: readonly string[]): Promise<Map<string, ThreadLabel[]>> {
      const rows = await joinFacets(inForce(), 't.facet_id')
        .select('f.name as facet')
        .whereIn('t.thread_id', threadIds)
        .orderBy('f.name')
      const labels = new Map<string, ThreadLabel[]>(threadIds.map((id) => [id, []]))
      for (const row of rows)
        labels.get(row.thread_id)?.push({
          threadId: row.thread_id,
          facetId: row.facet_id,
          facet: row.facet,
          label: row.label,
          provenance: row.provenance,
          annotationId: row.annotation_id,
        })
      return labels
    },

    /**
     * All labelled threads of a facet by thread id, in chunks, each read on demand.
     *
     * @param until only labels given by then; ISO 8601
     */
    async *labelledThreads(
      facetId: string,
      { chunkSize = 200, until }: { readonly chunkSize?: number; readonly until?: string } = {},
    ): AsyncGenerator<LabelledThread[]> {
      let after = ''
      for (;;) {
        const query = inForce()
          .join('annotations as a', 'a.id', 't.annotation_id')
          .join('annotations as first', (join) =>
            join
              .on('first.thread_id', 't.thread_id')
              .andOn('first.facet_id', 't.facet_id')
              .andOnVal('first.position', 1),
          )
          .select<(LabelRow & Dates)[]>(
            'a.created_at as labelled_at',
            'first.created_at as first_labelled_at',
          )
          .where('t.facet_id', facetId)
          .where('t.thread_id', '>', after)
          .orderBy('t.thread_id')
          .limit(chunkSize)
        if (until !== undefined) query.where('a.created_at', '<=', until)
        const rows = await query
        if (rows.length > 0)
          yield rows.map((row) => ({
            threadId: row.thread_id,
            label: row.label,
            provenance: row.provenance,
            annotationId: row.annotation_id,
            labelledAt: row.labelled_at,
            firstLabelledAt: row.first_labelled_at,
          }))
        if (rows.length < chunkSize) return
        after = rows.at(-1)!.thread_id
      }
    },
  }
}
