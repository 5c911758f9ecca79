import { fitTemperatures, temperatureAt, type Warming } from '../calibration/calibration.ts'
import { expectedCalibrationError } from '../calibration/calibration-error.ts'
import {
  energyOf,
  type Familiarity,
  familiarityOf,
  fitFamiliarity,
  isFamiliar,
  knownWordShares,
} from '../calibration/novelty.ts'
import type { Corpus } from '../features/corpus.ts'
import { weighRows } from '../features/vectorizer.ts'
import type { HeldOutPredictions } from '../risk/risk-budget.ts'
import { fitCorpus } from './fit-corpus.ts'
import type { FitSettings } from './fit-settings.ts'
import { dealFolds } from './folds.ts'
import { highestIn, logitsOf, softmaxInPlace } from './predict.ts'

/** Held-out predictions enough to fit one temperature and one threshold well. */
const ENOUGH_ROWS = 3000

interface OutOfFoldInput {
  /** The examples, after them what every model is taught besides (the names of labels), then any other rows. */
  readonly corpus: Corpus
  /** Class of each example and of what is taught besides. */
  readonly targets: Int32Array
  /** Rows that nobody labelled, which every model learns from; none unless told. */
  readonly unlabelled?: Int32Array
  /** Number of the distinct text of each example; the corpus may have more rows. */
  readonly groupOf: Int32Array
  readonly classes: number
  readonly settings: FitSettings
  readonly seed: number
  readonly onProgress: (fraction: number) => void
}

/** What was said of rows by models that had not seen them; parallel arrays, a class is a position in the labels. */
export interface OutOfFoldPredictions extends HeldOutPredictions {
  /** Position of each row. */
  readonly rows: Int32Array
  /** Class each row was given. */
  readonly truths: Int32Array
  /** Likeliest class. */
  readonly likeliest: Int32Array
  /** Its calibrated probability. */
  readonly confidences: Float64Array
  /** Calibrated probabilities of all classes, row-major. */
  readonly probabilities: Float64Array
  /** Whether the row is like those that the model had seen. */
  readonly familiar: Uint8Array
}

interface Calibration {
  readonly temperature: number
  readonly warming: Warming
  readonly familiarity: Familiarity
  readonly accuracy: number
  /** Expected calibration error after the temperature. */
  readonly ece: number
  /** Positions are those of the corpus. */
  readonly predictions: OutOfFoldPredictions
}

/** Folds to deal, and how many of them to predict: all of a small set, 3,000 rows or one fold of a large one. */
function planFolds(rows: number): { folds: number; predicted: number } {
  const folds = Math.min(rows, rows < 400 ? 10 : 5)
  return { folds, predicted: Math.min(folds, Math.max(1, Math.ceil(ENOUGH_ROWS / (rows / folds)))) }
}

/** Parallel; positions are those of the corpus. */
interface HeldOutLogits {
  readonly rows: Int32Array
  readonly truths: Int32Array
  /** Row-major; `calibrate` spends them. */
  readonly logits: Float64Array
  /** Shares of known words. */
  readonly known: Float64Array
}

/** Predicts rows by models that have not seen them, vocabulary included, and calibrates on those predictions. */
export function calibrateOutOfFold(input: OutOfFoldInput): Calibration {
  const heldOut = predictOutOfFold(input, planFolds(input.groupOf.length))
  return calibrate(heldOut, input.classes)
}

/** What models that have not seen them, with or without a label, say of the rows of the first `predicted` of `folds`. */
export function predictOutOfFold(
  input: OutOfFoldInput,
  { folds, predicted }: { readonly folds: number; readonly predicted: number },
): HeldOutLogits {
  const { corpus, targets, groupOf, classes, settings, seed, unlabelled = new Int32Array(0) } = input
  const examples = groupOf.length
  const foldOf = dealFolds(targets.subarray(0, examples), groupOf, folds, seed)
  const heldOut: number[] = []
  for (let row = 0; row < examples; row++) if (foldOf[row]! < predicted) heldOut.push(row)
  const logits = new Float64Array(heldOut.length * classes)
  const known = new Float64Array(heldOut.length)
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
      onProgress: (share) => input.onProgress((fold + share) / predicted),
    })
    const rows = weighRows(corpus, outside, vocabulary)
    const shares = knownWordShares(corpus, outside, vocabulary)
    outside.forEach((row, at) => {
      known[place.get(row)!] = shares[at]!
      const base = place.get(row)! * classes
      const out = logits.subarray(base, base + classes)
      logitsOf(network, rows.indices, rows.values, rows.offsets[at]!, rows.offsets[at + 1]!, out)
    })
  }
  const rows = Int32Array.from(heldOut)
  const truths = rows.map((row) => targets[row]!)
  return { rows, truths, logits, known }
}

function calibrate({ rows, truths, logits, known }: HeldOutLogits, classes: number): Calibration {
  const n = truths.length
  const energies = Float64Array.from(rows, (_, at) => energyOf(logits, at * classes, (at + 1) * classes))
  const { temperature, warming } = fitTemperatures(logits, truths, energies, classes)
  const familiarity = fitFamiliarity(energies, known)
  const confidences = new Float64Array(n)
  const likeliest = new Int32Array(n)
  const correct = new Uint8Array(n)
  const familiar = new Uint8Array(n)
  for (let row = 0; row < n; row++) {
    const base = row * classes
    softmaxInPlace(logits, base, base + classes, temperatureAt(temperature, warming, energies[row]!))
    const best = highestIn(logits, base, base + classes)
    confidences[row] = logits[base + best]!
    likeliest[row] = best
    correct[row] = best === truths[row] ? 1 : 0
    const score = familiarityOf(familiarity, energies[row]!, known[row]!)
    familiar[row] = isFamiliar(familiarity, score) ? 1 : 0
  }
  return {
    temperature,
    warming,
    familiarity,
    accuracy: n > 0 ? correct.reduce((sum, one) => sum + one, 0) / n : 0,
    ece: expectedCalibrationError(confidences, correct),
    predictions: { rows, truths, likeliest, confidences, probabilities: logits, familiar },
  }
}
