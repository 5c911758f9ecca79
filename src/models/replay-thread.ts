import {
  type LabelledTexts,
  type QueryStrategyName,
  type ReplayPoint,
  readReplayCorpus,
  replayLabelling,
  requireQueryStrategy,
} from '../learning/index.ts'

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

/** Worker thread's side of `replayFiles`. */
export default function replay({ train, test, strategy, ...options }: ReplayTask): ReplayPoint[] {
  return [
    ...replayLabelling(readReplayCorpus(train, test), {
      ...options,
      strategy: requireQueryStrategy(strategy),
    }),
  ]
}
