import type { Corpus } from './corpus.ts'
import { LearningError } from './errors.ts'
import { fitCorpus } from './fit-corpus.ts'
import { chooseFitSettings } from './fit-settings.ts'
import type { CorpusFit } from './predict-rows.ts'
import { drawUnlabelled } from './self-training.ts'

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
    throw new LearningError('TOO_FEW_LABELS', `a classifier needs two labels, these are ${known.length}`)
  const place = new Map(Array.from(known, (c, at) => [c, at]))
  const taught = [...Array.from(targets), ...known.filter((c) => names[c]! >= 0)]
  const rows = Int32Array.from([...examples, ...known.map((c) => names[c]!).filter((row) => row >= 0)])
  const settings = chooseFitSettings(examples.length, known.length)
  const unlabelled = drawUnlabelled(input.unlabelled ?? new Int32Array(0), examples.length, seed)
  const fit = fitCorpus({
    ...{ corpus, rows, unlabelled, settings, seed },
    targets: Int32Array.from(taught, (c) => place.get(c)!),
    classes: known.length,
  })
  return { ...fit, known }
}
