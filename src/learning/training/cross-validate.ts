import { fitTemperatures, temperatureAt, type Warming } from '../calibration/calibration.ts'
import { expectedCalibrationError } from '../calibration/calibration-error.ts'
import {
  type Evidence,
  energyOf,
  fitNovelty,
  isNovel,
  knownWordShares,
  type NoveltyScale,
  noveltyOf,
  sureness,
} from '../calibration/novelty.ts'
import type { Corpus } from '../features/corpus.ts'
import { weighRows } from '../features/vectorizer.ts'
import type { WordVectors } from '../features/word-vectors.ts'
import type { HeldOutPredictions } from '../risk/risk-budget.ts'
import { type FitSettings, fitCorpus } from './fit-corpus.ts'

import { dealFolds } from './folds.ts'
import { highestIn, logitsOf, softmaxInPlace } from './predict.ts'

/** Held-out predictions that suffice to fit one temperature and one threshold well. */
const ENOUGH_ROWS = 3000

interface CrossValidationInput {
  /** The examples, then the rows that every model also learns from (the names of labels), then any other rows. */
  readonly corpus: Corpus
  /** Class of each example and of each name. */
  readonly targets: Int32Array
  /** Unlabelled rows that every model learns from; none by default. */
  readonly unlabelled?: Int32Array
  /** Word vectors of these rows. */
  readonly vectors?: WordVectors
  /** Number of the distinct text of each example; the corpus may have more rows. */
  readonly groupOf: Int32Array
  readonly classes: number
  readonly settings: FitSettings
  readonly seed: number
  readonly onProgress: (fraction: number) => void
}

/** Held-out predictions of cross-validation, with all probabilities; parallel arrays, a class is a position in the labels. */
export interface CrossValidatedPredictions extends HeldOutPredictions {
  /** Position of each row. */
  readonly rows: Int32Array
  /** Class of each row's label. */
  readonly truths: Int32Array
  /** Likeliest class. */
  readonly likeliest: Int32Array
  /** Its calibrated probability. */
  readonly confidences: Float64Array
  /** Calibrated probabilities of all classes, row-major. */
  readonly probabilities: Float64Array
  /** 1 where the row is unlike the rows that the model was trained on, else 0. */
  readonly novel: Uint8Array
}

interface Calibration {
  readonly temperature: number
  readonly warming: Warming
  readonly novelty: NoveltyScale
  readonly accuracy: number
  /** Expected calibration error after the temperature. */
  readonly ece: number
  /** Positions are those of the corpus. */
  readonly predictions: CrossValidatedPredictions
}

/** Number of folds, and how many of them to predict: all of a small set; of a large one 3,000 rows, at least one fold. */
function planFolds(rows: number): { folds: number; predicted: number } {
  const folds = Math.min(rows, rows < 400 ? 10 : 5)
  return { folds, predicted: Math.min(folds, Math.max(1, Math.ceil(ENOUGH_ROWS / (rows / folds)))) }
}

/** Held-out predictions before calibration; parallel arrays. */
interface HeldOutLogits {
  /** Positions in the corpus. */
  readonly rows: Int32Array
  readonly truths: Int32Array
  /** Row-major; `calibrate` overwrites them with probabilities. */
  readonly logits: Float64Array
  /** Share of known words of each row. */
  readonly known: Float64Array
  /** Of each row, see `sureness`. */
  readonly sure: Float64Array
}

/**
 * Predicts examples by models that have not seen their texts, not even for the vocabulary, and fits temperature and
 * novelty scale to these predictions.
 */
export function crossValidate(input: CrossValidationInput): Calibration {
  const heldOut = predictHeldOut(input, planFolds(input.groupOf.length))
  const isTaught = input.unlabelled !== undefined && input.unlabelled.length > 0
  return calibrate(heldOut, input.classes, isTaught ? 'linear' : 'energy')
}

/** Logits of the examples of the first `predicted` of `folds`, each by a model that was not trained on its fold. */
export function predictHeldOut(
  input: CrossValidationInput,
  { folds, predicted }: { readonly folds: number; readonly predicted: number },
): HeldOutLogits {
  const { corpus, targets, groupOf, classes, settings, seed, vectors, unlabelled = new Int32Array(0) } = input
  const examples = groupOf.length
  const foldOf = dealFolds(targets.subarray(0, examples), groupOf, folds, seed)
  const heldOut: number[] = []
  for (let row = 0; row < examples; row++) if (foldOf[row]! < predicted) heldOut.push(row)
  const logits = new Float64Array(heldOut.length * classes)
  const known = new Float64Array(heldOut.length)
  const sure = new Float64Array(heldOut.length)
  const linear = new Float64Array(classes)
  const place = new Map(heldOut.map((row, at) => [row, at]))
  for (let fold = 0; fold < predicted; fold++) {
    const inside = Int32Array.from(targets.keys()).filter((row) => foldOf[row] !== fold)
    const outside = Int32Array.from(heldOut).filter((row) => foldOf[row] === fold)
    const { vocabulary, network } = fitCorpus({
      corpus,
      rows: inside,
      classes,
      settings,
      seed: seed + fold + 1,
      targets: inside.map((row) => targets[row]!),
      unlabelled,
      vectors,
      onProgress: (share) => input.onProgress((fold + share) / predicted),
    })
    const rows = weighRows(corpus, outside, vocabulary)
    const shares = knownWordShares(corpus, outside, vocabulary)
    outside.forEach((row, at) => {
      known[place.get(row)!] = shares[at]!
      const base = place.get(row)! * classes
      const out = logits.subarray(base, base + classes)
      logitsOf(network, rows.indices, rows.values, rows.offsets[at]!, rows.offsets[at + 1]!, out, linear)
      sure[place.get(row)!] = sureness(linear)
    })
  }
  const rows = Int32Array.from(heldOut)
  const truths = rows.map((row) => targets[row]!)
  return { rows, truths, logits, known, sure }
}

function calibrate(
  { rows, truths, logits, known, sure }: HeldOutLogits,
  classes: number,
  evidence: Evidence,
): Calibration {
  const n = truths.length
  const energies = Float64Array.from(rows, (_, at) => energyOf(logits, at * classes, (at + 1) * classes))
  const { temperature, warming } = fitTemperatures(logits, truths, energies, classes)
  const found = evidence === 'linear' ? sure : energies
  const scale = fitNovelty(evidence, found, known)
  const confidences = new Float64Array(n)
  const likeliest = new Int32Array(n)
  const correct = new Uint8Array(n)
  const novel = new Uint8Array(n)
  for (let row = 0; row < n; row++) {
    const base = row * classes
    softmaxInPlace(logits, base, base + classes, temperatureAt(temperature, warming, energies[row]!))
    const best = highestIn(logits, base, base + classes)
    confidences[row] = logits[base + best]!
    likeliest[row] = best
    correct[row] = best === truths[row] ? 1 : 0
    novel[row] = isNovel(scale, noveltyOf(scale, found[row]!, known[row]!)) ? 1 : 0
  }
  return {
    temperature,
    warming,
    novelty: scale,
    accuracy: n > 0 ? correct.reduce((sum, one) => sum + one, 0) / n : 0,
    ece: expectedCalibrationError(confidences, correct),
    predictions: { rows, truths, likeliest, confidences, probabilities: logits, novel },
  }
}
