import { type ClassifierModel, checkModel, type HeldOutSummary } from './artefact/model.ts'
import { temperatureAt } from './calibration/calibration.ts'
import { energyOf, isNovel, noveltyOf, sureness } from './calibration/novelty.ts'
import { createEncoder } from './features/encoder.ts'
import { createServingNetwork } from './network/serving-network.ts'
import { type AbstentionReason, abstentionReason } from './risk/abstention.ts'
import { createCostTable } from './risk/costs.ts'
import { highestIn, nextHighestIn, rankDescending, softmaxInPlace } from './training/predict.ts'

export interface LabelConfidence {
  readonly label: string
  /** Calibrated probability, in [0, 1]. */
  readonly confidence: number
}

/** The prediction for one text. */
export interface Classification extends LabelConfidence {
  /** Every label, the likeliest first: `label` itself, unless costs chose another. */
  readonly alternatives: readonly LabelConfidence[]
  /** How unlike the training texts the text is: 0 is the mean of held-out texts, 1 about a standard deviation above. */
  readonly novelty: number
  /** `abstained` below the label's threshold, and for a novel text. */
  readonly decision: 'assigned' | 'abstained'
  /** Present where the decision is `abstained`. */
  readonly reason?: AbstentionReason
  /** Present where costs are stated: `label` is then that of least expected cost. */
  readonly costs?: {
    readonly likeliest: LabelConfidence
    /** What is compared with the threshold in the place of the confidence, see `CostDecision`. */
    readonly score: number
    /** Of `label`, in units of an ordinary mistake. */
    readonly expected: number
    readonly expectedOfLikeliest: number
  }
}

/** The likeliest label, which costs may have kept from being given. */
export function likeliestOf({ label, confidence, costs }: Classification): LabelConfidence {
  return costs?.likeliest ?? { label, confidence }
}

/** A trained model that predicts texts. Its buffers are reused: only one worker may call it at a time. */
export interface Classifier {
  readonly labels: readonly string[]
  /** Least confidence at which a label is assigned. */
  readonly threshold: number
  /** Thresholds of labels with a risk budget of their own, or with mistakes dearer than those of other labels. */
  readonly labelThresholds: Readonly<Record<string, number>>
  /** The temperature of a text of mean energy. */
  readonly temperature: number
  /** Figures of the held-out predictions. */
  readonly heldOutSummary: HeldOutSummary
  /** The parameters, for saving. */
  readonly model: ClassifierModel
  classify(text: string): Classification
  classifyAll(texts: readonly string[]): Classification[]
  /** Calibrated probabilities in the order of `labels`; they sum to 1. */
  predict(text: string): Float64Array
  /** Row-major, `texts.length` rows of `labels.length`. */
  predictAll(texts: readonly string[]): Float64Array
  /** The temperature that the logits of a text are divided by. */
  temperatureOf(text: string): number
  /** The network's input for a text: feature indices and their values, equally long; empty where no feature is known. */
  encode(text: string): { indices: Int32Array; values: Float32Array }
}

/**
 * Makes a classifier of its parameters.
 *
 * @throws LearningError `ARTEFACT_CORRUPT` where the parts of the model do not fit together
 */
export function createClassifier(model: ClassifierModel): Classifier {
  checkModel(model)
  const encode = createEncoder(model.vocabulary, model.ngrams)
  const logitsOf = createServingNetwork(model, model.ngrams.maxFeatures)
  const { labels, threshold, labelThresholds, temperature, warming, novelty: scale } = model
  const classes = labels.length
  const leastOf = Float64Array.from(labels, (label) =>
    Object.hasOwn(labelThresholds, label) ? labelThresholds[label]! : threshold,
  )

  const linear = scale.evidence === 'linear' ? new Float64Array(classes) : undefined

  /** Fills `out` with probabilities, and returns the novelty and the temperature of the text. */
  function predictInto(text: string, out: Float64Array): { novelty: number; novel: boolean; warmed: number } {
    const row = encode(text)
    logitsOf(row, out, linear)
    const energy = energyOf(out)
    const novelty = noveltyOf(scale, linear === undefined ? energy : sureness(linear), row.knownWords)
    const warmed = temperatureAt(temperature, warming, energy)
    softmaxInPlace(out, 0, classes, warmed)
    return { novelty, novel: row.size === 0 || isNovel(scale, novelty), warmed }
  }

  const costs = model.costs && createCostTable(labels, model.costs)
  const probabilities = new Float64Array(classes)
  function classify(text: string): Classification {
    const { novelty, novel } = predictInto(text, probabilities)
    const decided = costs?.decide(probabilities)
    const best = decided?.given ?? highestIn(probabilities)
    const confidence = probabilities[best]!
    const second = probabilities[nextHighestIn(probabilities, best)]!
    const reason = abstentionReason(
      novel,
      confidence,
      second,
      leastOf[best]!,
      decided && { own: decided.score, together: decided.together },
    )
    const all = probabilities.slice()
    let ranked: LabelConfidence[] | undefined
    return {
      label: labels[best]!,
      confidence,
      // Ranked on demand, since ranking takes a third of the time of a call.
      get alternatives() {
        ranked ??= Array.from(rankDescending(all), (c) => ({ label: labels[c]!, confidence: all[c]! }))
        return ranked
      },
      novelty,
      ...(decided && {
        costs: {
          likeliest: {
            label: labels[decided.likeliest]!,
            confidence: probabilities[decided.likeliest]!,
          },
          score: decided.score,
          expected: decided.expectedCost,
          expectedOfLikeliest: decided.likeliestCost,
        },
      }),
      ...(reason === undefined ? { decision: 'assigned' } : { decision: 'abstained', reason }),
    }
  }

  return {
    labels,
    threshold,
    labelThresholds,
    temperature,
    heldOutSummary: model.heldOutSummary,
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
