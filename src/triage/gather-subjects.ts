import { NO_DATE } from '../sources/record.ts'
import type { ThreadFacts } from '../threads/thread.ts'
import type { TriageDeps } from './deps.ts'
import type { RoutingSubject, SubjectLabel } from './routing/routing-rule.ts'

interface GatheredSubject {
  readonly thread: ThreadFacts
  readonly subject: RoutingSubject
}

/** Up to 500 stored threads as rules see them; a label that people gave stands in the place of the prediction. */
export async function gatherSubjects(
  deps: Pick<TriageDeps, 'threadLabels' | 'predictions'>,
  threads: readonly ThreadFacts[],
): Promise<GatheredSubject[]> {
  const threadIds = threads.map(({ id }) => id)
  const predictions = await deps.predictions.of(threadIds)
  const labelsInForce = await deps.threadLabels.labelsOf(threadIds)
  return threads.map((thread) => {
    const labels = new Map<string, SubjectLabel>(
      predictions.get(thread.id)?.map((prediction) => [prediction.facet, prediction]),
    )
    for (const { facet, label } of labelsInForce.get(thread.id) ?? [])
      labels.set(facet, { label, confidence: 1, decision: 'assigned' })
    return { thread, subject: subjectOf(thread, labels) }
  })
}

/** A thread as rules see it, with what is held to be true of it, by name of the facet. */
export function subjectOf(thread: ThreadFacts, labels: ReadonlyMap<string, SubjectLabel>): RoutingSubject {
  return {
    labels,
    language: thread.language,
    source: thread.source,
    askerRole: thread.askerRole,
    reputation: thread.askerReputation,
    facts: thread.facts,
    ...(thread.createdAt !== NO_DATE && { askedAt: Date.parse(thread.createdAt) }),
    answered: thread.answerCount > 0,
    resolved: thread.resolved,
    ...(thread.views !== undefined && { views: thread.views }),
    tags: thread.tags,
  }
}
