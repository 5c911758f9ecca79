/** Numbers (a gram's hash) with their place in the order in which they came: open addressing. */
export interface GramSet {
  readonly size: number
  add(gram: number): void
  /** The gram's place; -1 when it is none of them. */
  placeOf(gram: number): number
}

/** @param most grams that are ever added */
export function createGramSet(most: number): GramSet {
  const bits = Math.max(4, Math.ceil(Math.log2(most + 1)) + 2)
  const mask = (1 << bits) - 1
  const shift = 32 - bits
  const grams = new Uint32Array(mask + 1)
  const places = new Int16Array(mask + 1).fill(-1)
  let size = 0

  /** Where the gram is, or may be put. */
  function slotOf(gram: number): number {
    let slot = Math.imul(gram, 0x9e3779b1) >>> shift
    while (places[slot]! >= 0 && grams[slot] !== gram) slot = (slot + 1) & mask
    return slot
  }

  return {
    get size() {
      return size
    },
    add(gram) {
      const slot = slotOf(gram)
      if (places[slot]! >= 0) return
      grams[slot] = gram
      places[slot] = size++
    },
    placeOf: (gram) => places[slotOf(gram)]!,
  }
}
