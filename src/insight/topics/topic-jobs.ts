import type { Actor } from '../../access/index.ts'
import type { JobHandler } from '../../platform/index.ts'
import { annotateTopic } from './annotate-topic.ts'
import { ANNOTATE_JOB, type TopicDeps } from './settle-topic.ts'

/** Labels the posts of topics that were accepted with that wish. */
export function topicJobs(deps: TopicDeps): JobHandler[] {
  return [
    {
      type: ANNOTATE_JOB,
      perform: (payload, signal) =>
        annotateTopic(deps, payload as unknown as { topicId: string; actor: Actor }, signal),
    },
  ]
}
