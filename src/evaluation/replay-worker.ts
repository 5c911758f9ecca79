import { type ReplayPoint, replayLabelling } from '../learning/evaluation/replay.ts'
import { type LabelledTexts, readReplayCorpus } from '../learning/evaluation/replay-corpus.ts'
import { type QueryStrategyName, requireQueryStrategy } from '../learning/queries/strategies.ts'

/** One replay: a strategy and a seed. */
export interface ReplayTask {
  readonly train: LabelledTexts
  readonly test: LabelledTexts
  readonly strategy: QueryStrategyName
  readonly start: number
  readonly batch: number
  readonly until: number
  readonly seed: number
}

/** The worker's side of `replayFiles`. */
export default function replay({ train, test, strategy, ...options }: ReplayTask): ReplayPoint[] {
  return [
    ...replayLabelling(readReplayCorpus(train, test), {
      ...options,
      strategy: requireQueryStrategy(strategy),
    }),
  ]
}
