import { loadClassifier, saveClassifier } from '../../learning/artefact/artefact.ts'
import type { Classifier } from '../../learning/classifier.ts'
import { LearningError } from '../../learning/errors.ts'
import type { Encodings } from '../../learning/features/encodings.ts'
import { labelTexts } from '../../learning/features/examples.ts'
import type { LabelCost } from '../../learning/risk/costs.ts'
import { isWorthwhile } from '../../learning/training/self-training.ts'
import { type TrainingProgress, trainClassifier } from '../../learning/training/train-classifier.ts'
import { type Baseline, comparePredictions, compareRetrained } from '../gate/compare-predictions.ts'
import { type CandidateEvaluation, ENOUGH_AUDITED, evaluateCandidate } from '../gate/evaluate-candidate.ts'
import { heldOutPredictionsOf, packPredictions, unpackPredictions } from '../gate/held-out-predictions.ts'
import { confirmRefusals, dependsOnFolds, testComparisons } from '../gate/test-comparisons.ts'
import { type Files, hashArtefact } from '../registry/hash-artefact.ts'
import type { TrainingReport } from '../registry/model-version.ts'
import type { EncodeTexts } from './encoder/find-encoder.ts'
import type { TrainingExample } from './training-example.ts'

/** The active version: the parent to fit further, and the baseline to compare with. */
export interface ActiveForFit {
  readonly version: number
  readonly files: Files
  /** Its held-out predictions, packed; absent where it was fitted further from a parent. */
  readonly heldOut?: Uint8Array
  /** Those of the last version that was fitted from the beginning: its own, or of an ancestor. */
  readonly wholeFitHeldOut?: Uint8Array
}

export interface FitOptions {
  readonly seed: number
  readonly riskBudget: number
  /** Of labels with a budget of their own. */
  readonly labelBudgets: Readonly<Record<string, number>>
  /** Costs of wrong labels other than the ordinary one. */
  readonly costs: readonly LabelCost[]
  /** Descriptions of labels, by label. */
  readonly descriptions: Readonly<Record<string, string>>
  readonly active?: ActiveForFit
  /** Texts of threads without a label. */
  readonly unlabelled?: readonly string[]
  /** The optional encoder. */
  readonly encode?: EncodeTexts | undefined
  readonly onProgress?: (progress: TrainingProgress) => void
}

type FittedReport = Omit<TrainingReport, 'labelledByAgents' | 'labelsReadAt' | 'reason'> & CandidateEvaluation

export type FitOutcome =
  | { readonly outcome: 'too-few'; readonly reason: string }
  | {
      readonly outcome: 'fitted'
      readonly artefactHash: string
      readonly files: Files
      /** Packed; absent where the active version was fitted further. */
      readonly heldOut?: Uint8Array
      readonly report: FittedReport
    }

/**
 * Trains a classifier on labelled texts and compares it with the active one, on threads that neither has seen. Takes
 * seconds to minutes of CPU time: for a worker. The files are a function of `learned`, the unlabelled texts, the
 * descriptions, the seed, the costs and the risk budgets, of whether there is an encoder, and of the active artefact
 * where that was fitted further.
 *
 * @param audit labelled threads of the audit slice, which nothing is trained on
 */
export async function fitCandidate(
  learned: readonly TrainingExample[],
  audit: readonly TrainingExample[],
  options: FitOptions,
): Promise<FitOutcome> {
  const { seed, riskBudget, labelBudgets, costs, descriptions, active, unlabelled, onProgress } = options
  const labels = new Set(learned.map(({ label }) => label)).size
  if (labels < 2) return { outcome: 'too-few', reason: tooFew(learned.length, labels) }

  const parent = active && loadIfReadable(active.files)
  const auditSuffices = parent !== undefined && audit.filter(({ unseen }) => unseen).length >= ENOUGH_AUDITED
  const { encodings, encoderFault } = await encodeAll(learned, options)
  const start = performance.now()
  const input = {
    texts: learned.map(({ text }) => text),
    labels: learned.map(({ label }) => label),
    riskBudget,
    labelBudgets,
    costs,
    descriptions,
    unlabelled,
    encodings,
    onProgress,
  }
  const classifier = trainClassifier({ ...input, seed, parent: auditSuffices ? parent : undefined })
  const fitSeconds = (performance.now() - start) / 1000
  const ids = learned.map(({ id }) => id)
  const heldOut = heldOutPredictionsOf(classifier, ids)
  const candidate = { learned, audit, classifier, heldOut }
  const baseline = active && (await unpackBaseline(active, parent))
  const comparisons = baseline ? comparePredictions(candidate, baseline, { auditSuffices }) : []
  const first = testComparisons(comparisons)
  const again = baseline && first.some(dependsOnFolds) && compareRetrained(candidate, baseline, input, seed)
  const tests = again ? confirmRefusals(first, again) : first
  const files = await saveClassifier(classifier)
  return {
    outcome: 'fitted',
    artefactHash: await hashArtefact(files),
    files,
    heldOut: heldOut && (await packPredictions(heldOut)),
    report: {
      seed,
      riskBudget,
      labels,
      trainedOn: learned.length,
      unlabelled: classifier.unlabelled,
      encoded: classifier.encoded,
      encoderFault,
      temperature: classifier.temperature,
      threshold: classifier.threshold,
      costs: classifier.model.costs,
      heldOutSummary: classifier.heldOutSummary,
      ...evaluateCandidate(candidate, { version: active?.version, baseline, comparisons, tests }),
      artefactBytes: Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0),
      fitSeconds,
    },
  }
}

/**
 * Encodings of all texts that training reads, where there is an encoder and training learns from unlabelled texts. The
 * encoder is optional: where it fails, training goes on as if it was not installed, and the report says why.
 */
async function encodeAll(
  learned: readonly TrainingExample[],
  { encode, unlabelled = [], descriptions, onProgress = () => {} }: FitOptions,
): Promise<{ readonly encodings?: Encodings; readonly encoderFault?: string }> {
  if (encode === undefined || !isWorthwhile(unlabelled.length, learned.length)) return {}
  const names = labelTexts([...new Set(learned.map(({ label }) => label))], descriptions)
  const texts = [...learned.map(({ text }) => text), ...names.texts, ...unlabelled]
  try {
    return { encodings: await encode(texts, (fraction) => onProgress({ stage: 'encoding', fraction })) }
  } catch (fault) {
    return { encoderFault: fault instanceof Error ? fault.message : String(fault) }
  }
}

async function unpackBaseline(
  { heldOut, wholeFitHeldOut }: ActiveForFit,
  classifier: Classifier | undefined,
): Promise<Baseline> {
  return {
    heldOut: heldOut && (await unpackPredictions(heldOut)),
    wholeFitHeldOut: wholeFitHeldOut && (await unpackPredictions(wholeFitHeldOut)),
    classifier,
  }
}

function tooFew(threads: number, labels: number): string {
  return `a model needs at least two labels, but ${threads} threads outside the audit slice have ${labels}`
}

/** Undefined for an artefact that this release cannot read, so that the facet can still be trained. */
function loadIfReadable(files: Files): Classifier | undefined {
  try {
    return loadClassifier(files)
  } catch (error) {
    if (error instanceof LearningError) return undefined
    throw error
  }
}
