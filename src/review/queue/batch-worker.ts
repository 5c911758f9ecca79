import type { ClassProbabilities } from '../../learning/queries/query-strategy.ts'
import { readCandidates } from '../../learning/queries/read-candidates.ts'
import { type QueryStrategyName, requireQueryStrategy } from '../../learning/queries/strategies.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { withoutPlaceholders } from '../../text/personal-data/finding.ts'
import type { QuestionText } from './candidate-store.ts'

/** A shortlist to choose from, as it is sent to the worker. */
export interface BatchTask {
  readonly strategy: QueryStrategyName
  readonly count: number
  /** Thread ids of the shortlist, distinct. */
  readonly ids: readonly string[]
  /** The text of each. */
  readonly texts: readonly QuestionText[]
  /** Of each; absent where any has no prediction. */
  readonly classProbabilities?: ClassProbabilities
  readonly labels: readonly { readonly name: string; readonly description: string }[]
  /** The number of examples of each label. */
  readonly labelled: readonly number[]
  /** Texts of recently asked threads. */
  readonly asked: readonly QuestionText[]
  /** Whether sources and languages without a recently asked thread have a place in the batch, whatever the strategy. */
  readonly spread: boolean
}

/** Constant: the choice varies with labels and claims already. */
export const SEED = 1

/** Most threads compared of a source and language that has a place. */
const MOST_COMPARED = 50

/** Runs in the worker. @returns positions in the shortlist, in the order in which to ask */
export default function chooseBatch(task: BatchTask): number[] {
  const texts = task.texts.map(textOf)
  const asked = task.asked.map(textOf)
  const taken: number[] = []

  function take(among: readonly number[], count: number): void {
    const candidates = readCandidates({
      rows: Int32Array.from(among),
      texts: among.map((at) => texts[at]!),
      labels: task.labels,
      asked: [...asked, ...taken.map((at) => texts[at]!)],
    })
    const { ids, labelled, classProbabilities } = task
    const pool = { ids, labelled, seed: SEED, classProbabilities }
    taken.push(...requireQueryStrategy(task.strategy).choose(pool, candidates, count))
  }

  for (const members of task.spread ? neglected(task) : []) take(members.slice(0, MOST_COMPARED), 1)
  const rest = [...texts.keys()].filter((at) => !taken.includes(at))
  take(rest, task.count - taken.length)
  return taken
}

/** The positions of each source and language without a recently asked thread, for at most half of the batch. */
function neglected({ texts, asked, count }: BatchTask): number[][] {
  const recent = new Set(asked.map(({ origin }) => origin))
  const members = new Map<string, number[]>()
  for (const [at, { origin }] of texts.entries()) {
    if (recent.has(origin)) continue
    const known = members.get(origin)
    if (known === undefined) members.set(origin, [at])
    else known.push(at)
  }
  return [...members.values()].slice(0, Math.ceil(count / 2))
}

function textOf({ title, question }: QuestionText): string {
  return withoutPlaceholders(`${title}\n${plainText(question)}`)
}
