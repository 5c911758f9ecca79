import { defaultNgramOptions } from '../../text/terms/ngrams.ts'
import { LearningError } from '../errors.ts'
import { readCorpus } from '../features/corpus.ts'
import { wordsOfLabel } from '../features/examples.ts'
import { fitVocabulary, weighRows } from '../features/vectorizer.ts'
import type { Candidates } from './query-strategy.ts'

/** Code units compared of a text: its subject stands at the beginning. */
const READ_LENGTH = 600
/**
 * Below this number of texts, n-grams that occur in a single text are kept: without them all texts would be too similar.
 * Among more texts they only take time.
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
  /** See `Candidates`; none by default. */
  readonly asked?: readonly string[]
}

/**
 * Turns the texts of a shortlist into tf-idf weights over the shortlist itself, without a model. Takes some tenths of a
 * second for a few thousand short posts.
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
