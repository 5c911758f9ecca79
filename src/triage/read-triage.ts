import type { ThreadLabel } from '../labels/annotation.ts'
import type { TriageDeps } from './deps.ts'
import { type Stated, statedOn } from './measurements/describe-measurement.ts'
import { rounded } from './predictions/prediction.ts'
import type { StoredPrediction } from './predictions/prediction-store.ts'
import type { RoutingDecision } from './routing/decision-store.ts'

/** The predictions and routing decisions of a thread. */
export interface ThreadTriage {
  readonly predictions: readonly Stated<StoredPrediction>[]
  /** The current decision; absent until the thread was first triaged. */
  readonly routing?: RoutingDecision
  /** All decisions, the latest first. */
  readonly history: readonly RoutingDecision[]
}

/** With the labels in force, which count before any prediction. */
export interface LabelledTriage extends ThreadTriage {
  readonly labels: readonly Pick<ThreadLabel, 'facet' | 'label' | 'provenance' | 'annotationId'>[]
}

/**
 * Does not check the reader: callers require the thread first.
 *
 * @param source of the thread
 */
export async function readTriage(
  { predictions, decisions, measurements }: Pick<TriageDeps, 'predictions' | 'decisions' | 'measurements'>,
  threadId: string,
  source: string,
): Promise<ThreadTriage> {
  const history = await decisions.historyOf(threadId)
  const routing = history.find(({ supersededAt }) => supersededAt === undefined)
  const predicted = await predictions.of([threadId])
  const measured = await measurements.current()
  const shown = (predicted.get(threadId) ?? []).map((each) => ({
    ...statedOn(each, source, measured),
    ...rounded(each),
  }))
  return { predictions: shown, routing, history }
}

/** Does not check the reader either. @param source of the thread */
export async function readLabelledTriage(
  deps: Pick<TriageDeps, 'predictions' | 'decisions' | 'measurements' | 'threadLabels'>,
  threadId: string,
  source: string,
): Promise<LabelledTriage> {
  const labels = (await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? []
  return {
    labels: labels.map(({ facet, label, provenance, annotationId }) => ({
      facet,
      label,
      provenance,
      annotationId,
    })),
    ...(await readTriage(deps, threadId, source)),
  }
}
