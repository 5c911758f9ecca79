export interface Hit {
  readonly id: string
  readonly score: number
}

/**
 * The best `limit` hits of a stream: a binary heap with the worst of them on top.
 * Order: score descending, then id ascending by code unit, so that equal scores come the same way every time.
 */
interface TopHits {
  /** Score that a hit must reach to have a chance. */
  threshold(): number
  push(hit: Hit): void
  sorted(): Hit[]
}

export function createTopHits(limit: number): TopHits {
  const heap: Hit[] = []

  function siftUp(at: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (compareHits(heap[parent]!, heap[at]!) >= 0) return
      swap(heap, parent, at)
      at = parent
    }
  }

  function siftDown(): void {
    let at = 0
    for (;;) {
      let worst = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && compareHits(heap[child]!, heap[worst]!) > 0) worst = child
      }
      if (worst === at) return
      swap(heap, worst, at)
      at = worst
    }
  }

  return {
    threshold() {
      return heap.length < limit ? Number.NEGATIVE_INFINITY : (heap[0]?.score ?? Number.POSITIVE_INFINITY)
    },
    push(hit) {
      if (heap.length < limit) {
        heap.push(hit)
        siftUp(heap.length - 1)
      } else if (limit > 0 && compareHits(hit, heap[0]!) < 0) {
        heap[0] = hit
        siftDown()
      }
    },
    sorted: () => [...heap].sort(compareHits),
  }
}

/** Negative when `a` ranks before `b`. */
export function compareHits(a: Hit, b: Hit): number {
  if (a.score !== b.score) return b.score - a.score
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function swap(hits: Hit[], a: number, b: number): void {
  const kept = hits[a]!
  hits[a] = hits[b]!
  hits[b] = kept
}
