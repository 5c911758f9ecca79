import { defaultNgramOptions } from '../../text/terms/ngrams.ts'
import { LearningError } from '../errors.ts'
import { readCorpus } from '../features/corpus.ts'
import { wordsOfLabel } from '../features/label-texts.ts'
import { fitVocabulary, weighRows } from '../features/vectorizer.ts'
import type { Candidates } from './query-strategy.ts'

/** Code units of a text that are compared: what a post is about is said at its beginning. */
const READ_LENGTH = 600
/**
 * N-grams that a single text has make it like none, yet among few texts they are most of what tells two apart: without
 * them all would seem alike. Among many they only cost time.
 */
const FEW_TEXTS = 500
const MOST_COLUMNS = 200_000

export interface CandidateTexts {
  /** The shortlist. */
  readonly rows: Int32Array
  /** The text of each row of the shortlist. */
  readonly texts: readonly string[]
  /** By class. */
  readonly labels: readonly { readonly name: string; readonly description?: string }[]
  /** See `Candidates`; none unless told. */
  readonly asked?: readonly string[]
}

/**
 * Makes a shortlist comparable, by tf-idf over its own texts: no model is needed. A few thousand short posts take some
 * tenths of a second.
 *
 * @throws LearningError `LENGTH_MISMATCH` where rows and texts are not equally many
 */
export function readCandidates({ rows, texts, labels, asked = [] }: CandidateTexts): Candidates {
  if (texts.length !== rows.length)
    throw new LearningError('LENGTH_MISMATCH', `${rows.length} candidates, but ${texts.length} texts`)
  const names = labels.map(({ name, description = '' }) => `${wordsOfLabel(name)} ${description}`)
  const options = { ...defaultNgramOptions, maxLength: READ_LENGTH }
  const corpus = readCorpus([...texts, ...names, ...asked], options)
  const part = (from: number, size: number) => Int32Array.from({ length: size }, (_, at) => from + at)
  const vocabulary = fitVocabulary(corpus, part(0, corpus.size), {
    minDocuments: texts.length < FEW_TEXTS ? 1 : 2,
    maxVocabulary: MOST_COLUMNS,
  })
  const weighed = (from: number, size: number) => weighRows(corpus, part(from, size), vocabulary)
  return {
    rows,
    texts: weighed(0, texts.length),
    names: weighed(texts.length, names.length),
    asked: weighed(texts.length + names.length, asked.length),
  }
}
