import type { TriageDeps } from './deps.ts'
import { rounded } from './predictions/prediction.ts'
import type { StoredPrediction } from './predictions/prediction-store.ts'
import type { RoutingDecision } from './routing/decision-store.ts'

/** The predictions and routing decisions of a thread. */
export interface ThreadTriage {
  readonly predictions: readonly StoredPrediction[]
  /** The current decision; absent until the thread was first triaged. */
  readonly routing?: RoutingDecision
  /** All decisions, the latest first. */
  readonly history: readonly RoutingDecision[]
}

/** Does not check the reader: callers require the thread first. */
export async function readTriage(
  { predictions, decisions }: Pick<TriageDeps, 'predictions' | 'decisions'>,
  threadId: string,
): Promise<ThreadTriage> {
  const history = await decisions.historyOf(threadId)
  const routing = history.find(({ supersededAt }) => supersededAt === undefined)
  const predicted = await predictions.of([threadId])
  const shown = (predicted.get(threadId) ?? []).map((each) => ({ ...each, ...rounded(each) }))
  return { predictions: shown, routing, history }
}
