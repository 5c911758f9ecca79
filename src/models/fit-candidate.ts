import {
  type Classifier,
  LearningError,
  loadClassifier,
  saveClassifier,
  type TrainingProgress,
  trainClassifier,
} from '../learning/index.ts'
import { type Files, hashArtefact } from './hash-artefact.ts'
import { type Example, fingerprint, judgeHoldOut, judgeMajority } from './judge-hold-out.ts'
import type { TrainingReport } from './model-version.ts'

export interface FitOptions {
  readonly seed: number
  readonly riskBudget: number
  /** Of labels that have their own. */
  readonly labelBudgets: Readonly<Record<string, number>>
  /** What labels are said to mean, by label. */
  readonly descriptions: Readonly<Record<string, string>>
  /** The artefact that is active: gone on from where little was labelled since, and judged on the same threads. */
  readonly active?: { readonly version: number; readonly files: Files }
  readonly onProgress?: (progress: TrainingProgress) => void
}

export type FittedReport = Omit<TrainingReport, 'labelledByAgents'>

export type FitOutcome =
  | { readonly outcome: 'too-few'; readonly reason: string }
  | {
      readonly outcome: 'fitted'
      readonly artefactHash: string
      readonly files: Files
      readonly report: FittedReport
    }

/**
 * Learns a classifier from labelled texts and judges it, and the active one, on those held out. CPU-heavy: for a
 * worker thread. The files are a function of `learned`, the descriptions, the active artefact, the seed and the risk
 * budget.
 */
export async function fitCandidate(
  learned: readonly Example[],
  heldOut: readonly Example[],
  { seed, riskBudget, labelBudgets, descriptions, active, onProgress }: FitOptions,
): Promise<FitOutcome> {
  const labels = new Set(learned.map(({ label }) => label)).size
  if (labels < 2) return { outcome: 'too-few', reason: tooFew(learned.length, labels) }
  if (heldOut.length === 0)
    return { outcome: 'too-few', reason: `none of its ${learned.length} labelled threads is held out` }

  const rival = active && readable(active.files)
  const start = performance.now()
  const classifier = trainClassifier({
    texts: learned.map(({ text }) => text),
    labels: learned.map(({ label }) => label),
    seed,
    riskBudget,
    labelBudgets,
    descriptions,
    ...(rival && { parent: rival }),
    ...(onProgress && { onProgress }),
  })
  const fitSeconds = (performance.now() - start) / 1000
  const files = await saveClassifier(classifier)
  return {
    outcome: 'fitted',
    artefactHash: await hashArtefact(files),
    files,
    report: {
      seed,
      riskBudget,
      labels,
      trainedOn: learned.length,
      temperature: classifier.temperature,
      threshold: classifier.threshold,
      outOfFold: classifier.outOfFold,
      holdOut: {
        threads: heldOut.length,
        fingerprint: fingerprint(heldOut),
        candidate: judgeHoldOut(classifier, heldOut),
        ...(active && rival && { active: { version: active.version, ...judgeHoldOut(rival, heldOut) } }),
        majority: judgeMajority(learned, heldOut),
      },
      artefactBytes: Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0),
      fitSeconds,
    },
  }
}

function tooFew(threads: number, labels: number): string {
  return `it learns from at least two labels, and ${threads} threads outside the hold-out have ${labels}`
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
