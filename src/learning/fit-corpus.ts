import type { Corpus } from './corpus.ts'
import { chooseFitSettings, type FitSettings } from './fit-settings.ts'
import { trainNetwork } from './network.ts'
import type { CorpusFit } from './predict-rows.ts'
import { labelSureRows } from './self-training.ts'
import { fitVocabulary, weighRows } from './vectorizer.ts'

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
    ...{ rows: weighRows(corpus, all, vocabulary), classes, epochs },
    targets: Int32Array.from([...targets, ...besides.targets]),
  }
  const network = trainNetwork(labelled, { ...settings, seed }, { onProgress, more })
  return { vocabulary, network }
}
