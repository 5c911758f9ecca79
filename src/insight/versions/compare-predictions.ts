import { exactMcNemar } from '../../learning/statistics/binomial.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import type { Page } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import { english, french, type Sentences } from '../../text/wording.ts'
import { type Share, shareOf } from '../share.ts'
import type { VersionFigureDeps } from './deps.ts'
import { groupBy } from './group-by.ts'
import { type PredictedThread, pageOfPredictions, presentThreads } from './predicted-threads.ts'
import type { ComparisonQuestion, Pair } from './read-pairs.ts'

export const CHANGES = ['gained', 'lost', 'different'] as const

/** Which threads of a comparison: right by the version alone, by the other alone, or predicted differently at all. */
export type Change = (typeof CHANGES)[number]

/** Counts of predictions of the same examples by two versions. */
interface PairedCounts {
  readonly threads: number
  /** Right by the version, wrong by the other. */
  readonly gained: number
  /** Right by the other, wrong by the version. */
  readonly lost: number
  /** Two-sided exact McNemar test of no difference. */
  readonly p: number
}

interface LabelComparison extends PairedCounts {
  readonly label: string
  readonly recall: Share
  readonly otherRecall: Share
  readonly precision: Share
  readonly otherPrecision: Share
}

export interface PredictionComparison extends PairedCounts {
  readonly facet: string
  readonly version: number
  readonly other: number
  /** Whether both rest on the same held-out predictions, one having been fitted further: then nothing can differ. */
  readonly sameFit: boolean
  readonly bothRight: number
  readonly bothWrong: number
  readonly predictedDifferently: number
  readonly accuracy: Share
  readonly otherAccuracy: Share
  /** Those that differ most first. */
  readonly labels: readonly LabelComparison[]
  /** What the gate said of each; absent from versions that release 0.1 trained. */
  readonly sentence?: Sentences | undefined
  readonly otherSentence?: Sentences | undefined
  readonly summary: Sentences
}

/**
 * Two versions on the examples that both predicted held out, and that had the same label in both trainings.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND
 */
export async function comparePredictionsOf(
  deps: VersionFigureDeps,
  asked: ComparisonQuestion,
): Promise<PredictionComparison> {
  const { one, other, pairs } = await deps.pairs.read(deps, asked)
  const counts = countsOf(pairs)
  const ofTruth = groupBy(pairs, ({ truth }) => truth)
  const ofPrediction = groupBy(pairs, ({ label }) => label)
  const ofOther = groupBy(pairs, ({ otherLabel }) => otherLabel)
  const names = new Set([...ofTruth.keys(), ...ofPrediction.keys(), ...ofOther.keys()])
  const sameFit = one.basis.version === other.basis.version
  return {
    facet: one.facet.name,
    version: one.version.number,
    other: other.version.number,
    sameFit,
    ...counts,
    bothRight: pairs.filter((pair) => isRight(pair) && otherIsRight(pair)).length,
    bothWrong: pairs.filter((pair) => !isRight(pair) && !otherIsRight(pair)).length,
    predictedDifferently: pairs.filter(isDifferent).length,
    accuracy: shareOf(pairs, isRight),
    otherAccuracy: shareOf(pairs, otherIsRight),
    labels: [...names]
      .map((label): LabelComparison => {
        const own = ofTruth.get(label) ?? []
        return {
          label,
          ...countsOf(own),
          recall: shareOf(own, isRight),
          otherRecall: shareOf(own, otherIsRight),
          precision: shareOf(ofPrediction.get(label) ?? [], isRight),
          otherPrecision: shareOf(ofOther.get(label) ?? [], otherIsRight),
        }
      })
      .sort((a, b) => a.p - b.p || b.gained + b.lost - a.gained - a.lost || (a.label < b.label ? -1 : 1)),
    sentence: one.version.report.reason,
    otherSentence: other.version.report.reason,
    summary: summaryOf(asked, counts, sameFit),
  }
}

/** A thread that two versions predicted. */
export interface ComparedThread extends PredictedThread {
  readonly otherPredicted: string
  readonly otherConfidence: number
}

/**
 * The threads of a comparison that changed, those that the version predicts with the highest confidence first.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND, CURSOR_INVALID
 */
export async function comparedThreads(
  deps: VersionFigureDeps,
  asked: ComparisonQuestion & PageQuery & { readonly change: Change },
): Promise<Page<ComparedThread>> {
  const { one, pairs } = await (asked.cursor === undefined ? deps.pairs.read : deps.pairs.again)(deps, asked)
  const page = pageOfPredictions(pairs.filter(HOLDS[asked.change]), asked)
  const byId = new Map(page.items.map((pair) => [pair.id, pair]))
  const threads = await presentThreads(deps, one.facet, page.items, asked.reader)
  return {
    ...page,
    items: threads.map((thread) => {
      const { otherLabel, otherConfidence } = byId.get(thread.threadId)!
      return { ...thread, otherPredicted: otherLabel, otherConfidence: fourDigits(otherConfidence) }
    }),
  }
}

const isRight = ({ truth, label }: Pair) => truth === label
const otherIsRight = ({ truth, otherLabel }: Pair) => truth === otherLabel
const isDifferent = ({ label, otherLabel }: Pair) => label !== otherLabel

const HOLDS: Readonly<Record<Change, (pair: Pair) => boolean>> = {
  gained: (pair) => isRight(pair) && !otherIsRight(pair),
  lost: (pair) => !isRight(pair) && otherIsRight(pair),
  different: isDifferent,
}

function countsOf(pairs: readonly Pair[]): PairedCounts {
  const gained = pairs.filter(HOLDS.gained).length
  const lost = pairs.filter(HOLDS.lost).length
  const p = Math.min(1, 2 * exactMcNemar(Math.max(gained, lost), Math.min(gained, lost)))
  return { threads: pairs.length, gained, lost, p }
}

function summaryOf(
  { version, other }: ComparisonQuestion,
  { threads, gained, lost, p }: PairedCounts,
  sameFit: boolean,
): Sentences {
  if (sameFit && version !== other)
    return {
      en: `Versions ${version} and ${other} rest on the same held-out predictions: one was fitted further from the other, so that they cannot be told apart here.`,
      fr: `Les versions ${version} et ${other} reposent sur les mêmes prédictions hors apprentissage\u00a0: l’une prolonge l’autre, et rien ne les distingue ici.`,
    }
  if (threads === 0)
    return {
      en: `Versions ${version} and ${other} predicted no thread in common held out.`,
      fr: `Les versions ${version} et ${other} n’ont prédit aucune discussion commune hors apprentissage.`,
    }
  const significant = p <= 0.05
  return {
    en: `Of ${english.count(threads)} threads that both predicted held out, version ${version} has ${english.count(gained)} right that version ${other} has wrong, and ${english.count(lost)} the other way round: ${significant ? 'more than chance explains' : 'no more than chance explains'}.`,
    fr: `Sur ${french.count(threads)} discussions que les deux ont prédites hors apprentissage, la version ${version} en classe bien ${french.count(gained)} que la version ${other} classe mal, et ${french.count(lost)} dans l’autre sens\u00a0: ${significant ? 'le hasard ne suffit pas à l’expliquer' : 'le hasard peut l’expliquer'}.`,
  }
}
