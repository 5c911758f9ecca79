import { NO_DATE } from '../sources/record.ts'
import type { ThreadFacts } from '../threads/thread.ts'
import type { TriageDeps } from './deps.ts'
import { actedOn } from './measurements/measurement.ts'
import { givenLabel } from './predictions/prediction.ts'
import type { RoutingSubject, SubjectLabel } from './routing/routing-rule.ts'
import { createSubjectText } from './routing/subject-text.ts'

interface GatheredSubject {
  readonly thread: ThreadFacts
  readonly subject: RoutingSubject
}

/**
 * Up to 500 stored threads as conditions see them; a label in force replaces the prediction of its facet. A prediction whose
 * label was not measured on the thread's source is a suggestion.
 */
export async function gatherSubjects(
  deps: Pick<TriageDeps, 'threadLabels' | 'predictions' | 'measurements'>,
  threads: readonly ThreadFacts[],
): Promise<GatheredSubject[]> {
  const threadIds = threads.map(({ id }) => id)
  const predictions = await deps.predictions.of(threadIds)
  const measurements = await deps.measurements.current()
  const labelsInForce = await deps.threadLabels.labelsOf(threadIds)
  return threads.map((thread) => {
    const labels = new Map<string, SubjectLabel>(
      predictions
        .get(thread.id)
        ?.map((prediction) => [prediction.facet, actedOn(prediction, thread.source, measurements)]),
    )
    for (const { facet, label } of labelsInForce.get(thread.id) ?? []) labels.set(facet, givenLabel(label))
    return { thread, subject: subjectOf(thread, labels) }
  })
}

/** A thread as conditions see it. @param labels by facet name */
export function subjectOf(thread: ThreadFacts, labels: ReadonlyMap<string, SubjectLabel>): RoutingSubject {
  return {
    labels,
    language: thread.language,
    source: thread.source,
    askerRole: thread.askerRole,
    reputation: thread.askerReputation,
    facts: thread.facts,
    askedAt: thread.createdAt === NO_DATE ? undefined : Date.parse(thread.createdAt),
    answered: thread.answerCount > 0,
    resolved: thread.resolved,
    views: thread.views,
    tags: thread.tags,
    text: createSubjectText(thread, thread.language),
  }
}
