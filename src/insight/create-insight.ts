import type { Access } from '../access/create-access.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { Labels } from '../labels/create-labels.ts'
import type { Models } from '../models/create-models.ts'
import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import type { Threads } from '../threads/create-threads.ts'
import type { Triage } from '../triage/create-triage.ts'
import type { AlertStore } from './alerts/alert-store.ts'
import { auditReport } from './audit/audit-report.ts'
import { measureFacet } from './drift/measure-facet.ts'
import { presentReports } from './drift/present-report.ts'
import type { ReportStore } from './drift/report-store.ts'
import { insightJobs } from './jobs.ts'
import { parityReport } from './parity/parity-report.ts'
import { savingsReport } from './savings/savings-report.ts'
import { createInsightStores } from './stores.ts'
import { presentTopics } from './topics/present-topic.ts'
import { acceptTopic, dismissTopic } from './topics/resolve-topic.ts'
import type { TopicStore } from './topics/topic-store.ts'

export type Insight = ReturnType<typeof createInsight>

/** Figures for supervisors: audit, parity, savings, learning curves, drift, rising topics. */
export function createInsight(
  platform: Platform,
  earlier: {
    readonly access: Pick<Access, 'audit'>
    readonly ingest: Pick<Ingest, 'sources'>
    readonly threads: Threads
    readonly labels: Labels
    readonly models: Pick<Models, 'registry' | 'unlabelled' | 'versions' | 'readVersionPredictions'>
    readonly triage: Pick<Triage, 'ruleSets'>
  },
) {
  const { db, clock, outbox, jobs } = platform
  const { access, ingest, threads, labels, models, triage } = earlier
  const { facets, annotations, threadLabels, starterExamples } = labels
  const stores = createInsightStores(db, clock, starterExamples, models.readVersionPredictions)
  const deps = {
    ...stores,
    db,
    clock,
    outbox,
    jobs,
    audit: access.audit,
    sources: ingest.sources,
    threads,
    facets,
    annotations,
    threadLabels,
    starterExamples,
    models: models.registry,
    unlabelled: models.unlabelled,
    versions: models.versions,
    ruleSets: triage.ruleSets,
  }
  const reports: Pick<ReportStore, 'list'> = stores.reports
  const topics: Pick<TopicStore, 'list' | 'require' | 'postsOf'> = stores.topics
  const alerts: Pick<AlertStore, 'list'> = stores.alerts
  return {
    reports,
    topics,
    alerts,
    ...bindUseCases(deps, {
      auditReport,
      parityReport,
      savingsReport,
      measureFacet,
      presentReports,
      presentTopics,
      acceptTopic,
      dismissTopic,
    }),
    jobs: insightJobs(deps),
    async routes() {
      const { insightRoutes } = await import('./routes.ts')
      return [insightRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
