import { LearningError } from '../errors.ts'
import type { Corpus } from '../features/corpus.ts'
import { fitVocabulary, weighRows } from '../features/vectorizer.ts'
import { trainNetwork } from '../network/network.ts'
import { chooseFitSettings, type FitSettings } from './fit-settings.ts'
import type { CorpusFit } from './predict.ts'
import { drawUnlabelled, labelSureRows } from './self-training.ts'

interface CorpusFitInput {
  readonly corpus: Corpus
  /** Rows whose label is given: examples, and names of labels. */
  readonly rows: Int32Array
  /** Class of each, in `[0, classes)`. */
  readonly targets: Int32Array
  readonly classes: number
  /** Rows that nobody labelled, to learn from besides; see `labelSureRows`. None unless told. */
  readonly unlabelled?: Int32Array
  /** By the number of examples. */
  readonly settings: FitSettings
  readonly seed: number
  /** Called with the share done. */
  readonly onProgress?: (share: number) => void
}

/**
 * Fits a network to rows of a corpus. Where there are rows that nobody labelled, those of them that it is sure of are
 * labelled by it, and it is fitted anew: its hidden layer to those as well, its linear part to what people said alone.
 * So it learns words that no example has, and one half of it stays out of reach of its own mistakes.
 */
export function fitCorpus(input: CorpusFitInput): CorpusFit {
  const { unlabelled, onProgress = () => {} } = input
  if (unlabelled === undefined || unlabelled.length === 0) return fitOnce(input, undefined, onProgress)
  const first = fitOnce(input, undefined, (share) => onProgress(share / 2))
  const sure = labelSureRows(first, input.corpus, unlabelled)
  return sure.rows.length === 0 ? first : fitOnce(input, sure, (share) => onProgress((1 + share) / 2))
}

/** @param besides what the hidden layer alone is taught after the rest */
function fitOnce(
  { corpus, rows, targets, classes, settings, seed }: CorpusFitInput,
  besides: { readonly rows: Int32Array; readonly targets: Int32Array } | undefined,
  onProgress: (share: number) => void,
): CorpusFit {
  const all = besides === undefined ? rows : Int32Array.from([...rows, ...besides.rows])
  const { minDocuments, epochs } = besides === undefined ? settings : chooseFitSettings(all.length, classes)
  const vocabulary = fitVocabulary(corpus, all, { ...settings, minDocuments })
  const labelled = { rows: weighRows(corpus, rows, vocabulary), targets, classes }
  const more = besides && {
    rows: weighRows(corpus, all, vocabulary),
    classes,
    epochs,
    targets: Int32Array.from([...targets, ...besides.targets]),
  }
  const network = trainNetwork(labelled, { ...settings, seed }, { onProgress, more })
  return { vocabulary, network }
}

/** A fit by the classes that there were examples of; without calibration, a third of the time of a training. */
export interface FittedRows extends CorpusFit {
  /** The classes that the network tells apart, rising: those of which there was an example. */
  readonly known: Int32Array
}

interface FitRowsInput {
  readonly corpus: Corpus
  /** Rows of the corpus that are labelled; in rising order, for the same rows to give the same network. */
  readonly examples: Int32Array
  /** Class of each example. */
  readonly targets: Int32Array
  /** Row of the name of each class, -1 where it has none to learn from. */
  readonly names: Int32Array
  /** Rows that are not labelled, rising; none unless told. */
  readonly unlabelled?: Int32Array
  readonly seed: number
}

/**
 * The fit that `trainClassifier` makes on all of its rows, where a corpus was read before and calibrated probabilities
 * are not needed: learning curves fit hundreds of times. Where the corpus is in canonical order (`inCanonicalOrder`)
 * the labels given are those of the classifier, but for its rounding.
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
