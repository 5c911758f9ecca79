import type { ClassProbabilities } from '../../learning/queries/query-strategy.ts'
import { readCandidates } from '../../learning/queries/read-candidates.ts'
import { type QueryStrategyName, requireQueryStrategy } from '../../learning/queries/strategies.ts'
import { plainText } from '../../text/markdown/plain-text.ts'
import { withoutPlaceholders } from '../../text/personal-data/finding.ts'
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
  readonly classProbabilities?: ClassProbabilities
  readonly labels: readonly { readonly name: string; readonly description: string }[]
  /** Examples of each label. */
  readonly labelled: readonly number[]
  /** Texts that were asked about lately. */
  readonly asked: readonly QuestionText[]
  /** Whether a source or language that was not asked about lately has a place in the batch, whatever the strategy. */
  readonly spread: boolean
}

/** What is asked next changes with the labels and the claims: chance need not. */
export const SEED = 1

/** Of a source and language that has its place, so many are looked at. */
const LOOKED_AT = 50

/** The worker thread's side: positions in the shortlist, in the order in which to ask. */
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

  for (const members of task.spread ? neglected(task) : []) take(members.slice(0, LOOKED_AT), 1)
  const rest = [...texts.keys()].filter((at) => !taken.includes(at))
  take(rest, task.count - taken.length)
  return taken
}

/** Positions of each source and language of which nothing was asked lately: for half of the batch at most. */
function neglected({ texts, asked, count }: BatchTask): number[][] {
  const heard = new Set(asked.map(({ origin }) => origin))
  const members = new Map<string, number[]>()
  for (const [at, { origin }] of texts.entries()) {
    if (heard.has(origin)) continue
    const known = members.get(origin)
    if (known === undefined) members.set(origin, [at])
    else known.push(at)
  }
  return [...members.values()].slice(0, Math.ceil(count / 2))
}

function textOf({ title, question }: QuestionText): string {
  return withoutPlaceholders(`${title}\n${plainText(question)}`)
}
