import { drawnForAudit } from '../../models/training/audit-slice-store.ts'
import { subjectOf } from '../../triage/gather-subjects.ts'
import { decideDestination } from '../../triage/routing/decide-destination.ts'
import type { ReviewDeps } from '../deps.ts'
import type { AuditSnapshot } from './audit-snapshot-store.ts'

/** Draws the share of threads for the audit slice: the same ones, however often it is done. */
export async function drawAuditSlice(
  { auditSlice, auditShare }: Pick<ReviewDeps, 'auditSlice' | 'auditShare'>,
  threadIds: readonly string[],
): Promise<void> {
  await auditSlice.add(threadIds.filter((id) => drawnForAudit(id, auditShare)))
}

type SnapshotDeps = Pick<ReviewDeps, 'clock' | 'threads' | 'predictions' | 'ruleSets' | 'snapshots'>

/**
 * Keeps what is predicted of threads in the audit slice the first time that it is, and where that would send them by the
 * rules in force: labels, later versions and later rules change none of it.
 *
 * @param threadIds at most 500
 */
export async function snapshotAudited(deps: SnapshotDeps, threadIds: readonly string[]): Promise<void> {
  const unkept = await deps.snapshots.unkept(threadIds)
  if (unkept.length === 0) return
  const ids = [...new Set(unkept.map(({ threadId }) => threadId))]
  const predictions = await deps.predictions.of(ids)
  const { version, ...ruleSet } = await deps.ruleSets.current()
  const taken: AuditSnapshot[] = []
  for (const thread of await deps.threads.facts(ids)) {
    const own = predictions.get(thread.id) ?? []
    const labels = own.map(
      ({ facet, label, confidence, decision }) => [facet, { label, confidence, decision }] as const,
    )
    const subject = subjectOf(thread, new Map(labels))
    const { facts: _, tags: __, ...seen } = subject
    const now = deps.clock.now()
    const decidedAt = now.toISOString()
    const { destination } = decideDestination(ruleSet, subject, now)
    for (const prediction of own) {
      const missing = unkept.find(
        ({ threadId, facetId }) => threadId === thread.id && facetId === prediction.facetId,
      )
      if (missing === undefined) continue
      taken.push({
        threadId: thread.id,
        prediction,
        ruleSetVersion: version,
        destination,
        circumstances: { ...seen, labels: Object.fromEntries(labels), decidedAt },
        mayHaveLearned: missing.perhapsLearned,
        takenAt: decidedAt,
      })
    }
  }
  await deps.snapshots.keep(taken)
}
