import type { Actor } from '../../access/actor.ts'
import { correctLabel } from '../../labels/annotate-thread.ts'
import { CodedError } from '../../platform/errors.ts'
import type { JobHandler } from '../../platform/jobs/job-handler.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { ANNOTATE_JOB, type TopicDeps } from './resolve-topic.ts'

/** Threads that left while the topic was looked at. */
const GONE = new Set(['THREAD_NOT_FOUND', 'THREAD_MERGED'])

/**
 * Gives the posts of an accepted topic its label in the name of who accepted it, each in a transaction of its own.
 * What an agent has labelled stays as it is, so that doing it again adds nothing.
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
    const standing = labels.get(threadId)?.find(({ facet }) => facet === label.facet)
    if (standing?.provenance === 'agent') continue
    try {
      const correction = { threadId, facet: label.facet, label: label.name, note: `Topic ${topicId}`, actor }
      await correctLabel(deps, correction)
    } catch (error) {
      if (!(error instanceof CodedError) || !GONE.has(error.code)) throw error
    }
  }
}

/** Labels the posts of topics that were accepted with that wish. */
export function topicJobs(deps: TopicDeps): JobHandler[] {
  return [
    {
      type: ANNOTATE_JOB,
      perform: (accepted: { readonly topicId: string; readonly actor: Actor }, signal) =>
        annotateTopic(deps, accepted, signal),
    },
  ]
}
