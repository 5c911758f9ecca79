import { LearningError } from '../errors.ts'
import { type Corpus, readCorpus } from '../features/corpus.ts'
import { inCanonicalOrder, labelTexts, wordsOfLabel } from '../features/examples.ts'

import { type FittedVocabulary, fitVocabulary, type SparseRows, weighRows } from '../features/vectorizer.ts'

export interface LabelledTexts {
  readonly texts: readonly string[]
  /** The label of each text. */
  readonly labels: readonly string[]
}

/** Texts to label and texts to test on, read once for all replays. */
export interface ReplayCorpus {
  /** The texts to label, in canonical order, then those to test on, then the names of labels. */
  readonly corpus: Corpus
  /** Labels of the texts to label, by class. */
  readonly labels: readonly string[]
  /** Class of each text to label. */
  readonly targets: Int32Array
  /** The texts to label, by row. */
  readonly texts: readonly string[]
  /** Rows of the texts to test on, and the class of each: -1 where no text to label has it. */
  readonly test: {
    readonly rows: Int32Array
    readonly targets: Int32Array
    readonly labels: readonly string[]
  }
  /** Row of the name of each class, -1 where it has no words to learn from. */
  readonly nameRow: Int32Array
  /** What queries are compared by: fitted on the texts to label and the names, since labels play no part in it. */
  readonly likeness: FittedVocabulary
  /** Name of each class as a row of `likeness`. */
  readonly names: SparseRows
}

/** @throws LearningError `LENGTH_MISMATCH`, `TOO_FEW_LABELS`; `INVALID_ARGUMENT` where there is nothing to test on */
export function readReplayCorpus(train: LabelledTexts, test: LabelledTexts): ReplayCorpus {
  const { texts, targets, labels } = inCanonicalOrder(train)
  if (test.texts.length !== test.labels.length)
    throw new LearningError('LENGTH_MISMATCH', `${test.texts.length} texts, but ${test.labels.length} labels`)
  if (test.texts.length === 0) throw new LearningError('INVALID_ARGUMENT', 'there are no texts to test on')
  const corpus = readCorpus([...texts, ...test.texts, ...labels.map(wordsOfLabel)])
  const classOf = new Map(labels.map((label, c) => [label, c]))
  const firstName = texts.length + test.texts.length
  const allNames = Int32Array.from(labels, (_, c) => firstName + c)
  const nameRow = new Int32Array(labels.length).fill(-1)
  for (const c of labelTexts(labels).targets) nameRow[c] = firstName + c
  const pool = Int32Array.from(targets.keys())
  const likeness = fitVocabulary(corpus, Int32Array.from([...pool, ...allNames]), {
    minDocuments: 2,
    maxVocabulary: 200_000,
  })
  return {
    corpus,
    labels,
    targets,
    texts,
    test: {
      rows: Int32Array.from(test.texts, (_, at) => texts.length + at),
      targets: Int32Array.from(test.labels, (label) => classOf.get(label) ?? -1),
      labels: test.labels,
    },
    nameRow,
    likeness,
    names: weighRows(corpus, allNames, likeness),
  }
}
