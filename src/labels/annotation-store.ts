import { type Actor, system } from '../access/actor.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { newId } from '../platform/ids.ts'
import { lockThreads } from '../threads/thread-queries.ts'
import { type Annotation, BY_PEOPLE, type NewAnnotation, type Provenance } from './annotation.ts'
import { labelErrors } from './errors.ts'
import { recomputeThreadLabels } from './recompute-labels.ts'

/** The latest annotation by an import on a facet of a thread. */
export interface ImportAnnotation {
  readonly annotationId: string
  readonly labelId: string
  /** Who revoked it; absent while it is valid. */
  readonly revokedBy?: string
}

export type AnnotationStore = ReturnType<typeof createAnnotationStore>

/** Annotations: appended or revoked, never changed. The labels in force are recomputed in the same transactions. */
export function createAnnotationStore(db: Database, clock: Clock) {
  const annotations = () => db.sql<AnnotationRow>('annotations')

  const joined = () =>
    db
      .sql('annotations as a')
      .join('facets as f', 'f.id', 'a.facet_id')
      .join('labels as l', 'l.id', 'a.label_id')
      .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
      .select<JoinedRow[]>('a.*', 'f.name as facet', 'l.name as label', {
        revoked_at: 'r.created_at',
        revoker_id: 'r.actor_id',
        revoker_name: 'r.actor_name',
      })

  /** One writer a thread at a time: positions and labels in force stay consistent. */
  const lock = (threadIds: readonly string[]) => lockThreads(db, threadIds)

  async function lastPositions(threadIds: readonly string[]): Promise<Map<string, number>> {
    const rows: { thread_id: string; facet_id: string; last: number }[] = await annotations()
      .whereIn('thread_id', threadIds)
      .groupBy('thread_id', 'facet_id')
      .select('thread_id', 'facet_id')
      .max('position as last')
    return new Map(rows.map((row) => [`${row.thread_id} ${row.facet_id}`, row.last]))
  }

  async function recompute(changed: readonly { threadId: string; facetId: string }[]): Promise<void> {
    const threadsOf = new Map<string, Set<string>>()
    for (const { threadId, facetId } of changed)
      threadsOf.set(facetId, (threadsOf.get(facetId) ?? new Set()).add(threadId))
    for (const [facetId, threadIds] of threadsOf) await recomputeThreadLabels(db, facetId, [...threadIds])
  }

  async function find(id: string): Promise<Annotation | undefined> {
    const row = await joined().where('a.id', id).first()
    return row && toAnnotation(row)
  }

  return {
    lock,

    /** Appends up to 500 annotations in their order. @returns their ids */
    async append(added: readonly NewAnnotation[], actor: Actor): Promise<string[]> {
      return db.transaction(async () => {
        const threadIds = [...new Set(added.map(({ threadId }) => threadId))]
        await lock(threadIds)
        const positions = await lastPositions(threadIds)
        const rows = added.map((annotation): AnnotationRow => {
          const key = `${annotation.threadId} ${annotation.facetId}`
          const position = (positions.get(key) ?? 0) + 1
          positions.set(key, position)
          return {
            id: newId('ann', clock.now()),
            thread_id: annotation.threadId,
            facet_id: annotation.facetId,
            position,
            label_id: annotation.labelId,
            provenance: annotation.provenance,
            blind: annotation.blind ?? false,
            actor_id: actor.id,
            actor_name: actor.name,
            note: annotation.note ?? null,
            created_at: isoNow(clock),
          }
        })
        await annotations().insert(rows)
        await recompute(added)
        return rows.map((row) => row.id)
      })
    },

    /**
     * Revokes up to 500 annotations, on their own or as part of a revocation; those already revoked stay unchanged.
     *
     * @returns the ids of those that it revoked
     */
    async revoke(ids: readonly string[], actor: Actor, revocationId?: string): Promise<string[]> {
      return db.transaction(async () => {
        const rows = await annotations().whereIn('id', ids)
        await lock(rows.map((row) => row.thread_id))
        const revoked: { annotation_id: string }[] = await db
          .sql('annotation_revocations')
          .insert(
            rows.map((row) => ({
              annotation_id: row.id,
              actor_id: actor.id,
              actor_name: actor.name,
              created_at: isoNow(clock),
              revocation_id: revocationId ?? null,
            })),
          )
          .onConflict('annotation_id')
          .ignore()
          .returning('annotation_id')
        await recompute(rows.map((row) => ({ threadId: row.thread_id, facetId: row.facet_id })))
        return revoked.map(({ annotation_id }) => annotation_id)
      })
    },

    /** Makes up to 500 revoked annotations valid again. */
    async restore(ids: readonly string[]): Promise<void> {
      await db.transaction(async () => {
        const rows = await annotations().whereIn('id', ids)
        await lock(rows.map((row) => row.thread_id))
        await db.sql('annotation_revocations').whereIn('annotation_id', ids).delete()
        await recompute(rows.map((row) => ({ threadId: row.thread_id, facetId: row.facet_id })))
      })
    },

    /** @throws CodedError ANNOTATION_NOT_FOUND */
    async require(id: string): Promise<Annotation> {
      const annotation = await find(id)
      if (annotation === undefined) throw labelErrors.ANNOTATION_NOT_FOUND({ id })
      return annotation
    },

    /** Those of these annotations (at most 500) that exist, by id. */
    async byIds(ids: readonly string[]): Promise<Map<string, Annotation>> {
      const rows = await joined().whereIn('a.id', ids)
      return new Map(rows.map((row) => [row.id, toAnnotation(row)]))
    },

    /** All annotations of a thread, revoked ones too: facet by facet, the latest first. */
    async history(threadId: string): Promise<Annotation[]> {
      const rows = await joined()
        .where('a.thread_id', threadId)
        .orderBy([{ column: 'f.name' }, { column: 'a.position', order: 'desc' }])
      return rows.map(toAnnotation)
    },

    /** The annotations on a facet of these threads (at most 500) that are not revoked, by thread, the latest first. */
    async validOn(facetId: string, threadIds: readonly string[]): Promise<Map<string, Annotation[]>> {
      const rows = await joined()
        .where('a.facet_id', facetId)
        .whereIn('a.thread_id', threadIds)
        .whereNull('r.annotation_id')
        .orderBy('a.position', 'desc')
      const found = new Map<string, Annotation[]>(threadIds.map((id) => [id, []]))
      for (const row of rows) found.get(row.thread_id)?.push(toAnnotation(row))
      return found
    },

    /** Whether a person or key ever annotated a thread; revoked annotations count too. */
    async hasAnnotationOf(actorId: string): Promise<boolean> {
      const row = await annotations().where('actor_id', actorId).whereIn('provenance', BY_PEOPLE).first('id')
      return row !== undefined
    },

    /** The last annotation by an import on each facet of these threads (at most 500), by thread, then facet. */
    async importAnnotations(
      threadIds: readonly string[],
    ): Promise<Map<string, Map<string, ImportAnnotation>>> {
      const rows = await joined()
        .whereIn('a.thread_id', threadIds)
        .where('a.provenance', 'import')
        .orderBy('a.position')
      const latest = new Map<string, Map<string, ImportAnnotation>>(threadIds.map((id) => [id, new Map()]))
      for (const row of rows)
        latest.get(row.thread_id)?.set(row.facet_id, {
          annotationId: row.id,
          labelId: row.label_id,
          revokedBy: row.revoker_id ?? undefined,
        })
      return latest
    },

    /**
     * How many decisions people have made on a facet, ever: annotations by agents, rulings, and revocations by people.
     * `system` revokes the labels that a source no longer states; these do not count.
     */
    async agentAnnotations(facetId: string): Promise<number> {
      const given = await annotations()
        .where({ facet_id: facetId })
        .whereIn('provenance', BY_PEOPLE)
        .count<{ n: number }[]>('* as n')
      const revoked = await db
        .sql('annotation_revocations as r')
        .join('annotations as a', 'a.id', 'r.annotation_id')
        .where('a.facet_id', facetId)
        .whereNot('r.actor_id', system.id)
        .count<{ n: number }[]>('* as n')
      return Number(given[0]?.n) + Number(revoked[0]?.n)
    },
  }
}

interface AnnotationRow {
  id: string
  thread_id: string
  facet_id: string
  position: number
  label_id: string
  provenance: Provenance
  blind: boolean
  actor_id: string
  actor_name: string
  note: string | null
  created_at: string
}

/** With the names of its facet and label, and its revocation. */
interface JoinedRow extends AnnotationRow {
  facet: string
  label: string
  revoked_at: string | null
  revoker_id: string | null
  revoker_name: string | null
}

/** The annotation of a row. */
function toAnnotation(row: JoinedRow): Annotation {
  return {
    id: row.id,
    threadId: row.thread_id,
    facet: row.facet,
    facetId: row.facet_id,
    label: row.label,
    labelId: row.label_id,
    provenance: row.provenance,
    blind: Boolean(row.blind),
    actor: { id: row.actor_id, name: row.actor_name },
    note: row.note ?? undefined,
    createdAt: row.created_at,
    revoked:
      row.revoked_at === null
        ? undefined
        : { at: row.revoked_at, actor: { id: row.revoker_id ?? '', name: row.revoker_name ?? '' } },
  }
}
