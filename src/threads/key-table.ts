const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const DIGITS = 6

const digitOf = new Uint8Array(128)
for (let digit = 0; digit < ALPHABET.length; digit++) digitOf[ALPHABET.charCodeAt(digit)] = digit

/**
 * Numbers stable ids 0, 1, 2 … in the order in which they come: what an import remembers of an export, in 24 bytes an
 * id at most. An id is known by 60 of its 80 hashed bits; two of ten million are taken for one with a chance of 1 in
 * 20,000.
 */
export class KeyTable {
  #slots = new Int32Array(1024).fill(-1)
  #high = new Uint32Array(512)
  #low = new Uint32Array(512)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The number of `id`, a new one when it was never seen. */
  add(id: string): number {
    const high = digits(id, 4)
    const low = digits(id, 4 + DIGITS)
    const slot = this.#slotOf(high, low)
    const known = this.#slots[slot]!
    if (known >= 0) return known
    if (this.#size === this.#high.length) {
      this.#grow()
      return this.add(id)
    }
    this.#high[this.#size] = high
    this.#low[this.#size] = low
    this.#slots[slot] = this.#size
    return this.#size++
  }

  /** The number of `id`, if it was ever seen. */
  find(id: string): number | undefined {
    const known = this.#slots[this.#slotOf(digits(id, 4), digits(id, 4 + DIGITS))]!
    return known >= 0 ? known : undefined
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & mask
    for (;;) {
      const known = this.#slots[slot]!
      if (known < 0 || (this.#high[known] === high && this.#low[known] === low)) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    this.#high = widened(this.#high)
    this.#low = widened(this.#low)
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    for (let i = 0; i < this.#size; i++) this.#slots[this.#slotOf(this.#high[i]!, this.#low[i]!)] = i
  }
}

function widened(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const wide = new Uint32Array(values.length * 2)
  wide.set(values)
  return wide
}

/** Six digits of an id such as `thr_0123456789abcdef`, as a number of 30 bits. */
function digits(id: string, from: number): number {
  let value = 0
  for (let at = from; at < from + DIGITS; at++) value = (value << 5) | digitOf[id.charCodeAt(at)]!
  return value >>> 0
}

/** Numbers by position that grow as they are written; what was never written is 0. */
export class NumberColumn {
  #values = new Int32Array(512)

  get(at: number): number {
    return this.#values[at] ?? 0
  }

  set(at: number, value: number): void {
    if (at >= this.#values.length) {
      const wide = new Int32Array(Math.max(at + 1, this.#values.length * 2))
      wide.set(this.#values)
      this.#values = wide
    }
    this.#values[at] = value
  }
}
