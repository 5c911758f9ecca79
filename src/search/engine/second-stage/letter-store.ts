import { lettersOf } from './letters.ts'

/** Bytes of a title and of a whole text that are kept: of stackfaq-en and piaf-fr, more of a text ranked no better. */
const LONGEST_TITLE = 200
const LONGEST_TEXT = 1_000
/** A document lies in one chunk. */
const CHUNK = 1 << 18

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
  let { chunks, used } = chunksOf(initial?.letters ?? new Uint8Array(0))
  let documents = initial?.starts.length ?? 0
  let columns = copyColumns(initial, allocate(Math.max(1024, documents)))

  function store(letters: Uint8Array, titleSize: number): void {
    if (documents === columns.starts.length) columns = copyColumns(columns, allocate(documents * 2))
    if (chunks.length === 0 || used + letters.length > CHUNK) {
      chunks.push(new Uint8Array(CHUNK))
      used = 0
    }
    chunks[chunks.length - 1]!.set(letters, used)
    columns.starts[documents] = (chunks.length - 1) * CHUNK + used
    columns.titleSizes[documents] = titleSize
    columns.sizes[documents] = letters.length
    documents++
    used += letters.length
  }

  function allOf({ starts, sizes }: typeof columns, from: readonly Uint8Array[], doc: number): Uint8Array {
    const start = starts[doc]!
    return from[Math.floor(start / CHUNK)]!.subarray(start % CHUNK, (start % CHUNK) + sizes[doc]!)
  }

  return {
    append(title, rest) {
      const titleSize = lettersOf(title, LONGEST_TITLE).length
      // One space between title and rest, which both end and begin with one.
      store(lettersOf([title.slice(0, LONGEST_TITLE), ...rest].join(' '), LONGEST_TEXT), titleSize)
    },
    of(doc) {
      const all = allOf(columns, chunks, doc)
      return { title: all.subarray(0, columns.titleSizes[doc]!), all }
    },
    renumber(renumbered, removed) {
      const before = { columns, chunks }
      const after = renumbered.reduce((kept, to) => (to === removed ? kept : kept + 1), 0)
      columns = allocate(Math.max(1024, after))
      chunks = []
      used = 0
      documents = 0
      renumbered.forEach((to, from) => {
        if (to !== removed)
          store(allOf(before.columns, before.chunks, from), before.columns.titleSizes[from]!)
      })
    },
    state() {
      const letters = new Uint8Array(chunks.length === 0 ? 0 : (chunks.length - 1) * CHUNK + used)
      chunks.forEach((chunk, at) => {
        letters.set(at === chunks.length - 1 ? chunk.subarray(0, used) : chunk, at * CHUNK)
      })
      return {
        letters,
        starts: columns.starts.subarray(0, documents),
        titleSizes: columns.titleSizes.subarray(0, documents),
        sizes: columns.sizes.subarray(0, documents),
      }
    },
  }
}

/** Chunks of bytes as {@link LetterStore.state} gives them. All but the last lie over the bytes, and are full. */
function chunksOf(letters: Uint8Array): { chunks: Uint8Array[]; used: number } {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < letters.length; at += CHUNK) chunks.push(letters.subarray(at, at + CHUNK))
  const last = chunks.pop()
  if (last === undefined) return { chunks, used: CHUNK }
  const open = new Uint8Array(CHUNK)
  open.set(last)
  return { chunks: [...chunks, open], used: last.length }
}

function allocate(documents: number) {
  return {
    starts: new Uint32Array(documents),
    titleSizes: new Uint16Array(documents),
    sizes: new Uint16Array(documents),
  }
}

function copyColumns(from: Omit<LetterState, 'letters'> | undefined, to: ReturnType<typeof allocate>) {
  if (from === undefined) return to
  to.starts.set(from.starts)
  to.titleSizes.set(from.titleSizes)
  to.sizes.set(from.sizes)
  return to
}
