import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { labelErrors } from '../errors.ts'
import { joinFacets, validAnnotations } from '../label-queries.ts'

/** Which annotations are revoked: one, or all of an agent since a time. */
export type RevocationScope =
  | { readonly annotation: string; readonly agent?: never }
  | {
      /** Id of the person or key that gave them. */
      readonly agent: string
      /** ISO 8601, inclusive. */
      readonly since: string
      /** Name of the only facet; all facets by default. */
      readonly facet?: string
      readonly annotation?: never
    }

/** Work in progress is `revoking` or `restoring`; an agent may have thousands of annotations. */
export type RevocationStatus = 'revoking' | 'revoked' | 'restoring' | 'restored'

/** Annotations revoked in one call, and possibly restored in another. */
export interface Revocation {
  readonly id: string
  readonly scope: RevocationScope
  readonly reason?: string
  readonly status: RevocationStatus
  /** How many annotations it revoked so far; those already revoked do not count. */
  readonly annotations: number
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
  /** When they were restored, and by whom. */
  readonly restored?: { readonly at: string; readonly actor: { readonly id: string; readonly name: string } }
}

interface RevocationRow {
  id: string
  scope: string
  reader: Audience
  reason: string | null
  status: RevocationStatus
  annotations: number
  actor_id: string
  actor_name: string
  created_at: string
  restorer_id: string | null
  restorer_name: string | null
  restored_at: string | null
}

export type RevocationStore = ReturnType<typeof createRevocationStore>

/** Revocations, and the annotations of each. */
export function createRevocationStore(db: Database, clock: Clock) {
  const revocations = () => db.sql<RevocationRow>('revocations')

  async function require(id: string): Promise<Revocation> {
    const row = await revocations().where({ id }).first()
    if (row === undefined) throw labelErrors.REVOCATION_NOT_FOUND({ id })
    return present(row)
  }

  return {
    /** Adds a revocation with status `revoking`. */
    async add(scope: RevocationScope, reason: string | undefined, actor: Actor): Promise<Revocation> {
      const row: RevocationRow = {
        id: newId('rvc', clock.now()),
        scope: JSON.stringify(scope),
        reader: actor.audience,
        reason: reason ?? null,
        status: 'revoking',
        annotations: 0,
        actor_id: actor.id,
        actor_name: actor.name,
        created_at: isoNow(clock),
        restorer_id: null,
        restorer_name: null,
        restored_at: null,
      }
      await revocations().insert(row)
      return present(row)
    },

    /** @throws CodedError REVOCATION_NOT_FOUND */
    require,

    /** Newest first. */
    async list({ cursor, limit = 20 }: PageQuery): Promise<Page<Revocation>> {
      const query = revocations()
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
      return toPage((await query).map(present), limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /** Moves from one status to the next. @returns false when the status was another by then */
    async move(id: string, from: RevocationStatus, to: RevocationStatus, restorer?: Actor): Promise<boolean> {
      const moved = await revocations()
        .where({ id, status: from })
        .update({
          status: to,
          ...(restorer && {
            restorer_id: restorer.id,
            restorer_name: restorer.name,
            restored_at: isoNow(clock),
          }),
        })
      return moved > 0
    },

    /** Adds to the number of annotations that it revoked. */
    async count(id: string, annotations: number): Promise<void> {
      await revocations().where({ id }).increment('annotations', annotations)
    },

    /**
     * Annotations that a revocation still has to revoke, by id: made by the agent between `since` and the request, on
     * threads that the requester may see.
     */
    async pending(id: string, limit: number): Promise<string[]> {
      const row = await revocations().where({ id }).first()
      if (row === undefined) throw labelErrors.REVOCATION_NOT_FOUND({ id })
      const scope = JSON.parse(row.scope) as RevocationScope
      const query = validAnnotations(db).orderBy('a.id').limit(limit).select<{ id: string }[]>('a.id')
      if (scope.agent === undefined) query.where('a.id', scope.annotation)
      else {
        joinReadableThreads(query, 'a.thread_id', row.reader, { which: 'stored' })
          .where('a.actor_id', scope.agent)
          .whereNot('a.provenance', 'import')
          .whereBetween('a.created_at', [scope.since, row.created_at])
        if (scope.facet !== undefined) joinFacets(query, 'a.facet_id').where('f.name', scope.facet)
      }
      return (await query).map(({ id: annotationId }) => annotationId)
    },

    /** Annotations that a revocation revoked and that are still revoked, by id. */
    async revokedBy(id: string, limit: number): Promise<string[]> {
      const rows: { annotation_id: string }[] = await db
        .sql('annotation_revocations')
        .where({ revocation_id: id })
        .orderBy('annotation_id')
        .limit(limit)
        .select('annotation_id')
      return rows.map((row) => row.annotation_id)
    },

    /** The facets of these annotations (at most 500). */
    async facetsOf(annotationIds: readonly string[]): Promise<{ facetId: string; facet: string }[]> {
      return joinFacets(db.sql('annotations as a'), 'a.facet_id')
        .whereIn('a.id', annotationIds)
        .distinct({ facetId: 'f.id', facet: 'f.name' })
        .orderBy('f.name')
    },
  }
}

function present(row: RevocationRow): Revocation {
  return {
    id: row.id,
    scope: JSON.parse(row.scope),
    reason: row.reason ?? undefined,
    status: row.status,
    annotations: row.annotations,
    actor: { id: row.actor_id, name: row.actor_name },
    createdAt: row.created_at,
    restored:
      row.restored_at === null
        ? undefined
        : {
            at: row.restored_at,
            actor: { id: row.restorer_id ?? '', name: row.restorer_name ?? '' },
          },
  }
}
