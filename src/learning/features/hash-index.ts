/** Numbers 32-bit hashes 0, 1, 2 … in the order in which they come. */
interface HashIndex {
  /** The number of a hash, given out now if it is new. */
  add(hash: number): number
  /** The number of a hash, or -1. */
  find(hash: number): number
  readonly size: number
  /** The hashes by number; a view, valid until the next `add`. */
  hashes(): Uint32Array<ArrayBuffer>
}

/** Open addressing with linear probing in typed arrays, at most half full. Expects well-mixed hashes. */
export function createHashIndex(expected = 1024): HashIndex {
  let capacity = 16
  while (capacity < expected * 2) capacity *= 2
  let mask = capacity - 1
  let slots = new Int32Array(capacity).fill(-1)
  let keys = new Uint32Array(capacity / 2)
  let size = 0

  function grow(): void {
    const moreKeys = new Uint32Array(keys.length * 2)
    moreKeys.set(keys)
    keys = moreKeys
    mask = keys.length * 2 - 1
    slots = new Int32Array(mask + 1).fill(-1)
    for (let at = 0; at < size; at++) {
      let slot = keys[at]! & mask
      while (slots[slot]! >= 0) slot = (slot + 1) & mask
      slots[slot] = at
    }
  }

  return {
    add(hash) {
      let slot = hash & mask
      for (;;) {
        const at = slots[slot]!
        if (at < 0) break
        if (keys[at] === hash) return at
        slot = (slot + 1) & mask
      }
      slots[slot] = size
      keys[size] = hash
      const added = size++
      if (size === keys.length) grow()
      return added
    },
    find(hash) {
      let slot = hash & mask
      for (;;) {
        const at = slots[slot]!
        if (at < 0 || keys[at] === hash) return at
        slot = (slot + 1) & mask
      }
    },
    get size() {
      return size
    },
    hashes: () => keys.subarray(0, size),
  }
}
