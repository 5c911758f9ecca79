import { createPendingPostings, mergeSegments, type PostingRun, rowOf, type Segment } from './segments.ts'
import { createTermLetters } from './term-letters.ts'

export type { PostingRun } from './segments.ts'

interface TermCount {
  readonly term: string
  /** Postings since the last compaction: those of removed documents count too, so an upper bound. */
  readonly postings: number
}

/** What a compacted index is made of, for snapshots: row r of `segment` is term r. */
export interface SparseParts {
  readonly documents: number
  readonly terms: readonly string[]
  readonly offsets: Uint32Array
  readonly docs: Uint32Array
  readonly payloads: Uint32Array
}

/**
 * An inverted index of sparse rows: storage only, so that BM25F, cosine and whatever comes next can score over it.
 *
 * Documents are numbered as they are added and never change; replacing one is removing it and adding another. New
 * postings collect in a small pending area, which is sealed into immutable segments of flat typed arrays; segments of
 * like size are merged (a log-structured merge), so that adding stays cheap and a term lives in few places.
 */
export interface SparseIndex {
  /** Numbers handed out so far; those still in use are `live`. */
  readonly documents: number
  readonly live: number
  /** Adds a row and returns its number. */
  add(row: ReadonlyMap<string, number>): number
  /** Leaves a tombstone; true when the document was live. Its postings stay in runs until a merge passes. */
  remove(doc: number): boolean
  isLive(doc: number): boolean
  /** Postings of a term, oldest documents first. Runs hold removed documents too: ask `isLive`. */
  runs(term: string): readonly PostingRun[]
  /** Terms that start with `prefix` (three letters at least, else none), in no particular order. */
  termsWithPrefix(prefix: string): TermCount[]
  /** Terms that so many edits may make of a word, and some others, in no particular order. */
  termsNear(word: string, edits: number): string[]
  /** Drops the removed for good and numbers the rest anew, in order. Returns old number → new, or `GONE`. */
  compact(): Uint32Array
  /** The arrays of the index itself, compacted or empty: not copies, not to be written to. */
  parts(): SparseParts
}

/** In the answer of `compact`: the document was removed. */
export const GONE = 0xffffffff

export interface SparseIndexOptions {
  /** Postings that collect before a segment is sealed. */
  readonly sealAt?: number
  /** Segments of one size class that are merged into one of the next. */
  readonly fanOut?: number
  /** Start from the parts of a compacted index rather than empty. */
  readonly parts?: SparseParts
}

export function createSparseIndex(options: SparseIndexOptions = {}): SparseIndex {
  const sealAt = options.sealAt ?? 32_768
  const fanOut = options.fanOut ?? 8
  let dictionary = createDictionary(options.parts?.terms, options.parts?.offsets)
  let segments: Segment[] = options.parts ? [segmentOf(options.parts)] : []
  let pending = createPendingPostings()
  let documents = options.parts?.documents ?? 0
  let dead = new Uint8Array(Math.max(1024, documents))
  let deadCount = 0

  const isDead = (doc: number) => dead[doc] === 1

  function seal(): void {
    if (pending.size === 0) return
    segments.push(pending.seal())
    pending = createPendingPostings()
    let tail = tailOfOneClass(segments, fanOut, sealAt)
    while (tail.length >= fanOut) {
      segments.splice(-tail.length, tail.length, mergeSegments(tail, { isDead }))
      tail = tailOfOneClass(segments, fanOut, sealAt)
    }
  }

  return {
    get documents() {
      return documents
    },
    get live() {
      return documents - deadCount
    },
    add(row) {
      const doc = documents++
      if (doc >= dead.length) dead = grown(dead)
      for (const [term, payload] of row) pending.push(dictionary.count(term), doc, payload)
      if (pending.size >= sealAt) seal()
      return doc
    },
    remove(doc) {
      if (!(doc >= 0 && doc < documents) || isDead(doc)) return false
      dead[doc] = 1
      deadCount++
      return true
    },
    isLive: (doc) => doc >= 0 && doc < documents && !isDead(doc),
    runs(term) {
      const id = dictionary.find(term)
      if (id === undefined) return []
      const runs: PostingRun[] = []
      for (const segment of segments) {
        const row = rowOf(segment, id)
        if (row >= 0) {
          const { docs, payloads, offsets } = segment
          runs.push({ docs, payloads, from: offsets[row]!, to: offsets[row + 1]! })
        }
      }
      const latest = pending.run(id)
      if (latest) runs.push(latest)
      return runs
    },
    termsWithPrefix: (prefix) => dictionary.withPrefix(prefix),
    termsNear: (word, edits) => dictionary.near(word, edits),
    compact() {
      const renumbered = new Uint32Array(documents).fill(GONE)
      let next = 0
      for (let doc = 0; doc < documents; doc++) if (!isDead(doc)) renumbered[doc] = next++
      if (pending.size > 0) segments.push(pending.seal())
      pending = createPendingPostings()
      const merged = mergeSegments(segments, { isDead, renumbered })
      // Terms that only removed documents had are forgotten; the rest are numbered by row.
      dictionary = createDictionary(
        Array.from(merged.terms, (id) => dictionary.term(id)),
        merged.offsets,
      )
      segments = [{ ...merged, terms: merged.terms.map((_, row) => row) }]
      documents = next
      deadCount = 0
      dead = new Uint8Array(Math.max(1024, documents))
      return renumbered
    },
    parts() {
      const [only, ...others] = segments
      if (others.length > 0 || pending.size > 0 || deadCount > 0)
        throw new Error('compact() must be called before parts()')
      const { offsets, docs, payloads } = only ?? mergeSegments([], { isDead })
      return { documents, terms: dictionary.all(), offsets, docs, payloads }
    },
  }
}

function segmentOf({ terms, offsets, docs, payloads }: SparseParts): Segment {
  return { terms: Uint32Array.from(terms, (_, row) => row), offsets, docs, payloads }
}

/** The run of segments at the end that are of the last one's size class or smaller. */
function tailOfOneClass(segments: readonly Segment[], fanOut: number, sealAt: number): Segment[] {
  const classOf = (segment: Segment) =>
    Math.floor(Math.log(Math.max(1, segment.docs.length / sealAt)) / Math.log(fanOut) + 0.1)
  const last = segments.at(-1)
  if (!last) return []
  let from = segments.length - 1
  while (from > 0 && classOf(segments[from - 1]!) <= classOf(last)) from--
  return segments.slice(from)
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2)
  larger.set(bytes)
  return larger
}

interface Dictionary {
  /** The term's number, a new one for a new term; counts one more posting for it. */
  count(term: string): number
  find(term: string): number | undefined
  term(id: number): string
  withPrefix(prefix: string): TermCount[]
  near(word: string, edits: number): string[]
  all(): readonly string[]
}

/** Letters by which terms are grouped, which serves prefixes without a sort. */
const HEAD = 3

/** Terms ↔ numbers; to start from, the terms of rows whose postings lie between consecutive `offsets`. */
function createDictionary(
  initial: readonly string[] = [],
  offsets: Uint32Array = new Uint32Array(1),
): Dictionary {
  const ids = new Map<string, number>()
  const terms: string[] = []
  const postings: number[] = []
  const byHead = new Map<string, number[]>()
  const letters = createTermLetters()

  function append(term: string, count: number): number {
    const id = terms.push(term) - 1
    postings.push(count)
    ids.set(term, id)
    letters.append(term)
    const head = term.slice(0, HEAD)
    const siblings = byHead.get(head)
    if (siblings) siblings.push(id)
    else byHead.set(head, [id])
    return id
  }

  initial.forEach((term, row) => {
    append(term, offsets[row + 1]! - offsets[row]!)
  })
  return {
    count(term) {
      const known = ids.get(term)
      if (known === undefined) return append(term, 1)
      postings[known]!++
      return known
    },
    find: (term) => ids.get(term),
    term: (id) => terms[id]!,
    withPrefix(prefix) {
      if (prefix.length < HEAD) return []
      const siblings = byHead.get(prefix.slice(0, HEAD)) ?? []
      return siblings
        .filter((id) => terms[id]!.startsWith(prefix))
        .map((id) => ({ term: terms[id]!, postings: postings[id]! }))
    },
    near: (word, edits) => letters.near(word, edits).map((id) => terms[id]!),
    all: () => terms,
  }
}
