import type { Facet } from '../../labels/facet.ts'
import { type Share, shareOf } from '../share.ts'
import type { VersionFigureDeps } from './deps.ts'
import { groupBy } from './group-by.ts'
import { type NextStep, nextStepOf } from './next-step.ts'
import {
  type Basis,
  isRight,
  type JudgedPrediction,
  readVersion,
  type VersionQuestion,
} from './read-version.ts'

export interface VersionLabel {
  readonly label: string
  /** Whether the version learned it. */
  readonly known: boolean
  /** Right ones among those predicted to have it. */
  readonly precision: Share
  /** Predicted to have it, among those that have it. */
  readonly recall: Share
  /** Threads with the label in force now, and starter examples. */
  readonly examples: number
  /** Threads that the active version holds likeliest to have it but does not assign, and that nobody has labelled. */
  readonly waiting: number
  /** The label most often predicted in its place. */
  readonly confusedWith?: { readonly label: string; readonly count: number } | undefined
  readonly next: NextStep
}

export interface LabelReport {
  readonly facet: string
  readonly version: number
  readonly basis: Basis
  readonly labels: readonly VersionLabel[]
}

/**
 * How well a version tells each label, by its held-out predictions, and what would help most; labels with something to do
 * first, then by recall.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND
 */
export async function labelReport(deps: VersionFigureDeps, asked: VersionQuestion): Promise<LabelReport> {
  const { facet, version, basis, labels: known, predictions } = await readVersion(deps, asked)
  const examples = await deps.threadCounts.examples(facet.id, asked.reader)
  for (const { label } of await deps.starterExamples.of(facet.id))
    examples.set(label, (examples.get(label) ?? 0) + 1)
  const waiting = await deps.threadCounts.waiting(facet.id, asked.reader)
  const ofTruth = groupBy(predictions, ({ truth }) => truth)
  const ofPrediction = groupBy(predictions, ({ label }) => label)
  const names = new Set([...(await labelNames(deps, facet)), ...ofTruth.keys(), ...ofPrediction.keys()])
  const labels = [...names].map((label): VersionLabel => {
    const own = ofTruth.get(label) ?? []
    const figures = {
      label,
      known: known.includes(label),
      precision: shareOf(ofPrediction.get(label) ?? [], isRight),
      recall: shareOf(own, isRight),
      examples: examples.get(label) ?? 0,
      waiting: waiting.get(label) ?? 0,
      confusedWith: commonestMistake(own),
    }
    return { ...figures, next: nextStepOf(figures, version) }
  })
  return { facet: facet.name, version: version.number, basis, labels: labels.sort(byNeed) }
}

const PAGE = 100

async function labelNames({ facets }: Pick<VersionFigureDeps, 'facets'>, { id }: Facet): Promise<string[]> {
  const names: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await facets.labels(id, { limit: PAGE, cursor })
    names.push(...page.items.map(({ name }) => name))
    if (page.next === undefined) return names
    cursor = page.next
  }
}

function commonestMistake(own: readonly JudgedPrediction[]): VersionLabel['confusedWith'] {
  const mistakes = groupBy(
    own.filter((each) => !isRight(each)),
    ({ label }) => label,
  )
  const [first] = [...mistakes].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
  return first && { label: first[0], count: first[1].length }
}

function byNeed(a: VersionLabel, b: VersionLabel): number {
  const isDone = ({ next }: VersionLabel) => Number(next.action === 'none')
  return (
    isDone(a) - isDone(b) ||
    (a.recall.share ?? 0) - (b.recall.share ?? 0) ||
    a.examples - b.examples ||
    (a.label < b.label ? -1 : 1)
  )
}
