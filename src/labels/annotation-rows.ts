import type { Annotation, Provenance } from './annotation.ts'

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
    ...(row.note !== null && { note: row.note }),
    createdAt: row.created_at,
    ...(row.revoked_at !== null && {
      revoked: { at: row.revoked_at, actor: { id: row.revoker_id ?? '', name: row.revoker_name ?? '' } },
    }),
  }
}
