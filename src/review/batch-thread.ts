import {
  type Beliefs,
  type QueryStrategyName,
  readCandidates,
  requireQueryStrategy,
} from '../learning/index.ts'
import { plainText } from '../text/markdown-plain.ts'
import { withoutPlaceholders } from '../text/personal-data/placeholders.ts'
import type { QuestionText } from './candidate-store.ts'

/** What to choose from, as it goes to a thread. */
export interface BatchTask {
  readonly strategy: QueryStrategyName
  readonly count: number
  /** Of the shortlist; distinct. */
  readonly ids: readonly string[]
  /** Of each. */
  readonly texts: readonly QuestionText[]
  /** Of each; absent before there is a model. */
  readonly beliefs?: Beliefs
  readonly labels: readonly { readonly name: string; readonly description: string }[]
  /** Examples of each label. */
  readonly labelled: readonly number[]
  /** Texts that were asked about lately. */
  readonly asked: readonly QuestionText[]
}

/** The worker thread's side: positions in the shortlist, in the order in which to ask. */
export default function chooseBatch(task: BatchTask): number[] {
  const { strategy, count, ids, labels, labelled, beliefs } = task
  const candidates = readCandidates({
    rows: Int32Array.from(ids.keys()),
    texts: task.texts.map(textOf),
    labels,
    asked: task.asked.map(textOf),
  })
  const pool = { ids, labelled, seed: SEED, ...(beliefs !== undefined && { beliefs }) }
  return [...requireQueryStrategy(strategy).choose(pool, candidates, count)]
}

/** What is asked next changes with the labels and the claims: chance need not. */
export const SEED = 1

function textOf({ title, question }: QuestionText): string {
  return withoutPlaceholders(`${title}\n${plainText(question)}`)
}
