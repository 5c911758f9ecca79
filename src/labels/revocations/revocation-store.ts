import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import { isReadableThread, joinReadableThreads } from '../../threads/readable-threads.ts'
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
  rulings: boolean | number
  reason: string | null
  status: RevocationStatus
  annotations: number
  actor_id: string
  actor_name: string
  created_at: string
  restorer_id: string | null
  restorer_name: string | null
  restored_at: string | null
  restorer_reader: Audience | null
}

export type RevocationStore = ReturnType<typeof createRevocationStore>

/**
 * Revocations, and the annotations of each. Readers see those whose requester saw no more than they do, and of a single
 * annotation only while they may see its thread: reasons and counts are of threads.
 */
export function createRevocationStore(db: Database, clock: Clock) {
  const revocations = () => db.sql<RevocationRow>('revocations')

  async function rowOf(id: string): Promise<RevocationRow> {
    const row = await revocations().where({ id }).first()
    if (row === undefined) throw labelErrors.REVOCATION_NOT_FOUND({ id })
    return row
  }

  /** Whether the reader may see the thread of a revocation of one annotation. */
  async function isReadable(scope: RevocationScope, reader: Audience): Promise<boolean> {
    if (scope.annotation === undefined) return true
    const found = await db
      .sql('annotations as a')
      .where('a.id', scope.annotation)
      .whereExists(isReadableThread(db, 'a.thread_id', reader, { which: 'stored' }))
      .first('a.id')
    return found !== undefined
  }

  const revokedAnnotations = (id: string) =>
    db
      .sql('annotation_revocations as r')
      .join('annotations as a', 'a.id', 'r.annotation_id')
      .where('r.revocation_id', id)

  return {
    /**
     * Adds a revocation with status `revoking`.
     *
     * @param rulings whether it takes back rulings too
     */
    async add(
      scope: RevocationScope,
      {
        reason,
        rulings,
        actor,
      }: { readonly reason?: string; readonly rulings: boolean; readonly actor: Actor },
    ): Promise<Revocation> {
      const row: RevocationRow = {
        id: newId('rvc', clock.now()),
        scope: JSON.stringify(scope),
        reader: actor.audience,
        rulings,
        reason: reason ?? null,
        status: 'revoking',
        annotations: 0,
        actor_id: actor.id,
        actor_name: actor.name,
        created_at: isoNow(clock),
        restorer_id: null,
        restorer_name: null,
        restored_at: null,
        restorer_reader: null,
      }
      await revocations().insert(row)
      return present(row)
    },

    /** @throws CodedError REVOCATION_NOT_FOUND */
    require: async (id: string): Promise<Revocation> => present(await rowOf(id)),

    /** @throws CodedError REVOCATION_NOT_FOUND, also for one that the reader may not see */
    async requireReadable(id: string, reader: Audience): Promise<Revocation> {
      const row = await rowOf(id)
      const revocation = present(row)
      const seen = visibleTo(reader).includes(row.reader) && (await isReadable(revocation.scope, reader))
      if (!seen) throw labelErrors.REVOCATION_NOT_FOUND({ id })
      return revocation
    },

    /** Those that the reader may see, newest first. */
    async list(reader: Audience, { cursor, limit = 20 }: PageQuery): Promise<Page<Revocation>> {
      const seen: Revocation[] = []
      let before = cursor === undefined ? undefined : decodeCursor(cursor).id
      while (seen.length <= limit) {
        const query = revocations()
          .whereIn('reader', visibleTo(reader))
          .orderBy('id', 'desc')
          .limit(limit + 1)
        if (before !== undefined) query.where('id', '<', before)
        const page = (await query).map(present)
        for (const revocation of page) if (await isReadable(revocation.scope, reader)) seen.push(revocation)
        if (page.length <= limit) break
        before = page.at(-1)!.id
      }
      return toPage(seen, limit, ({ id, createdAt }) => ({ key: createdAt, id }))
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
            restorer_reader: restorer.audience,
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
     * threads that the requester may see; rulings only where the requester may rule.
     */
    async pending(id: string, limit: number): Promise<string[]> {
      const row = await rowOf(id)
      const scope = JSON.parse(row.scope) as RevocationScope
      const query = validAnnotations(db).orderBy('a.id').limit(limit).select<{ id: string }[]>('a.id')
      if (scope.agent === undefined) query.where('a.id', scope.annotation)
      else {
        joinReadableThreads(query, 'a.thread_id', row.reader, { which: 'stored' })
          .where('a.actor_id', scope.agent)
          .whereNot('a.provenance', 'import')
          .whereBetween('a.created_at', [scope.since, row.created_at])
        if (!row.rulings) query.whereNot('a.provenance', 'ruling')
        if (scope.facet !== undefined) joinFacets(query, 'a.facet_id').where('f.name', scope.facet)
      }
      return (await query).map(({ id: annotationId }) => annotationId)
    },

    /**
     * Annotations that a revocation revoked and that are still revoked, by id, on threads that whoever restores them may
     * see.
     */
    async revokedBy(id: string, limit: number): Promise<string[]> {
      const { restorer_reader } = await rowOf(id)
      const query = revokedAnnotations(id)
        .orderBy('r.annotation_id')
        .limit(limit)
        .select<{ annotation_id: string }[]>('r.annotation_id')
      // Restorations that an earlier release left unfinished do not say for whom.
      if (restorer_reader !== null)
        joinReadableThreads(query, 'a.thread_id', restorer_reader, { which: 'stored' })
      return (await query).map((row) => row.annotation_id)
    },

    /** Whether any annotation that it revoked is a ruling. */
    async holdsRuling(id: string): Promise<boolean> {
      return (await revokedAnnotations(id).where('a.provenance', 'ruling').first('a.id')) !== undefined
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
