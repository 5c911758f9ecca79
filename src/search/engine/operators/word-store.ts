/** Codes of a document that are kept: what comes later in a longer one is in no phrase. */
const MOST_CODES = 0xffff
/** A document lies in one chunk. */
const CHUNK = 1 << 18

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
  let { chunks, used } = chunksOf(initial?.words ?? new Uint16Array(0))
  let documents = initial?.starts.length ?? 0
  let columns = copyColumns(initial, allocate(Math.max(1024, documents)))

  function store(codes: ArrayLike<number>): void {
    if (documents === columns.starts.length) columns = copyColumns(columns, allocate(documents * 2))
    if (chunks.length === 0 || used + codes.length > CHUNK) {
      chunks.push(new Uint16Array(CHUNK))
      used = 0
    }
    chunks[chunks.length - 1]!.set(codes, used)
    columns.starts[documents] = (chunks.length - 1) * CHUNK + used
    columns.sizes[documents] = codes.length
    documents++
    used += codes.length
  }

  function codesOf(
    { starts, sizes }: typeof columns,
    from: readonly Uint16Array[],
    doc: number,
  ): Uint16Array {
    const size = sizes[doc]!
    if (size === 0) return NONE
    const start = starts[doc]!
    return from[Math.floor(start / CHUNK)]!.subarray(start % CHUNK, (start % CHUNK) + size)
  }

  return {
    append: (codes) => store(codes.length > MOST_CODES ? codes.slice(0, MOST_CODES) : codes),
    of: (doc) => codesOf(columns, chunks, doc),
    renumber(renumbered, removed) {
      const before = { columns, chunks }
      const after = renumbered.reduce((kept, to) => (to === removed ? kept : kept + 1), 0)
      columns = allocate(Math.max(1024, after))
      chunks = []
      used = 0
      documents = 0
      renumbered.forEach((to, from) => {
        if (to !== removed) store(codesOf(before.columns, before.chunks, from))
      })
    },
    state() {
      const words = new Uint16Array(chunks.length === 0 ? 0 : (chunks.length - 1) * CHUNK + used)
      chunks.forEach((chunk, at) => {
        words.set(at === chunks.length - 1 ? chunk.subarray(0, used) : chunk, at * CHUNK)
      })
      return {
        words,
        starts: columns.starts.subarray(0, documents),
        sizes: columns.sizes.subarray(0, documents),
      }
    },
  }
}

const NONE = new Uint16Array(0)

/** Chunks of codes as {@link WordStore.state} gives them. All but the last lie over the codes, and are full. */
function chunksOf(words: Uint16Array): { chunks: Uint16Array[]; used: number } {
  const chunks: Uint16Array[] = []
  for (let at = 0; at < words.length; at += CHUNK) chunks.push(words.subarray(at, at + CHUNK))
  const last = chunks.pop()
  if (last === undefined) return { chunks, used: CHUNK }
  const open = new Uint16Array(CHUNK)
  open.set(last)
  return { chunks: [...chunks, open], used: last.length }
}

function allocate(documents: number) {
  return { starts: new Uint32Array(documents), sizes: new Uint16Array(documents) }
}

function copyColumns(from: Omit<WordState, 'words'> | undefined, to: ReturnType<typeof allocate>) {
  if (from === undefined) return to
  to.starts.set(from.starts)
  to.sizes.set(from.sizes)
  return to
}
