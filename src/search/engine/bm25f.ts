import { FIELDS, type Field } from './document.ts'

/** Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", section 3.6. */
export interface Bm25fParameters {
  /** Saturation: how soon more of the same word stops counting. */
  readonly k1: number
  readonly fields: Readonly<Record<Field, FieldParameters>>
}

export interface FieldParameters {
  /** What one occurrence here is worth; > 0. */
  readonly weight: number
  /** Length normalisation, 0 (none) to 1 (full). */
  readonly b: number
}

/**
 * k1 and b as the literature has them. A title sums up in six words what follows in a hundred: of the weights 2, 3
 * and 4, 3 did best on stackfaq-en (MRR 0.798 at 2, 0.803 at 3); less length normalisation costs there (b 0.4 or 0.5:
 * one to three points).
 */
export const DEFAULT_RANKING: Bm25fParameters = {
  k1: 1.2,
  fields: {
    title: { weight: 3, b: 0.75 },
    issue: { weight: 2, b: 0.75 },
    body: { weight: 1, b: 0.75 },
    tags: { weight: 1, b: 0.75 },
  },
}

/** Sizes of the collection that a reader may see; nothing else may enter a score, which would reveal it. */
export interface CollectionSize {
  readonly documents: number
  /** Mean length of each field, over the documents that have it. */
  readonly meanLengths: Readonly<Record<Field, number>>
}

/** Length-normalised frequency of a word in field f is `tf / (constant[f] + slope[f] · length)`. */
export interface FieldNorms {
  readonly constant: Float64Array
  readonly slope: Float64Array
}

export function fieldNorms(parameters: Bm25fParameters, collection: CollectionSize): FieldNorms {
  const constant = new Float64Array(FIELDS.length)
  const slope = new Float64Array(FIELDS.length)
  FIELDS.forEach((field, f) => {
    const { weight, b } = parameters.fields[field]
    const mean = collection.meanLengths[field]
    constant[f] = (1 - b) / weight
    slope[f] = mean > 0 ? b / (weight * mean) : 0
  })
  return { constant, slope }
}

/** Inverse document frequency in the form that is never negative (Lucene's `ln(1 + …)`). */
export function inverseDocumentFrequency(documents: number, matching: number): number {
  return Math.log(1 + (documents - matching + 0.5) / (matching + 0.5))
}

/** A posting's term frequencies, a byte a field; more than 255 of a word in one field count as 255. */
const HIGHEST_FREQUENCY = 255
export const LONGEST_FIELD = 0xffff

export function addFrequency(packed: number, field: number, count: number): number {
  const shift = field * 8
  const sum = Math.min(HIGHEST_FREQUENCY, ((packed >>> shift) & 0xff) + count)
  return ((packed & ~(0xff << shift)) | (sum << shift)) >>> 0
}

export function frequencyOf(packed: number, field: number): number {
  return (packed >>> (field * 8)) & HIGHEST_FREQUENCY
}

/** Σ over fields of weight · tf / (1 − b + b · length / mean length), from a posting's packed frequencies. */
export function normalisedFrequency(
  packed: number,
  doc: number,
  lengths: Uint16Array,
  constant: Float64Array,
  slope: Float64Array,
): number {
  let sum = 0
  let at = doc * FIELDS.length
  for (let field = 0; packed !== 0; field++, at++, packed >>>= 8) {
    const frequency = packed & 0xff
    if (frequency !== 0) sum += frequency / (constant[field]! + slope[field]! * lengths[at]!)
  }
  return sum
}
