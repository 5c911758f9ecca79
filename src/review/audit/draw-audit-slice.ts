import { drawnForAudit } from '../../models/training/audit-slice.ts'
import { subjectOf } from '../../triage/gather-subjects.ts'
import { actedOn } from '../../triage/measurements/measurement.ts'
import { createConditionReading } from '../../triage/routing/condition-reading.ts'
import { decideDestination } from '../../triage/routing/decide-destination.ts'
import { createLoadReader } from '../../triage/routing/destination-load.ts'
import type { ReviewDeps } from '../deps.ts'
import type { AuditSnapshot } from './audit-snapshot-store.ts'

/** Adds the share of these threads that belongs in the audit slice. Deterministic and idempotent. */
export async function drawAuditSlice(
  { auditSlice, auditShare }: Pick<ReviewDeps, 'auditSlice' | 'auditShare'>,
  threadIds: readonly string[],
): Promise<void> {
  await auditSlice.add(threadIds.filter((id) => drawnForAudit(id, auditShare)))
}

type SnapshotDeps = Pick<
  ReviewDeps,
  'db' | 'clock' | 'threads' | 'predictions' | 'measurements' | 'ruleSets' | 'snapshots'
>

/**
 * Stores a snapshot of the first prediction of each facet of the threads in the audit slice, and of the destination that
 * the rules in force give them by predictions alone. Labels, later versions and later rules do not change it.
 *
 * @param threadIds at most 500
 */
export async function snapshotAudited(deps: SnapshotDeps, threadIds: readonly string[]): Promise<void> {
  const missing = await deps.snapshots.missing(threadIds)
  if (missing.length === 0) return
  const ids = [...new Set(missing.map(({ threadId }) => threadId))]
  const predictions = await deps.predictions.of(ids)
  const measurements = await deps.measurements.current()
  const ruleSet = await deps.ruleSets.current()
  const snapshots: AuditSnapshot[] = []
  const threads = await deps.threads.facts(ids)
  const reading = createConditionReading()
  const loads = await createLoadReader({ db: deps.db, reading }, ruleSet, threads)
  for (const thread of threads) {
    const own = predictions.get(thread.id) ?? []
    const labels = own.map((each) => {
      const acted = actedOn(each, thread.source, measurements)
      const { facet, label, confidence, decision, provisional, probabilities, actingLabels } = acted
      return [facet, { label, confidence, decision, provisional, probabilities, actingLabels }] as const
    })
    const subject = { ...subjectOf(thread, new Map(labels)), load: loads.without(thread) }
    const { facts: _, tags: __, text: ___, ...circumstances } = subject
    const now = deps.clock.now()
    const decidedAt = now.toISOString()
    const { destination } = decideDestination(ruleSet, subject, now, reading)
    for (const prediction of own) {
      const unkept = missing.find(
        ({ threadId, facetId }) => threadId === thread.id && facetId === prediction.facetId,
      )
      if (unkept === undefined) continue
      snapshots.push({
        threadId: thread.id,
        prediction,
        ruleSetVersion: ruleSet.version,
        destination,
        circumstances: { ...circumstances, labels: Object.fromEntries(labels), decidedAt },
        mayHaveLearned: unkept.mayHaveLearned,
        takenAt: decidedAt,
      })
    }
  }
  await deps.snapshots.add(snapshots)
}
