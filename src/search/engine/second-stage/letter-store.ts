import { createRowStore } from '../row-store.ts'
import { lettersOf } from './letters.ts'

/** Bytes of a title and of a whole text that are kept: of stackfaq-en and piaf-fr, more of a text ranked no better. */
const LONGEST_TITLE = 200
const LONGEST_TEXT = 1_000

/** A document's letters: its title first, then what follows. Views of the store, to be read at once. */
export interface Letters {
  readonly title: Uint8Array
  /** The title and what follows. */
  readonly all: Uint8Array
}

export interface LetterState {
  readonly letters: Uint8Array
  readonly starts: Uint32Array
  readonly titleSizes: Uint16Array
  readonly sizes: Uint16Array
}

/** The beginning of each document in letters, by document number, outside the heap: a kilobyte a document at most. */
export interface LetterStore {
  append(title: string, rest: readonly string[]): void
  of(doc: number): Letters
  /** Keeps the documents whose new number is given, in order. */
  renumber(renumbered: Uint32Array, removed: number): void
  state(): LetterState
}

export function createLetterStore(initial?: LetterState): LetterStore {
  const rows = createRowStore<Uint8Array>(
    (length) => new Uint8Array(length),
    initial && { ...initial, cells: initial.letters },
  )
  let documents = initial?.starts.length ?? 0
  let titleSizes = grown(initial?.titleSizes ?? new Uint16Array(0), documents)

  return {
    append(title, rest) {
      if (documents === titleSizes.length) titleSizes = grown(titleSizes, documents * 2)
      titleSizes[documents++] = lettersOf(title, LONGEST_TITLE).length
      // One space between title and rest, which both end and begin with one.
      rows.append(lettersOf([title.slice(0, LONGEST_TITLE), ...rest].join(' '), LONGEST_TEXT))
    },
    of(doc) {
      const all = rows.of(doc)
      return { title: all.subarray(0, titleSizes[doc]!), all }
    },
    renumber(renumbered, removed) {
      rows.renumber(renumbered, removed)
      documents = 0
      // No row moves back, so that none is written before it is read.
      renumbered.forEach((to, from) => {
        if (to !== removed) titleSizes[documents++] = titleSizes[from]!
      })
    },
    state() {
      const { cells, ...columns } = rows.state()
      return { letters: cells, titleSizes: titleSizes.subarray(0, documents), ...columns }
    },
  }
}

function grown(column: Uint16Array, documents: number): Uint16Array {
  const longer = new Uint16Array(Math.max(1024, documents))
  longer.set(column)
  return longer
}
