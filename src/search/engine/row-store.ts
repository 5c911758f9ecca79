type Cells = Uint8Array | Uint16Array

export interface RowState<C extends Cells> {
  readonly cells: C
  readonly starts: Uint32Array
  readonly sizes: Uint16Array
}

/** Rows of small numbers by document number, side by side outside the heap. */
export interface RowStore<C extends Cells> {
  /** A row of 65,535 numbers at most. */
  append(row: ArrayLike<number>): void
  /** A view of the store, to be read at once. */
  of(doc: number): C
  /** Keeps the documents whose new number is given, in order. */
  renumber(renumbered: Uint32Array, removed: number): void
  state(): RowState<C>
}

/** A row lies in one chunk. */
const CHUNK = 1 << 18

/** @param allocate cells, all of them 0 */
export function createRowStore<C extends Cells>(
  allocate: (length: number) => C,
  initial?: RowState<C>,
): RowStore<C> {
  const view = (cells: C, from: number, to: number) => cells.subarray(from, to) as C
  let chunks: C[] = []
  /** Cells of the last chunk that are taken. */
  let used = 0
  let documents = initial?.starts.length ?? 0
  let columns = allocateColumns(documents, initial)
  if (initial !== undefined) layOver(initial.cells)

  /** All chunks but the last lie over the cells, and are full. */
  function layOver(cells: C): void {
    for (let at = 0; at < cells.length; at += CHUNK) chunks.push(view(cells, at, at + CHUNK))
    const last = chunks.pop()
    if (last === undefined) return
    const open = allocate(CHUNK)
    open.set(last)
    chunks.push(open)
    used = last.length
  }

  function append(row: ArrayLike<number>): void {
    if (documents === columns.starts.length) columns = allocateColumns(documents * 2, columns)
    if (chunks.length === 0 || used + row.length > CHUNK) {
      chunks.push(allocate(CHUNK))
      used = 0
    }
    chunks.at(-1)!.set(row, used)
    columns.starts[documents] = (chunks.length - 1) * CHUNK + used
    columns.sizes[documents] = row.length
    documents++
    used += row.length
  }

  function rowOf({ starts, sizes }: typeof columns, from: readonly C[], doc: number): C {
    const size = sizes[doc]!
    if (size === 0) return allocate(0)
    const start = starts[doc]!
    return view(from[Math.floor(start / CHUNK)]!, start % CHUNK, (start % CHUNK) + size)
  }

  return {
    append,
    of: (doc) => rowOf(columns, chunks, doc),
    renumber(renumbered, removed) {
      const before = { columns, chunks }
      columns = allocateColumns(renumbered.reduce((kept, to) => (to === removed ? kept : kept + 1), 0))
      chunks = []
      used = 0
      documents = 0
      renumbered.forEach((to, from) => {
        if (to !== removed) append(rowOf(before.columns, before.chunks, from))
      })
    },
    state() {
      const cells = allocate(chunks.length === 0 ? 0 : (chunks.length - 1) * CHUNK + used)
      chunks.forEach((chunk, at) => {
        cells.set(at === chunks.length - 1 ? view(chunk, 0, used) : chunk, at * CHUNK)
      })
      return {
        cells,
        starts: columns.starts.subarray(0, documents),
        sizes: columns.sizes.subarray(0, documents),
      }
    },
  }
}

function allocateColumns(documents: number, from?: Pick<RowState<Cells>, 'starts' | 'sizes'>) {
  const length = Math.max(1024, documents)
  const columns = { starts: new Uint32Array(length), sizes: new Uint16Array(length) }
  if (from !== undefined) {
    columns.starts.set(from.starts)
    columns.sizes.set(from.sizes)
  }
  return columns
}
