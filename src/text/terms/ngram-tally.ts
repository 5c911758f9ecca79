/** The n-grams of the text last counted; the arrays are reused by the next call. */
export interface NgramCounts {
  /** Distinct 32-bit hashes: word n-grams in `[0, words)`, character n-grams in `[words, size)`. */
  readonly hashes: Uint32Array
  /** How often each occurs in the text. */
  readonly counts: Uint16Array
  readonly words: number
  readonly size: number
}

/** Counts hashes of one text in typed arrays that later texts reuse. */
interface NgramTally {
  reset(): void
  add(hash: number): void
  /** What follows are character n-grams. */
  endView(): void
  finish(): NgramCounts
}

/**
 * An open-addressing table with linear probing; a slot belongs to the current text when its stamp does, so that
 * starting a text costs nothing.
 */
export function createNgramTally(maxFeatures: number): NgramTally {
  let mask = 1023
  let slots = new Int32Array(1024)
  let stamps = new Uint32Array(1024)
  let stamp = 0
  let hashes = new Uint32Array(512)
  let counts = new Uint16Array(512)
  let size = 0
  let words = 0

  function grow(): void {
    mask = mask * 2 + 1
    slots = new Int32Array(mask + 1)
    stamps = new Uint32Array(mask + 1)
    stamp = 1
    const moreHashes = new Uint32Array(size * 2)
    const moreCounts = new Uint16Array(size * 2)
    moreHashes.set(hashes)
    moreCounts.set(counts)
    hashes = moreHashes
    counts = moreCounts
    for (let at = 0; at < size; at++) {
      let slot = hashes[at]! & mask
      while (stamps[slot] === stamp) slot = (slot + 1) & mask
      stamps[slot] = stamp
      slots[slot] = at
    }
  }

  return {
    reset() {
      size = 0
      words = 0
      stamp++
      if (stamp === 0xffffffff) {
        stamps.fill(0)
        stamp = 1
      }
    },
    add(hash) {
      let slot = hash & mask
      while (stamps[slot] === stamp) {
        const at = slots[slot]!
        if (hashes[at] === hash) {
          if (counts[at]! < 65535) counts[at] = counts[at]! + 1
          return
        }
        slot = (slot + 1) & mask
      }
      stamps[slot] = stamp
      slots[slot] = size
      hashes[size] = hash
      counts[size++] = 1
      if (size === hashes.length) grow()
    },
    endView() {
      words = size
    },
    finish() {
      if (size > maxFeatures) {
        const found = size
        size = 0
        keepLowest(0, words, Math.min(words, maxFeatures))
        const keptWords = size
        keepLowest(words, found, maxFeatures - keptWords)
        words = keptWords
      }
      return { hashes, counts, words, size }
    },
  }

  /** Appends the `limit` features of `[from, to)` with the lowest hashes: texts that share features keep the same. */
  function keepLowest(from: number, to: number, limit: number): void {
    if (limit === 0) return
    const bound = hashes.slice(from, to).sort()[limit - 1]!
    for (let at = from; at < to; at++) {
      if (hashes[at]! > bound) continue
      hashes[size] = hashes[at]!
      counts[size++] = counts[at]!
    }
  }
}
