import type { Database } from '../platform/database/database.ts'

interface ActivityRow {
  thread_id: string
  facet_id: string
  label_id: string
  annotation_id: string
  provenance: string
}

/** What was not revoked, and of agents: whether they spoke blind last, and what each of them said blind last. */
const LIVE = `
  select a.thread_id, a.facet_id, a.label_id, a.id as annotation_id, a.provenance, a.position, a.blind,
    max(a.position) over (partition by a.thread_id, a.provenance) as last_said,
    max(case when a.blind then a.position end) over (partition by a.thread_id, a.provenance) as last_blind,
    max(a.position) over (partition by a.thread_id, a.provenance, a.actor_id, a.blind) as last_alike
  from annotations as a
  left join annotation_revocations as r on r.annotation_id = a.id
  where a.facet_id = ? and r.annotation_id is null and ?`

/** `vote`: 1 where it counts as one, 0 where votes decide without it, null where they do not decide. */
const VOTING = `
  select live.*,
    case when provenance = 'agent' and last_blind = last_said
      then case when blind and position = last_alike then 1 else 0 end
    end as vote
  from live`

const COUNTED = `
  select voting.*, sum(vote) over (partition by thread_id, provenance, label_id) as votes
  from voting where vote is null or vote = 1`

const RANKED = `
  select counted.*, row_number() over (partition by thread_id order by
    case provenance when 'ruling' then 0 when 'agent' then 1 else 2 end, votes desc, position desc) as place
  from counted`

/**
 * Makes `thread_labels` what the annotations of these threads on a facet, without those revoked, add up to:
 *
 * 1. the latest ruling; else
 * 2. where agents spoke: the latest verdict, if it was given in sight of a prediction; if it was given blind, the label
 *    that most agents gave blind (of each agent the latest blind verdict counts), of equals the one given last; else
 * 3. the latest of the import; else nothing.
 *
 * Part of every transaction that appends or revokes.
 *
 * @param threadIds at most 500
 */
export async function recomputeThreadLabels(
  db: Database,
  facetId: string,
  threadIds: readonly string[],
): Promise<void> {
  const { sql } = db
  const standing: ActivityRow[] = await sql
    .with('live', sql.raw(LIVE, [facetId, db.among('a.thread_id', threadIds)]))
    .with('voting', sql.raw(VOTING))
    .with('counted', sql.raw(COUNTED))
    .with('ranked', sql.raw(RANKED))
    .from('ranked')
    .where('place', 1)
    .select('thread_id', 'facet_id', 'label_id', 'annotation_id', 'provenance')
  const labelled = new Set(standing.map((row) => row.thread_id))
  const bare = threadIds.filter((id) => !labelled.has(id))
  if (bare.length > 0)
    await sql('thread_labels').where({ facet_id: facetId }).whereIn('thread_id', bare).delete()
  if (standing.length > 0)
    await sql('thread_labels').insert(standing).onConflict(['thread_id', 'facet_id']).merge()
}
