import { type Actor, system } from '../access/actor.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { newId } from '../platform/ids.ts'
import { type Annotation, BY_PEOPLE, type NewAnnotation, type Provenance } from './annotation.ts'
import { labelErrors } from './errors.ts'
import { recomputeThreadLabels } from './recompute-labels.ts'

/** The latest verdict of the import on a facet of a thread. */
export interface ImportAnnotation {
  readonly annotationId: string
  readonly labelId: string
  /** By whom it was revoked, if it was. */
  readonly revokedBy?: string
}

export type AnnotationStore = ReturnType<typeof createAnnotationStore>

/** Annotations: appended, revoked, never changed. What they add up to is kept in the same transactions. */
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

  /** One writer a thread at a time (SQLite has one writer at all): positions and the outcome stay in step. */
  async function lock(threadIds: readonly string[]): Promise<void> {
    if (db.dialect === 'postgres')
      await db.sql('threads').whereIn('id', threadIds).orderBy('id').select('id').forNoKeyUpdate()
  }

  async function lastPositions(threadIds: readonly string[]): Promise<Map<string, number>> {
    const rows: { thread_id: string; facet_id: string; last: number }[] = await annotations()
      .whereIn('thread_id', threadIds)
      .groupBy('thread_id', 'facet_id')
      .select('thread_id', 'facet_id')
      .max('position as last')
    return new Map(rows.map((row) => [`${row.thread_id} ${row.facet_id}`, row.last]))
  }

  async function settle(changed: readonly { threadId: string; facetId: string }[]): Promise<void> {
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

    /** Appends up to 500 verdicts in their order. @returns their ids */
    async append(verdicts: readonly NewAnnotation[], actor: Actor): Promise<string[]> {
      return db.transaction(async () => {
        const threadIds = [...new Set(verdicts.map(({ threadId }) => threadId))]
        await lock(threadIds)
        const positions = await lastPositions(threadIds)
        const rows = verdicts.map((verdict): AnnotationRow => {
          const key = `${verdict.threadId} ${verdict.facetId}`
          const position = (positions.get(key) ?? 0) + 1
          positions.set(key, position)
          return {
            id: newId('ann', clock.now()),
            thread_id: verdict.threadId,
            facet_id: verdict.facetId,
            position,
            label_id: verdict.labelId,
            provenance: verdict.provenance,
            blind: verdict.blind ?? false,
            actor_id: actor.id,
            actor_name: actor.name,
            note: verdict.note ?? null,
            created_at: isoNow(clock),
          }
        })
        await annotations().insert(rows)
        await settle(verdicts)
        return rows.map((row) => row.id)
      })
    },

    /**
     * Revokes up to 500 annotations, perhaps as part of a revocation; those revoked before stay as they were.
     *
     * @returns how many were not yet
     */
    async revoke(ids: readonly string[], actor: Actor, revocationId?: string): Promise<number> {
      return db.transaction(async () => {
        const rows = await annotations().whereIn('id', ids)
        await lock(rows.map((row) => row.thread_id))
        const revoked = await db
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
        await settle(rows.map((row) => ({ threadId: row.thread_id, facetId: row.facet_id })))
        return revoked.length
      })
    },

    /** Lets up to 500 revoked annotations count again. */
    async restore(ids: readonly string[]): Promise<void> {
      await db.transaction(async () => {
        const rows = await annotations().whereIn('id', ids)
        await lock(rows.map((row) => row.thread_id))
        await db.sql('annotation_revocations').whereIn('annotation_id', ids).delete()
        await settle(rows.map((row) => ({ threadId: row.thread_id, facetId: row.facet_id })))
      })
    },

    /** @throws CodedError ANNOTATION_NOT_FOUND */
    async require(id: string): Promise<Annotation> {
      const annotation = await find(id)
      if (annotation === undefined) throw labelErrors.ANNOTATION_NOT_FOUND({ id })
      return annotation
    },

    /** Those of these annotations (at most 500) that are there, by id. */
    async byIds(ids: readonly string[]): Promise<Map<string, Annotation>> {
      const rows = await joined().whereIn('a.id', ids)
      return new Map(rows.map((row) => [row.id, toAnnotation(row)]))
    },

    /** Every annotation of a thread, revoked ones too: facet by facet, the latest first. */
    async history(threadId: string): Promise<Annotation[]> {
      const rows = await joined()
        .where('a.thread_id', threadId)
        .orderBy([{ column: 'f.name' }, { column: 'a.position', order: 'desc' }])
      return rows.map(toAnnotation)
    },

    /** Whether a person or key ever gave a verdict, revoked since or not. */
    async hasAnnotationOf(actorId: string): Promise<boolean> {
      const row = await annotations().where('actor_id', actorId).whereIn('provenance', BY_PEOPLE).first('id')
      return row !== undefined
    },

    /** The import's last verdict on each facet of these threads (at most 500), keyed by thread, then facet. */
    async importAnnotations(
      threadIds: readonly string[],
    ): Promise<Map<string, Map<string, ImportAnnotation>>> {
      const rows = await joined()
        .whereIn('a.thread_id', threadIds)
        .where('a.provenance', 'import')
        .orderBy('a.position')
      const verdicts = new Map<string, Map<string, ImportAnnotation>>(threadIds.map((id) => [id, new Map()]))
      for (const row of rows)
        verdicts.get(row.thread_id)?.set(row.facet_id, {
          annotationId: row.id,
          labelId: row.label_id,
          revokedBy: row.revoker_id ?? undefined,
        })
      return verdicts
    },

    /**
     * How often people have spoken on a facet, ever: annotations by agents, rulings, and what people revoked (what a
     * source no longer says is revoked by `system`).
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

export interface AnnotationRow {
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

/** With the names of its facet and label, and who revoked it. */
export interface JoinedRow extends AnnotationRow {
  facet: string
  label: string
  revoked_at: string | null
  revoker_id: string | null
  revoker_name: string | null
}

/** The annotation that a row tells of. */
export function toAnnotation(row: JoinedRow): Annotation {
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
