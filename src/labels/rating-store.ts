import { type Audience, visibleTo } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'

/** What an agent last said blind of one facet of a thread. */
export interface Rating {
  readonly threadId: string
  readonly label: string
  readonly annotationId: string
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
}

interface VoteRow {
  thread_id: string
  label: string
  annotation_id: string
  actor_id: string
  actor_name: string
  created_at: string
}

export type RatingStore = ReturnType<typeof createRatingStore>

/** Reads blind verdicts as ratings: of each agent on a thread the latest that was not revoked. */
export function createRatingStore(db: Database) {
  const ratings = (facetId: string) => {
    const blind = db
      .sql('annotations as a')
      .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
      .where({ 'a.facet_id': facetId, 'a.provenance': 'agent' })
      .whereRaw('a.blind')
      .whereNull('r.annotation_id')
      .select('a.*')
      .select(
        db.sql.raw(
          'row_number() over (partition by a.thread_id, a.actor_id order by a.position desc) as place',
        ),
      )
    return {
      blind,
      latest: () =>
        db
          .sql(blind.as('v'))
          .join('labels as l', 'l.id', 'v.label_id')
          .where('v.place', 1)
          .orderBy(['v.thread_id', 'v.position'])
          .select<VoteRow[]>('v.thread_id', 'v.actor_id', 'v.actor_name', 'v.created_at', {
            label: 'l.name',
            annotation_id: 'v.id',
          }),
    }
  }

  return {
    /** The ratings on a facet of these threads (at most 500), keyed by thread; on each the earliest first. */
    async of(facetId: string, threadIds: readonly string[]): Promise<Map<string, Rating[]>> {
      const query = ratings(facetId)
      query.blind.whereIn('a.thread_id', threadIds)
      const found = new Map<string, Rating[]>(threadIds.map((id) => [id, []]))
      for (const row of await query.latest()) found.get(row.thread_id)?.push(toVote(row))
      return found
    },

    /** The threads on a facet of which ratings differ. Off the server's thread. */
    async disputed(facetId: string): Promise<string[]> {
      const query = db
        .sql(ratings(facetId).blind.as('v'))
        .where('v.place', 1)
        .groupBy('v.thread_id')
        .havingRaw('count(distinct v.label_id) > 1')
        .orderBy('v.thread_id')
        .select('v.thread_id')
      return (await db.longRead<{ thread_id: string }>(query)).map(({ thread_id }) => thread_id)
    },

    /** All ratings on a facet, of threads that a reader may see; by thread. Off the server's thread. */
    async all(facetId: string, reader: Audience): Promise<Rating[]> {
      const query = ratings(facetId)
      query.blind
        .join('threads as t', 't.id', 'a.thread_id')
        .join('sources as s', 's.id', 't.source_id')
        .whereIn('s.audience', visibleTo(reader))
        .whereNotNull('t.question_id')
        .whereNull('t.merged_into')
      return (await db.longRead<VoteRow>(query.latest())).map(toVote)
    },
  }
}

function toVote(row: VoteRow): Rating {
  return {
    threadId: row.thread_id,
    label: row.label,
    annotationId: row.annotation_id,
    actor: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
  }
}
