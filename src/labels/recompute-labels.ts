import type { Database } from '../platform/database/database.ts'

interface LabelRow {
  thread_id: string
  facet_id: string
  label_id: string
  annotation_id: string
  provenance: string
}

/** Valid annotations, with the positions that decide: of the last one by provenance, the last blind one, and the last of each agent. */
const VALID = `
  select a.thread_id, a.facet_id, a.label_id, a.id as annotation_id, a.provenance, a.position, a.blind,
    max(a.position) over (partition by a.thread_id, a.provenance) as last_position,
    max(case when a.blind then a.position end) over (partition by a.thread_id, a.provenance) as last_blind,
    max(a.position) over (partition by a.thread_id, a.provenance, a.actor_id, a.blind) as last_of_agent
  from annotations as a
  left join annotation_revocations as r on r.annotation_id = a.id
  where a.facet_id = ? and r.annotation_id is null and ?`

/** `rating`: 1 for a rating that counts, 0 for an annotation that ratings outweigh, null where ratings do not decide. */
const RATED = `
  select valid.*,
    case when provenance = 'agent' and last_blind = last_position
      then case when blind and position = last_of_agent then 1 else 0 end
    end as rating
  from valid`

const COUNTED = `
  select rated.*, sum(rating) over (partition by thread_id, provenance, label_id) as ratings
  from rated where rating is null or rating = 1`

const RANKED = `
  select counted.*, row_number() over (partition by thread_id order by
    case provenance when 'ruling' then 0 when 'agent' then 1 else 2 end, ratings desc, position desc) as place
  from counted`

/**
 * Recomputes the label in force (`thread_labels`) of these threads on a facet, from the annotations that are valid:
 *
 * 1. the latest ruling; else
 * 2. of agents, the latest annotation if it was made with the prediction in sight; if it was blind, the label that most
 *    agents gave blind (the latest blind annotation of each agent counts; on a tie the most recent label); else
 * 3. the latest annotation by an import; else none.
 *
 * Runs in every transaction that appends, revokes or restores annotations.
 *
 * @param threadIds at most 500
 */
export async function recomputeThreadLabels(
  db: Database,
  facetId: string,
  threadIds: readonly string[],
): Promise<void> {
  const { sql } = db
  const inForce: LabelRow[] = await sql
    .with('valid', sql.raw(VALID, [facetId, db.among('a.thread_id', threadIds)]))
    .with('rated', sql.raw(RATED))
    .with('counted', sql.raw(COUNTED))
    .with('ranked', sql.raw(RANKED))
    .from('ranked')
    .where('place', 1)
    .select('thread_id', 'facet_id', 'label_id', 'annotation_id', 'provenance')
  const labelled = new Set(inForce.map((row) => row.thread_id))
  const unlabelled = threadIds.filter((id) => !labelled.has(id))
  if (unlabelled.length > 0)
    await sql('thread_labels').where({ facet_id: facetId }).whereIn('thread_id', unlabelled).delete()
  if (inForce.length > 0)
    await sql('thread_labels').insert(inForce).onConflict(['thread_id', 'facet_id']).merge()
}
