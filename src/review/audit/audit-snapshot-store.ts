import { joinVersions } from '../../models/registry/version-queries.ts'
import { joinAuditSlice, perhapsLearned } from '../../models/training/audit-slice.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Prediction } from '../../triage/predictions/prediction.ts'
import { currentPredictions } from '../../triage/predictions/prediction-queries.ts'
import type { Destination, RoutingSubject, SubjectLabel } from '../../triage/routing/routing-rule.ts'

/**
 * The properties of a thread that conditions could test when its snapshot was taken. Its text, facts and tags are left
 * out: they may hold personal data, which is stored in one place only; conditions on them use the current ones.
 */
export interface Circumstances extends Omit<RoutingSubject, 'labels' | 'facts' | 'tags' | 'text'> {
  /** Predictions alone, by facet name. */
  readonly labels: Readonly<Record<string, SubjectLabel>>
  readonly decidedAt: string
}

/** The first prediction of a facet of a thread in the audit slice, and the destination by predictions alone. */
export interface AuditSnapshot {
  readonly threadId: string
  readonly prediction: Pick<
    Prediction,
    'facetId' | 'versionId' | 'label' | 'confidence' | 'decision' | 'alternatives'
  >
  readonly ruleSetVersion: number
  readonly destination: Destination
  readonly circumstances: Circumstances
  /** Whether the model version may have learned from the thread, which makes the snapshot no test of it. */
  readonly mayHaveLearned: boolean
  readonly takenAt: string
}

/** A prediction of a drawn thread that has no snapshot yet. */
interface MissingSnapshot {
  readonly threadId: string
  readonly facetId: string
  /** Whether the model version may have learned from the thread. */
  readonly mayHaveLearned: boolean
}

export type AuditSnapshotStore = ReturnType<typeof createAuditSnapshotStore>

/** Snapshots of the audit slice: taken once, never changed. */
export function createAuditSnapshotStore(db: Database) {
  return {
    /** The snapshots yet to be taken of up to 500 threads. */
    async missing(threadIds: readonly string[]): Promise<MissingSnapshot[]> {
      const drawn = joinAuditSlice(currentPredictions(db), 'p.thread_id')
      const rows: { thread_id: string; facet_id: string; learned: number | boolean }[] = await joinVersions(
        drawn,
        'p.version_id',
      )
        .leftJoin('audit_snapshots as s', (on) =>
          on.on('s.thread_id', 'p.thread_id').andOn('s.facet_id', 'p.facet_id'),
        )
        .whereIn('p.thread_id', threadIds)
        .whereNull('s.thread_id')
        .select('p.thread_id', 'p.facet_id')
        .select({ learned: perhapsLearned(db.sql, { draw: 'a', version: 'v', prediction: 'p' }) })
      return rows.map((row) => ({
        threadId: row.thread_id,
        facetId: row.facet_id,
        mayHaveLearned: Boolean(row.learned),
      }))
    },

    /** Adds up to 500 snapshots; existing ones stay unchanged. */
    async add(snapshots: readonly AuditSnapshot[]): Promise<void> {
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
