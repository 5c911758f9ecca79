import { type ClassifierModel, checkModel, type OutOfFoldSummary } from './artefact/model.ts'
import { temperatureAt } from './calibration/calibration.ts'
import { energyOf, familiarityOf, isFamiliar } from './calibration/novelty.ts'
import { createEncoder } from './features/encoder.ts'
import { createServingNetwork } from './network/serving-network.ts'
import { type AbstentionReason, abstentionReason } from './risk/abstention.ts'
import { highestIn, nextHighestIn, rankDescending, softmaxInPlace } from './training/predict.ts'

export interface LabelConfidence {
  readonly label: string
  /** Calibrated probability, in [0, 1]. */
  readonly confidence: number
}

/** A verdict on one text. */
export interface Classification extends LabelConfidence {
  /** Every label, the likeliest (`label` itself) first. */
  readonly alternatives: readonly LabelConfidence[]
  /** How much the text is like those learned from: 0 as the mean of held-out ones, 1 a standard deviation of it above. */
  readonly familiarity: number
  /** `abstained` below the label's threshold, and for a text unlike those that were learned from. */
  readonly decision: 'assigned' | 'abstained'
  /** Why it abstained; absent where a label is assigned. */
  readonly reason?: AbstentionReason
}

/** Not reentrant (buffers are reused), which matters to no caller on one thread. */
export interface Classifier {
  readonly labels: readonly string[]
  /** Least confidence at which a label is assigned. */
  readonly threshold: number
  /** The same of labels that have a bound of their own. */
  readonly labelThresholds: Readonly<Record<string, number>>
  /** Of a text of usual energy. */
  readonly temperature: number
  /** What calibration found on rows held out from training. */
  readonly outOfFold: OutOfFoldSummary
  /** All there is to it, for saving. */
  readonly model: ClassifierModel
  classify(text: string): Classification
  classifyAll(texts: readonly string[]): Classification[]
  /** Calibrated probabilities in the order of `labels`; they sum to 1. */
  predict(text: string): Float64Array
  /** Row-major, `texts.length` rows of `labels.length`. */
  predictAll(texts: readonly string[]): Float64Array
  /** What the logits of a text are divided by. */
  temperatureOf(text: string): number
  /** The network's input for a text: feature indices and their values, equally long, empty if nothing is known. */
  encode(text: string): { indices: Int32Array; values: Float32Array }
}

/** Makes a model answer. `ARTEFACT_CORRUPT` when its parts do not fit together. */
export function createClassifier(model: ClassifierModel): Classifier {
  checkModel(model)
  const encode = createEncoder(model.vocabulary, model.ngrams)
  const logitsOf = createServingNetwork(model, model.ngrams.maxFeatures)
  const { labels, threshold, labelThresholds, temperature, warming, familiarity } = model
  const classes = labels.length
  const leastOf = Float64Array.from(labels, (label) =>
    Object.hasOwn(labelThresholds, label) ? labelThresholds[label]! : threshold,
  )

  /** Fills `out` with probabilities; says how familiar the text is, and its temperature. */
  function predictInto(
    text: string,
    out: Float64Array,
  ): { score: number; warmed: number; familiar: boolean } {
    const row = encode(text)
    logitsOf(row, out)
    const energy = energyOf(out)
    const score = familiarityOf(familiarity, energy, row.knownWords)
    const warmed = temperatureAt(temperature, warming, energy)
    softmaxInPlace(out, 0, classes, warmed)
    return { score, warmed, familiar: row.size > 0 && isFamiliar(familiarity, score) }
  }

  const probabilities = new Float64Array(classes)
  function classify(text: string): Classification {
    const { score, familiar } = predictInto(text, probabilities)
    const best = highestIn(probabilities)
    const confidence = probabilities[best]!
    const next = probabilities[nextHighestIn(probabilities, best)]!
    const reason = abstentionReason(familiar, confidence, next, leastOf[best]!)
    const all = probabilities.slice()
    let ranked: LabelConfidence[] | undefined
    return {
      label: labels[best]!,
      confidence,
      // Ranked when they are asked for: a third of the time of a call.
      get alternatives() {
        ranked ??= Array.from(rankDescending(all), (c) => ({ label: labels[c]!, confidence: all[c]! }))
        return ranked
      },
      familiarity: score,
      ...(reason === undefined ? { decision: 'assigned' } : { decision: 'abstained', reason }),
    }
  }

  return {
    labels,
    threshold,
    labelThresholds,
    temperature,
    outOfFold: model.outOfFold,
    model,
    classify,
    classifyAll: (texts) => texts.map(classify),
    predict(text) {
      const out = new Float64Array(classes)
      predictInto(text, out)
      return out
    },
    predictAll(texts) {
      const out = new Float64Array(texts.length * classes)
      texts.forEach((text, row) => {
        predictInto(text, out.subarray(row * classes, (row + 1) * classes))
      })
      return out
    },
    temperatureOf: (text) => predictInto(text, new Float64Array(classes)).warmed,
    encode(text) {
      const { indices, values, size } = encode(text)
      return { indices: indices.slice(0, size), values: values.slice(0, size) }
    },
  }
}
