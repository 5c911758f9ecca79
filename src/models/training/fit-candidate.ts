import { loadClassifier, saveClassifier } from '../../learning/artefact/artefact.ts'
import type { Classifier } from '../../learning/classifier.ts'
import { LearningError } from '../../learning/errors.ts'
import { type TrainingProgress, trainClassifier } from '../../learning/training/train-classifier.ts'
import { compareAnew, comparePredictions, type Predecessor } from '../gate/compare-predictions.ts'

import type { Judgement } from '../gate/decide-activation.ts'
import { outOfFoldOf, packOutOfFold, unpackOutOfFold } from '../gate/held-out-predictions.ts'
import { judgeCandidate, LARGE_ENOUGH } from '../gate/judge-candidate.ts'
import { confirmRefusals, dependsOnFolds, testComparisons } from '../gate/test-comparisons.ts'
import { type Files, hashArtefact } from '../registry/hash-artefact.ts'
import type { TrainingReport } from '../registry/model-version.ts'
import type { TrainingExample } from './training-example.ts'

/** The active version, to go on from and to be judged beside. */
export interface ActiveForFit {
  readonly version: number
  readonly files: Files
  /** What it said of its examples out of fold, packed; absent where it was fitted further. */
  readonly outOfFold?: Uint8Array
  /** The same of the version whose whole fit it goes on from. */
  readonly witness?: Uint8Array
}

export interface FitOptions {
  readonly seed: number
  readonly riskBudget: number
  /** Of labels that have their own. */
  readonly labelBudgets: Readonly<Record<string, number>>
  /** What labels are said to mean, by label. */
  readonly descriptions: Readonly<Record<string, string>>
  readonly active?: ActiveForFit
  /** Texts of threads that nobody labelled. */
  readonly unlabelled?: readonly string[]
  readonly onProgress?: (progress: TrainingProgress) => void
}

type FittedReport = Omit<TrainingReport, 'labelledByAgents' | 'labelsReadAt'> & Judgement

export type FitOutcome =
  | { readonly outcome: 'too-few'; readonly reason: string }
  | {
      readonly outcome: 'fitted'
      readonly artefactHash: string
      readonly files: Files
      /** Packed; absent where the active version was fitted further. */
      readonly outOfFold?: Uint8Array
      readonly report: FittedReport
    }

/**
 * Learns a classifier from labelled texts and judges it beside the active one, on threads that neither has seen.
 * CPU-heavy: for a worker thread. The files are a function of `learned`, the unlabelled texts, the descriptions, the seed and the risk
 * budget, and of the active artefact where that was fitted further.
 */
export async function fitCandidate(
  learned: readonly TrainingExample[],
  audit: readonly TrainingExample[],
  { seed, riskBudget, labelBudgets, descriptions, active, unlabelled, onProgress }: FitOptions,
): Promise<FitOutcome> {
  const labels = new Set(learned.map(({ label }) => label)).size
  if (labels < 2) return { outcome: 'too-few', reason: tooFew(learned.length, labels) }

  const rival = active && readable(active.files)
  const auditSuffices = rival !== undefined && audit.filter(({ unseen }) => unseen).length >= LARGE_ENOUGH
  const start = performance.now()
  const input = {
    texts: learned.map(({ text }) => text),
    labels: learned.map(({ label }) => label),
    riskBudget,
    labelBudgets,
    descriptions,
    ...(unlabelled && { unlabelled }),
    ...(onProgress && { onProgress }),
  }
  const classifier = trainClassifier({ ...input, seed, ...(auditSuffices && { parent: rival }) })
  const fitSeconds = (performance.now() - start) / 1000
  const ids = learned.map(({ id }) => id)
  const outOfFold = outOfFoldOf(classifier, ids)
  const candidate = { learned, audit, classifier, ...(outOfFold && { outOfFold }) }
  const predecessor = active && (await predecessorOf(active, rival))
  const comparisons = predecessor ? comparePredictions(candidate, predecessor, { auditSuffices }) : []
  const first = testComparisons(comparisons)
  const again = predecessor && first.some(dependsOnFolds) && compareAnew(candidate, predecessor, input, seed)
  const tests = again ? confirmRefusals(first, again) : first
  const files = await saveClassifier(classifier)
  return {
    outcome: 'fitted',
    artefactHash: await hashArtefact(files),
    files,
    ...(outOfFold && { outOfFold: await packOutOfFold(outOfFold) }),
    report: {
      seed,
      riskBudget,
      labels,
      trainedOn: learned.length,
      unlabelled: classifier.unlabelled,
      temperature: classifier.temperature,
      threshold: classifier.threshold,
      outOfFold: classifier.outOfFold,
      ...judgeCandidate(candidate, { version: active?.version, predecessor, comparisons, tests }),
      artefactBytes: Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0),
      fitSeconds,
    },
  }
}

async function predecessorOf(
  { outOfFold, witness }: ActiveForFit,
  rival: Classifier | undefined,
): Promise<Predecessor> {
  return {
    ...(outOfFold && { outOfFold: await unpackOutOfFold(outOfFold) }),
    ...(witness && { witness: await unpackOutOfFold(witness) }),
    ...(rival && { classifier: rival }),
  }
}

function tooFew(threads: number, labels: number): string {
  return `a model needs at least two labels, but ${threads} threads outside the audit slice have ${labels}`
}

/** An artefact of a format that this release no longer reads must not keep a facet from being trained anew. */
function readable(files: Files): Classifier | undefined {
  try {
    return loadClassifier(files)
  } catch (error) {
    if (error instanceof LearningError) return undefined
    throw error
  }
}
