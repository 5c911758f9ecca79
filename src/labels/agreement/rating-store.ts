import type { Audience } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { validAnnotations } from '../label-queries.ts'

/** The latest label that an agent gave a thread on a facet without seeing a prediction. */
export interface Rating {
  readonly threadId: string
  readonly label: string
  readonly annotationId: string
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
}

interface RatingRow {
  thread_id: string
  label: string
  annotation_id: string
  actor_id: string
  actor_name: string
  created_at: string
}

export type RatingStore = ReturnType<typeof createRatingStore>

/** Ratings: of each agent on a thread the latest blind annotation that is not revoked. */
export function createRatingStore(db: Database) {
  const ratings = (facetId: string) => {
    const blind = validAnnotations(db)
      .where({ 'a.facet_id': facetId, 'a.provenance': 'agent' })
      .whereRaw('a.blind')
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
          .select<RatingRow[]>('v.thread_id', 'v.actor_id', 'v.actor_name', 'v.created_at', {
            label: 'l.name',
            annotation_id: 'v.id',
          }),
    }
  }

  return {
    /** The ratings on a facet of these threads (at most 500), by thread; of each thread the earliest first. */
    async of(facetId: string, threadIds: readonly string[]): Promise<Map<string, Rating[]>> {
      const query = ratings(facetId)
      query.blind.whereIn('a.thread_id', threadIds)
      const found = new Map<string, Rating[]>(threadIds.map((id) => [id, []]))
      for (const row of await query.latest()) found.get(row.thread_id)?.push(toRating(row))
      return found
    },

    /** The threads whose ratings on a facet differ. Reads off the event loop. */
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

    /** All ratings on a facet of threads that a reader may see, by thread. Reads off the event loop. */
    async all(facetId: string, reader: Audience): Promise<Rating[]> {
      const query = ratings(facetId)
      joinReadableThreads(query.blind, 'a.thread_id', reader, { which: 'questioned' })
      return (await db.longRead<RatingRow>(query.latest())).map(toRating)
    },
  }
}

function toRating(row: RatingRow): Rating {
  return {
    threadId: row.thread_id,
    label: row.label,
    annotationId: row.annotation_id,
    actor: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
  }
}
