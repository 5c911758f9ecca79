const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const DIGITS = 6

const digitOf = new Uint8Array(128)
for (let digit = 0; digit < ALPHABET.length; digit++) digitOf[ALPHABET.charCodeAt(digit)] = digit

/** Values per page of a column. */
const PAGE = 1 << 14

/**
 * Numbers stable ids 0, 1, 2 … in the order in which they come, in 14 to 19 bytes per id: what an import remembers of an
 * export. An id is identified by 60 of its 80 hashed bits; among ten million ids, the chance that any two are confused is
 * 1 in 20,000.
 */
export class KeyTable {
  #slots = new Int32Array(1024).fill(-1)
  readonly #high = new NumberColumn()
  readonly #low = new NumberColumn()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The number of `id`; a new one at its first occurrence. */
  add(id: string): number {
    const high = digits(id, 4)
    const low = digits(id, 4 + DIGITS)
    const slot = this.#slotOf(high, low)
    const known = this.#slots[slot]!
    if (known >= 0) return known
    // Growing at three quarters keeps probing short.
    if (this.#size >= 0.75 * this.#slots.length) {
      this.#grow()
      return this.add(id)
    }
    this.#high.set(this.#size, high)
    this.#low.set(this.#size, low)
    this.#slots[slot] = this.#size
    return this.#size++
  }

  /** The number of `id`; undefined if it was never added. */
  find(id: string): number | undefined {
    const known = this.#slots[this.#slotOf(digits(id, 4), digits(id, 4 + DIGITS))]!
    return known >= 0 ? known : undefined
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & mask
    for (;;) {
      const known = this.#slots[slot]!
      if (known < 0 || (this.#high.get(known) === high && this.#low.get(known) === low)) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    for (let i = 0; i < this.#size; i++) this.#slots[this.#slotOf(this.#high.get(i), this.#low.get(i))] = i
  }
}

/** Six digits of an id such as `thr_0123456789abcdef`, as a number of 30 bits. */
function digits(id: string, from: number): number {
  let value = 0
  for (let at = from; at < from + DIGITS; at++) value = (value << 5) | digitOf[id.charCodeAt(at)]!
  return value >>> 0
}

/** Numbers by position, in pages that are allocated when written to; what was never written is 0. */
export class NumberColumn {
  readonly #pages: (Int32Array | undefined)[] = []

  get(at: number): number {
    return this.#pages[Math.floor(at / PAGE)]?.[at % PAGE] ?? 0
  }

  set(at: number, value: number): void {
    const number = Math.floor(at / PAGE)
    let page = this.#pages[number]
    if (page === undefined) {
      page = new Int32Array(PAGE)
      this.#pages[number] = page
    }
    page[at % PAGE] = value
  }
}
