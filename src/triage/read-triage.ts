import type { TriageDeps } from './deps.ts'
import type { StoredPrediction } from './predictions/prediction-store.ts'
import type { RoutingDecision } from './routing/decision-store.ts'

/** What triage knows of a thread. */
export interface ThreadTriage {
  readonly predictions: readonly StoredPrediction[]
  /** The current decision; absent until the thread was first triaged. */
  readonly routing?: RoutingDecision
  /** All decisions, the latest first. */
  readonly history: readonly RoutingDecision[]
}

/** Asks nothing about the reader: that is the caller's, by requiring the thread. */
export async function readTriage(
  { predictions, decisions }: Pick<TriageDeps, 'predictions' | 'decisions'>,
  threadId: string,
): Promise<ThreadTriage> {
  const history = await decisions.historyOf(threadId)
  const routing = history.find(({ supersededAt }) => supersededAt === undefined)
  const predicted = await predictions.of([threadId])
  return {
    predictions: predicted.get(threadId) ?? [],
    routing,
    history,
  }
}
