import type { Knex } from 'knex'
import { perhapsLearned } from '../../models/training/audit-slice-store.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Prediction } from '../../triage/predictions/prediction.ts'
import type { Destination, RoutingSubject, SubjectLabel } from '../../triage/routing/routing-rule.ts'

/**
 * What rules saw of a thread when it was drawn. Its facts and tags are left out: they may hold personal data, which is
 * kept in one place; rules that ask for them get those of today.
 */
export interface Circumstances extends Omit<RoutingSubject, 'labels' | 'facts' | 'tags'> {
  /** By name of the facet: predictions, and no label of anyone. */
  readonly labels: Readonly<Record<string, SubjectLabel>>
  readonly decidedAt: string
}

/** The first prediction of a facet of a thread in the audit slice, and where predictions alone would send it. */
export interface AuditSnapshot {
  readonly threadId: string
  readonly prediction: Pick<
    Prediction,
    'facetId' | 'versionId' | 'label' | 'confidence' | 'decision' | 'alternatives'
  >
  readonly ruleSetVersion: number
  readonly destination: Destination
  readonly circumstances: Circumstances
  /** Whether the thread was labelled before it was drawn, and the version made after that: it is no test then. */
  readonly mayHaveLearned: boolean
  readonly takenAt: string
}

/** A prediction of a drawn thread that has no snapshot yet. */
interface Unkept {
  readonly threadId: string
  readonly facetId: string
  /** The version may have learned from it. */
  readonly perhapsLearned: boolean
}

export type AuditSnapshotStore = ReturnType<typeof createAuditSnapshotStore>

/** Snapshots of the audit slice: taken once, whatever is labelled, predicted or routed later. */
export function createAuditSnapshotStore(db: Database) {
  return {
    /** What is yet to be kept of up to 500 threads. */
    async unkept(threadIds: readonly string[]): Promise<Unkept[]> {
      const rows: { thread_id: string; facet_id: string; labelled: number | boolean }[] = await db
        .sql('predictions as p')
        .join('audit_slice as a', 'a.thread_id', 'p.thread_id')
        .join('model_versions as v', 'v.id', 'p.version_id')
        .leftJoin('audit_snapshots as s', (on) =>
          on.on('s.thread_id', 'p.thread_id').andOn('s.facet_id', 'p.facet_id'),
        )
        .whereIn('p.thread_id', threadIds)
        .whereNull('s.thread_id')
        .select('p.thread_id', 'p.facet_id')
        .select({ labelled: perhapsLearned(db.sql, { draw: 'a', version: 'v', prediction: 'p' }) })
      return rows.map((row) => ({
        threadId: row.thread_id,
        facetId: row.facet_id,
        perhapsLearned: Boolean(row.labelled),
      }))
    },

    /** Keeps up to 500 snapshots; those that are there stay as they were. */
    async keep(snapshots: readonly AuditSnapshot[]): Promise<void> {
      if (snapshots.length === 0) return
      const rows = snapshots.map(({ prediction, destination, ...snapshot }) => ({
        thread_id: snapshot.threadId,
        facet_id: prediction.facetId,
        version_id: prediction.versionId,
        label: prediction.label,
        confidence: prediction.confidence,
        decision: prediction.decision,
        alternatives: JSON.stringify(prediction.alternatives),
        rule_set_version: snapshot.ruleSetVersion,
        destination_kind: destination.kind,
        destination_name: destination.name,
        circumstances: JSON.stringify(snapshot.circumstances),
        may_have_learned: snapshot.mayHaveLearned,
        taken_at: snapshot.takenAt,
      }))
      await db.sql('audit_snapshots').insert(rows).onConflict(['thread_id', 'facet_id']).ignore()
    },
  }
}

/** Joins audit snapshots, as `p`, to a query over rows about threads. */
export function joinAuditSnapshots(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query.join('audit_snapshots as p', 'p.thread_id', threadId)
}

/** The audit snapshots of a facet. */
export function auditSnapshots(db: Database, facetId: string): Knex.QueryBuilder {
  return db.sql('audit_snapshots').where({ facet_id: facetId })
}
