import { NO_DATE } from '../sources/index.ts'
import type { ThreadFacts } from '../threads/index.ts'
import type { TriageDeps } from './deps.ts'
import type { RoutingSubject, Verdict } from './routing-subject.ts'

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
  const labels = await deps.threadLabels.labelsOf(threadIds)
  return threads.map((thread) => {
    const verdicts = new Map<string, Verdict>(
      predictions.get(thread.id)?.map((prediction) => [prediction.facet, prediction]),
    )
    for (const { facet, label } of labels.get(thread.id) ?? [])
      verdicts.set(facet, { label, confidence: 1, decision: 'assigned' })
    return { thread, subject: subjectOf(thread, verdicts) }
  })
}

/** A thread as rules see it, with what is held to be true of it, by name of the facet. */
export function subjectOf(thread: ThreadFacts, verdicts: ReadonlyMap<string, Verdict>): RoutingSubject {
  return {
    verdicts,
    language: thread.language,
    source: thread.source,
    standing: thread.askerStanding,
    ...(thread.askerReputation !== undefined && { reputation: thread.askerReputation }),
    facts: thread.facts,
    ...(thread.createdAt !== NO_DATE && { askedAt: Date.parse(thread.createdAt) }),
    answered: thread.answerCount > 0,
    resolved: thread.resolved,
    ...(thread.views !== undefined && { views: thread.views }),
    tags: thread.tags,
  }
}
