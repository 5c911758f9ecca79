import type { Database } from '../platform/index.ts'

interface StandingRow {
  thread_id: string
  facet_id: string
  label_id: string
  annotation_id: string
  provenance: string
}

/** Agents before imports, of each the last first. */
const RANK = "case a.provenance when 'agent' then 0 else 1 end, a.position desc"

/**
 * Makes `thread_labels` what the annotations of these threads on a facet add up to: the last unrevoked one by an
 * agent, else the last unrevoked one by an import, else nothing. Part of every transaction that appends or revokes.
 *
 * @param threadIds at most 500
 */
export async function settleThreadLabels(
  db: Database,
  facetId: string,
  threadIds: readonly string[],
): Promise<void> {
  const ranked = db
    .sql('annotations as a')
    .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
    .where('a.facet_id', facetId)
    .whereIn('a.thread_id', threadIds)
    .whereNull('r.annotation_id')
    .select('a.thread_id', 'a.facet_id', 'a.label_id', 'a.id as annotation_id', 'a.provenance')
    .select(db.sql.raw(`row_number() over (partition by a.thread_id order by ${RANK}) as place`))
  const standing: StandingRow[] = await db
    .sql(ranked.as('ranked'))
    .where('place', 1)
    .select('thread_id', 'facet_id', 'label_id', 'annotation_id', 'provenance')
  const labelled = new Set(standing.map((row) => row.thread_id))
  const bare = threadIds.filter((id) => !labelled.has(id))
  if (bare.length > 0)
    await db.sql('thread_labels').where({ facet_id: facetId }).whereIn('thread_id', bare).delete()
  if (standing.length > 0)
    await db.sql('thread_labels').insert(standing).onConflict(['thread_id', 'facet_id']).merge()
}
