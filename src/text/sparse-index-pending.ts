import type { PostingRun, Segment } from './sparse-index-segment.ts'

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
