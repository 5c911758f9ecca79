/**
 * A stretch of one term's postings, `from` ≤ i < `to`: document numbers ascending, and a 32-bit payload each. What a
 * payload means is its owner's affair: packed term frequencies, or the bits of a weight.
 */
export interface PostingRun {
  readonly docs: Uint32Array
  readonly payloads: Uint32Array
  readonly from: number
  readonly to: number
}

/**
 * Immutable postings in compressed sparse rows. Row r belongs to the term numbered `terms[r]` (ascending) and is
 * `docs[offsets[r] … offsets[r + 1])`, document numbers ascending, with a payload each.
 */
export interface Segment {
  readonly terms: Uint32Array
  readonly offsets: Uint32Array
  readonly docs: Uint32Array
  readonly payloads: Uint32Array
}

interface MergeOptions {
  isDead(doc: number): boolean
  /** Old document number → new, where documents are numbered anew. */
  readonly renumbered?: Uint32Array
}

/** Row of a term, or -1: a binary search. */
export function rowOf({ terms }: Segment, term: number): number {
  let low = 0
  let high = terms.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = terms[middle]!
    if (found === term) return middle
    if (found < term) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** One segment of many, given oldest first (their documents follow one another); the dead are left behind. */
export function mergeSegments(segments: readonly Segment[], options: MergeOptions): Segment {
  const rows = segments.reduce((sum, segment) => sum + segment.terms.length, 0)
  const postings = segments.reduce((sum, segment) => sum + segment.docs.length, 0)
  const terms = new Uint32Array(rows)
  const offsets = new Uint32Array(rows + 1)
  const docs = new Uint32Array(postings)
  const payloads = new Uint32Array(postings)
  const cursors = segments.map(() => 0)
  let row = 0
  let at = 0

  for (;;) {
    let term = Number.POSITIVE_INFINITY
    segments.forEach((segment, s) => {
      const next = segment.terms[cursors[s]!]
      if (next !== undefined && next < term) term = next
    })
    if (term === Number.POSITIVE_INFINITY) break
    const start = at
    segments.forEach((segment, s) => {
      const cursor = cursors[s]!
      if (segment.terms[cursor] !== term) return
      cursors[s] = cursor + 1
      at = copyLive(segment, cursor, docs, payloads, at, options)
    })
    if (at > start) {
      terms[row++] = term
      offsets[row] = at
    }
  }
  // Copies, so that what was over-allocated for the dead does not stay in memory.
  return {
    terms: terms.slice(0, row),
    offsets: offsets.slice(0, row + 1),
    docs: docs.slice(0, at),
    payloads: payloads.slice(0, at),
  }
}

function copyLive(
  segment: Segment,
  row: number,
  docs: Uint32Array,
  payloads: Uint32Array,
  at: number,
  { isDead, renumbered }: MergeOptions,
): number {
  const end = segment.offsets[row + 1]!
  for (let i = segment.offsets[row]!; i < end; i++) {
    const doc = segment.docs[i]!
    if (isDead(doc)) continue
    docs[at] = renumbered ? renumbered[doc]! : doc
    payloads[at++] = segment.payloads[i]!
  }
  return at
}

/** Postings not yet sealed: each knows the one before it of the same term, so that adding is three array writes. */
interface PendingPostings {
  readonly size: number
  push(term: number, doc: number, payload: number): void
  /** The term's postings, copied out in order; undefined when it has none. */
  run(term: number): PostingRun | undefined
  /** All of them as a segment, the removed included: the next merge leaves those behind. */
  seal(): Segment
}

const NONE = -1

interface Chain {
  last: number
  length: number
}

export function createPendingPostings(): PendingPostings {
  let docs = new Uint32Array(4096)
  let payloads = new Uint32Array(4096)
  let previous = new Int32Array(4096)
  let size = 0
  const chains = new Map<number, Chain>()

  /** Writes a chain's postings in order, the last of them just before `end`. */
  function copyChain(chain: Chain, outDocs: Uint32Array, outPayloads: Uint32Array, end: number): void {
    let at = end
    for (let i = chain.last; i !== NONE; i = previous[i]!) {
      outDocs[--at] = docs[i]!
      outPayloads[at] = payloads[i]!
    }
  }

  return {
    get size() {
      return size
    },
    push(term, doc, payload) {
      if (size === docs.length) {
        docs = doubled(docs)
        payloads = doubled(payloads)
        const larger = new Int32Array(previous.length * 2)
        larger.set(previous)
        previous = larger
      }
      const chain = chains.get(term)
      docs[size] = doc
      payloads[size] = payload
      previous[size] = chain ? chain.last : NONE
      if (chain) {
        chain.last = size
        chain.length++
      } else chains.set(term, { last: size, length: 1 })
      size++
    },
    run(term) {
      const chain = chains.get(term)
      if (!chain) return undefined
      const out = { docs: new Uint32Array(chain.length), payloads: new Uint32Array(chain.length) }
      copyChain(chain, out.docs, out.payloads, chain.length)
      return { ...out, from: 0, to: chain.length }
    },
    seal() {
      const terms = Uint32Array.from(chains.keys()).sort()
      const offsets = new Uint32Array(terms.length + 1)
      const sealed = { docs: new Uint32Array(size), payloads: new Uint32Array(size) }
      terms.forEach((term, row) => {
        const chain = chains.get(term)!
        const end = offsets[row]! + chain.length
        copyChain(chain, sealed.docs, sealed.payloads, end)
        offsets[row + 1] = end
      })
      return { terms, offsets, ...sealed }
    },
  }
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
