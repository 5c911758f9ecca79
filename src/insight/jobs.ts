import type { JobHandler } from '../platform/jobs/job-handler.ts'
import type { InsightDeps } from './deps.ts'
import type { DriftDeps } from './drift/deps.ts'
import { driftJobs } from './drift/drift-jobs.ts'
import { figureJobs } from './figure-jobs.ts'
import type { TopicDeps } from './topics/resolve-topic.ts'
import { topicJobs } from './topics/topic-jobs.ts'

/** Figures, drift and rising topics, kept up to date. */
export function insightJobs(deps: InsightDeps & DriftDeps & TopicDeps): JobHandler[] {
  return [...figureJobs(deps), ...driftJobs(deps), ...topicJobs(deps)]
}
