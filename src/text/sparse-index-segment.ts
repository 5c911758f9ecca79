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
