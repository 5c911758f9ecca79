import { createRowStore } from '../row-store.ts'

/** Codes of a document that are kept: what comes later in a longer one is in no phrase. */
const MOST_CODES = 0xffff

export interface WordState {
  readonly words: Uint16Array
  readonly starts: Uint32Array
  readonly sizes: Uint16Array
}

/** The words of each document in their order, as codes, outside the heap: two bytes a word. */
export interface WordStore {
  append(codes: readonly number[]): void
  /** A view of the store, to be read at once. */
  of(doc: number): Uint16Array
  /** Keeps the documents whose new number is given, in order. */
  renumber(renumbered: Uint32Array, removed: number): void
  state(): WordState
}

export function createWordStore(initial?: WordState): WordStore {
  const rows = createRowStore<Uint16Array>(
    (length) => new Uint16Array(length),
    initial && { ...initial, cells: initial.words },
  )
  return {
    ...rows,
    append: (codes) => rows.append(codes.length > MOST_CODES ? codes.slice(0, MOST_CODES) : codes),
    state() {
      const { cells, ...columns } = rows.state()
      return { words: cells, ...columns }
    },
  }
}
