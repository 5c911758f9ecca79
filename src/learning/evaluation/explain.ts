import { visitNgrams, type WordPlace } from '../../text/terms/ngram-places.ts'
import type { Classifier } from '../classifier.ts'
import { LearningError } from '../errors.ts'
import type { SparseRow } from '../features/row-index.ts'
import { activate } from '../network/hidden-layer.ts'
import type { Network } from '../network/network.ts'
import { highestIn } from '../training/predict.ts'

/** A word of the text with its contribution to a label. */
export interface Span {
  /** UTF-16 offset in the text as given; `end` is exclusive. */
  readonly start: number
  readonly end: number
  readonly text: string
  /** Its part in the logit; negative where it counts against the label. */
  readonly contribution: number
}

/** Why a label has the probability it has. */
export interface Explanation {
  readonly label: string
  /** Before the temperature: the probability is `exp(logit / temperature)`, divided by the sum over all labels. */
  readonly logit: number
  /** Of this text. */
  readonly temperature: number
  /** Calibrated, in [0, 1]. */
  readonly probability: number
  /** The part of the logit that belongs to no word; with the contributions of `spans` it adds up to the logit. */
  readonly constant: number
  /** Words with a contribution, by position; they do not overlap. */
  readonly spans: readonly Span[]
  /** The strongest for the label, the strongest first. */
  readonly for: readonly Span[]
  /** The strongest against it, the strongest first. */
  readonly against: readonly Span[]
}

/** Spans listed for a label, and against it. */
const STRONGEST = 5

/**
 * Explains the probability of a label, the likeliest by default. The contribution of a feature is divided evenly among
 * its occurrences, and that of a pair of words by their characters, so that each word has its part.
 *
 * @throws LearningError `INVALID_ARGUMENT` for a label that the classifier does not know
 */
export function explain(classifier: Classifier, text: string, label?: string): Explanation {
  const probabilities = classifier.predict(text)
  const classIndex = label === undefined ? highestIn(probabilities) : classifier.labels.indexOf(label)
  if (classIndex < 0) throw new LearningError('INVALID_ARGUMENT', `there is no label "${label}"`)

  const { model } = classifier
  const row = classifier.encode(text)
  const { entries, constant } = contributionsOf(model, row, classIndex)
  const entryOf = new Map<number, number>()
  row.indices.forEach((column, k) => {
    entryOf.set(model.vocabulary.hashes[column]!, k)
  })
  const spans = spansOf(text, model.ngrams, entries, entryOf)
  const byContribution = spans.toSorted((a, b) => b.contribution - a.contribution)
  return {
    label: classifier.labels[classIndex]!,
    logit: entries.reduce((sum, part) => sum + part, constant),
    temperature: classifier.temperatureOf(text),
    probability: probabilities[classIndex]!,
    constant,
    spans,
    for: byContribution.filter(({ contribution }) => contribution > 0).slice(0, STRONGEST),
    against: byContribution
      .filter(({ contribution }) => contribution < 0)
      .slice(-STRONGEST)
      .reverse(),
  }
}

/** Divides the contribution of each entry among the words in which it occurs. */
function spansOf(
  text: string,
  ngrams: Classifier['model']['ngrams'],
  entries: Float64Array,
  entryOf: ReadonlyMap<number, number>,
): Span[] {
  const found: { readonly entry: number; readonly word: number; readonly share: number }[] = []
  const occurrences = new Float64Array(entries.length)
  const words = visitNgrams(text, ngrams, (hash, word, share) => {
    const entry = entryOf.get(hash)
    if (entry === undefined) return
    found.push({ entry, word, share })
    occurrences[entry] = occurrences[entry]! + share
  })
  const parts = new Float64Array(words.length)
  for (const { entry, word, share } of found)
    parts[word] = parts[word]! + (entries[entry]! * share) / occurrences[entry]!
  return joinOverlapping(words, parts)
    .filter(({ contribution }) => contribution !== 0)
    .map((span) => ({ ...span, text: text.slice(span.start, span.end) }))
}

/** Words that share a character of the text as given (½ is three) have one span. */
function joinOverlapping(words: readonly WordPlace[], parts: Float64Array): Omit<Span, 'text'>[] {
  const joined: { start: number; end: number; contribution: number }[] = []
  words.forEach(({ start, end }, word) => {
    const last = joined.at(-1)
    if (last === undefined || start >= last.end) joined.push({ start, end, contribution: parts[word]! })
    else {
      last.end = Math.max(last.end, end)
      last.contribution += parts[word]!
    }
  })
  return joined
}

/** The parts of a logit: `constant` and all of `entries` add up to it. */
interface Contributions {
  /** Of each entry of the row, in its order. */
  readonly entries: Float64Array
  /** The part of no feature: the biases of the label and of the active units. */
  readonly constant: number
}

/**
 * The part of each feature in the logit of a class, before the temperature divides it. Exact: given the
 * active units, the network is linear in its features, so entry k contributes
 * `values[k] · (W[indices[k], c] + Σ_active A[indices[k], u] · V[u, c])`, and the constant is the bias plus
 * `Σ_active a[u] · V[u, c]`.
 */
export function contributionsOf(model: Network, row: SparseRow, classIndex: number): Contributions {
  const { weights, bias, hidden } = model
  const { indices, values } = row
  const classes = bias.length
  const active = new Float64Array(hidden.units)
  activate(hidden, indices, values, 0, indices.length, active)
  /** The factor that an active unit applies to each part of its sum. */
  const passed = active.map((value, unit) => (value > 0 ? hidden.output[unit * classes + classIndex]! : 0))
  const through = (parts: Float32Array, from: number) =>
    passed.reduce((sum, share, unit) => sum + share * parts[from + unit]!, 0)
  const entries = Float64Array.from(
    indices,
    (column, k) =>
      values[k]! * (weights[column * classes + classIndex]! + through(hidden.weights, column * hidden.units)),
  )
  return { entries, constant: bias[classIndex]! + through(hidden.bias, 0) }
}
