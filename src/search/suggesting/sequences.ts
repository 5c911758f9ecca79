/** Short sequences of numbers, by slot, in one flat array: a pass over many of them touches little memory. */
export interface Sequences {
  /** All numbers; those of a slot lie in `[startOf(slot), endOf(slot))` until the next change. */
  numbers(): Uint32Array
  startOf(slot: number): number
  endOf(slot: number): number
  of(slot: number): Uint32Array
  /** Of a slot that has none. */
  set(slot: number, sequence: readonly number[]): void
  remove(slot: number): void
  clear(): void
}

/** Numbers of removed sequences that are put up with, beside as many as there are live ones. */
const TOLERATED = 10_000

export function createSequences(): Sequences {
  let numbers = new Uint32Array(8192)
  let used = 0
  let removed = 0
  let starts = new Uint32Array(1024)
  let ends = new Uint32Array(1024)
  let slots = 0

  function compact(): void {
    const kept = new Uint32Array(Math.max(8192, 2 * (used - removed)))
    let at = 0
    for (let slot = 0; slot < slots; slot++) {
      const sequence = numbers.subarray(starts[slot]!, ends[slot]!)
      kept.set(sequence, at)
      starts[slot] = at
      at += sequence.length
      ends[slot] = at
    }
    numbers = kept
    used = at
    removed = 0
  }

  return {
    numbers: () => numbers,
    startOf: (slot) => starts[slot]!,
    endOf: (slot) => ends[slot]!,
    of: (slot) => numbers.subarray(starts[slot]!, ends[slot]!),
    set(slot, sequence) {
      if (slot >= starts.length) {
        starts = grown(starts, slot * 2)
        ends = grown(ends, slot * 2)
      }
      if (used + sequence.length > numbers.length) numbers = grown(numbers, numbers.length * 2)
      slots = Math.max(slots, slot + 1)
      starts[slot] = used
      numbers.set(sequence, used)
      used += sequence.length
      ends[slot] = used
    },
    remove(slot) {
      removed += ends[slot]! - starts[slot]!
      ends[slot] = starts[slot]!
      if (removed > TOLERATED + (used - removed)) compact()
    },
    clear() {
      used = 0
      removed = 0
      slots = 0
      starts.fill(0)
      ends.fill(0)
    },
  }
}

function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(array)
  return larger
}
