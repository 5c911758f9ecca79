import type { Place, SourceItem } from './record.ts'

/** How deep a document may be nested; the sources' own go to about ten. */
export const DEEPEST = 100

/** One thing that a JSON export holds: a document, or an element of an array that is read element by element. */
export interface JsonDocument {
  readonly value: unknown
  /** The array it is an element of, as {@link JsonReading.arrays} names it; absent for what stands by itself. */
  readonly member?: string
  readonly place: Place
}

/** A document that cannot be read, where those after it can. */
export interface JsonRejection {
  readonly rejected: Extract<SourceItem, { outcome: 'rejected' }>
}

export interface JsonReading {
  /**
   * Arrays inside a document whose elements are documents of their own (`posts`, `data.repository.nodes`), so that an
   * envelope of any size is read in flat memory. What else stands in the envelope follows as a document without them.
   */
  readonly arrays: readonly string[]
}

/** Documents of a file, a read block at a time. */
export type JsonBlock = readonly (JsonDocument | JsonRejection)[]
