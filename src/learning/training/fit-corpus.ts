import { LearningError } from '../errors.ts'
import type { Corpus } from '../features/corpus.ts'
import { fitVocabulary, weighRows } from '../features/vectorizer.ts'
import { trainNetwork } from '../network/network.ts'
import type { CorpusFit } from './predict.ts'
import { drawUnlabelled, labelSureRows } from './self-training.ts'

/** Settings of the fit of one model; chosen by the size of the data alone, and stored with the model. */
export interface FitSettings {
  /** Fewest rows in which an n-gram of the vocabulary occurs. */
  readonly minDocuments: number
  /** Most n-grams of the vocabulary. */
  readonly maxVocabulary: number
  /** Most n-grams read of one text. */
  readonly maxFeatures: number
  readonly epochs: number
  /** Initial step size of the linear part. */
  readonly learningRate: number
  readonly dropout: number
  /** Units of the hidden layer. */
  readonly hiddenUnits: number
  /** Initial step size of the hidden layer. */
  readonly hiddenRate: number
}

/** Most weights of one model; 4 bytes each in memory, 2 in the artefact. */
const MAX_WEIGHTS = 24_000_000
const HIDDEN_UNITS = 128
/** About the most n-grams of all texts together; 21 bytes each while training, as two fits overlap before memory is freed. */
const MAX_ENTRIES = 28_000_000

/**
 * Settings found by cross-validation on the training splits of banking77, clinc150 and code-du-travail-fr, whole
 * and cut to 3 and 10 examples a label, and on Stack Exchange questions by first tag (see docs/internals/learning.md).
 * Accuracy is flat around them.
 */
export function chooseFitSettings(examples: number, classes: number): FitSettings {
  return {
    minDocuments: examples < 500 ? 1 : 2,
    maxVocabulary: Math.min(200_000, Math.floor(MAX_WEIGHTS / (classes + HIDDEN_UNITS))),
    maxFeatures: Math.max(128, Math.min(4096, Math.floor(MAX_ENTRIES / examples))),
    epochs: Math.min(20, Math.round(5 + 30_000 / examples)),
    learningRate: 2,
    dropout: 0.5,
    hiddenUnits: HIDDEN_UNITS,
    hiddenRate: 0.2,
  }
}

interface CorpusFitInput {
  readonly corpus: Corpus
  /** Labelled rows: examples, and names of labels. */
  readonly rows: Int32Array
  /** Class of each, in `[0, classes)`. */
  readonly targets: Int32Array
  readonly classes: number
  /** Unlabelled rows to learn from as well, see `labelSureRows`; none by default. */
  readonly unlabelled?: Int32Array
  /** By the number of examples. */
  readonly settings: FitSettings
  readonly seed: number
  /** Called with the share done. */
  readonly onProgress?: (share: number) => void
}

/**
 * Fits a network to rows of a corpus. Where there are unlabelled rows, the network labels those of which it is sure, and
 * is fitted again: the hidden layer also to these, the linear part to the labelled rows alone. So it learns words that
 * no example has, and one half of it does not learn from its own mistakes.
 */
export function fitCorpus(input: CorpusFitInput): CorpusFit {
  const { unlabelled, onProgress = () => {} } = input
  if (unlabelled === undefined || unlabelled.length === 0) return fitOnce(input, undefined, onProgress)
  const first = fitOnce(input, undefined, (share) => onProgress(share / 2))
  const sure = labelSureRows(first, input.corpus, unlabelled)
  return sure.rows.length === 0 ? first : fitOnce(input, sure, (share) => onProgress((1 + share) / 2))
}

/** @param pseudo rows with the network's own labels, which the hidden layer alone is fitted to after the others */
function fitOnce(
  { corpus, rows, targets, classes, settings, seed }: CorpusFitInput,
  pseudo: { readonly rows: Int32Array; readonly targets: Int32Array } | undefined,
  onProgress: (share: number) => void,
): CorpusFit {
  const all = pseudo === undefined ? rows : Int32Array.from([...rows, ...pseudo.rows])
  const { minDocuments, epochs } = pseudo === undefined ? settings : chooseFitSettings(all.length, classes)
  const vocabulary = fitVocabulary(corpus, all, { ...settings, minDocuments })
  const labelled = { rows: weighRows(corpus, rows, vocabulary), targets, classes }
  const more = pseudo && {
    rows: weighRows(corpus, all, vocabulary),
    classes,
    epochs,
    targets: Int32Array.from([...targets, ...pseudo.targets]),
  }
  const network = trainNetwork(labelled, { ...settings, seed }, { onProgress, more })
  return { vocabulary, network }
}

/** A fit over the classes that have examples; without calibration, in a third of the time of a training. */
export interface FittedRows extends CorpusFit {
  /** The classes of the network, ascending: those that have an example. */
  readonly known: Int32Array
}

interface FitRowsInput {
  readonly corpus: Corpus
  /** Labelled rows of the corpus, ascending, so that the same rows give the same network. */
  readonly examples: Int32Array
  /** Class of each example. */
  readonly targets: Int32Array
  /** Row of the name of each class; -1 where the name has no words. */
  readonly names: Int32Array
  /** Unlabelled rows, ascending; none by default. */
  readonly unlabelled?: Int32Array
  readonly seed: number
}

/**
 * The fit that `trainClassifier` makes on all of its rows, for callers that fit one corpus many times (learning curves)
 * and need no calibrated probabilities. Where the corpus is in canonical order (`inCanonicalOrder`), predicted labels
 * are those of the classifier, except for its rounding.
 *
 * @throws LearningError `TOO_FEW_LABELS` where the examples have fewer than two
 */
export function fitRows(input: FitRowsInput): FittedRows {
  const { corpus, examples, targets, names, seed } = input
  const known = Int32Array.from(new Set(targets)).sort()
  if (known.length < 2)
    throw new LearningError('TOO_FEW_LABELS', `a classifier needs at least two labels, not ${known.length}`)
  const place = new Map(Array.from(known, (c, at) => [c, at]))
  const taught = [...Array.from(targets), ...known.filter((c) => names[c]! >= 0)]
  const rows = Int32Array.from([...examples, ...known.map((c) => names[c]!).filter((row) => row >= 0)])
  const settings = chooseFitSettings(examples.length, known.length)
  const unlabelled = drawUnlabelled(input.unlabelled ?? new Int32Array(0), examples.length, seed)
  const fit = fitCorpus({
    corpus,
    rows,
    unlabelled,
    settings,
    seed,
    targets: Int32Array.from(taught, (c) => place.get(c)!),
    classes: known.length,
  })
  return { ...fit, known }
}
