import type { Access } from '../access/create-access.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Models } from '../models/create-models.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { Triage } from '../triage/create-triage.ts'
import { drawOfSource } from './audit/draw-of-source.ts'
import { findClusters } from './clusters/find-clusters.ts'
import { conflictJobs } from './conflicts/conflict-jobs.ts'
import type { ConflictStore } from './conflicts/conflict-store.ts'
import { findConflicts, recomputeConflicts } from './conflicts/find-conflicts.ts'
import { ruleOnConflict } from './conflicts/rule-on-conflict.ts'
import { showConflicts } from './conflicts/show-conflicts.ts'
import { reviewJobs } from './jobs.ts'
import { reportMisroute } from './misroutes/report-misroute.ts'
import { countQueue } from './queue/count-queue.ts'
import { reviewQueue } from './queue/review-queue.ts'
import { skipThread, undoSkip } from './skips/skip-thread.ts'
import { createReviewStores } from './stores.ts'

export type Review = ReturnType<typeof createReview>

/** What people are asked: the review queue, the audit slice, misroutes, and labels in conflict. */
export function createReview(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit'>
    readonly ingest: Pick<Ingest, 'sources'>
    readonly threads: Threads
    readonly labels: Labels
    readonly models: Pick<Models, 'auditSlice'>
    readonly triage: Pick<Triage, 'predictions' | 'measurements' | 'decisions' | 'ruleSets'>
  },
) {
  const { config, db, clock, outbox, jobs, log } = platform
  const { access, ingest, threads, labels, models, triage } = earlier
  const { audit } = access
  const { auditSlice } = models
  const { facets, annotations, guidelines, threadLabels, ratings, starterExamples } = labels
  const { predictions, measurements, decisions, ruleSets } = triage
  const stores = createReviewStores(db, clock)
  const queue = {
    ...stores,
    db,
    clock,
    outbox,
    audit,
    threads,
    sources: ingest.sources,
    facets,
    guidelines,
    annotations,
    predictions,
    measurements,
    decisions,
    ruleSets,
    auditSlice,
    auditShare: config.auditShare,
    recomputeConflicts: (facetId: string, threadIds: readonly string[]) =>
      recomputeConflicts(inbox, facetId, threadIds),
  }
  const inbox = {
    db,
    clock,
    outbox,
    jobs,
    log,
    audit,
    threads,
    sources: ingest.sources,
    facets,
    annotations,
    threadLabels,
    ratings,
    guidelines,
    starterExamples,
    auditSlice,
    conflicts: stores.conflicts,
    labelIssues: stores.labelIssues,
    skips: stores.skips,
    secondOpinions: stores.secondOpinions,
    secondOpinionShare: config.secondOpinionShare,
  }
  const conflicts: Pick<ConflictStore, 'list' | 'require' | 'visibleAmong'> = stores.conflicts
  return {
    conflicts,
    ...bindUseCases(queue, { reviewQueue, findClusters, skipThread, undoSkip, reportMisroute, drawOfSource }),
    ...bindUseCases(inbox, { findConflicts, showConflicts, ruleOnConflict, countQueue }),
    jobs: [...reviewJobs(queue), ...conflictJobs(inbox)],
    async routes() {
      const [{ reviewRoutes }, { skipRoutes }, { clusterRoutes }, { conflictRoutes }] = await Promise.all([
        import('./routes.ts'),
        import('./skips/skip-routes.ts'),
        import('./clusters/cluster-routes.ts'),
        import('./conflicts/conflict-routes.ts'),
      ])
      return [reviewRoutes(queue), skipRoutes(queue), clusterRoutes(queue), conflictRoutes(inbox)]
    },
    close: () => stores.batches.close(),
  } satisfies Module & Record<string, unknown>
}
