import type { Actor } from '../../access/actor.ts'
import { correctLabel } from '../../labels/annotate-thread.ts'
import { CodedError } from '../../platform/errors.ts'
import type { JobHandler } from '../../platform/jobs/job-handler.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { ANNOTATE_JOB, type TopicDeps } from './resolve-topic.ts'

/** Errors of threads that were removed or merged meanwhile. */
const NOT_THERE = new Set(['THREAD_NOT_FOUND', 'THREAD_MERGED'])

/**
 * Annotates the posts of an accepted topic in the name of who accepted it, each in its own transaction. Posts that an
 * agent has labelled keep their label, so that running it again adds nothing.
 */
export async function annotateTopic(
  deps: TopicDeps,
  { topicId, actor }: { readonly topicId: string; readonly actor: Actor },
  signal?: AbortSignal,
): Promise<void> {
  const { label } = await deps.topics.require(topicId, actor.audience)
  if (label === undefined) return
  const yieldToEventLoop = createYielder()
  const posts = await deps.topics.postsOf(topicId, actor.audience)
  const labels = await deps.threadLabels.labelsOf(posts)
  for (const threadId of posts) {
    signal?.throwIfAborted()
    await yieldToEventLoop()
    const inForce = labels.get(threadId)?.find(({ facet }) => facet === label.facet)
    if (inForce?.provenance === 'agent') continue
    try {
      const correction = { threadId, facet: label.facet, label: label.name, note: `Topic ${topicId}`, actor }
      await correctLabel(deps, correction)
    } catch (error) {
      if (!(error instanceof CodedError) || !NOT_THERE.has(error.code)) throw error
    }
  }
}

/** Annotates the posts of accepted topics, where that was requested. */
export function topicJobs(deps: TopicDeps): JobHandler[] {
  return [
    {
      type: ANNOTATE_JOB,
      bulk: true,
      perform: (accepted: { readonly topicId: string; readonly actor: Actor }, signal) =>
        annotateTopic(deps, accepted, signal),
    },
  ]
}
