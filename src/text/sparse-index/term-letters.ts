/** Finds terms by the letters that they hold, in a pass over a few bytes a term. */
export interface TermLetters {
  /** Adds the next term. */
  append(term: string): void
  /**
   * Numbers of the terms that `edits` inserted, deleted, replaced or exchanged letters may make of a word, and of some
   * others.
   */
  near(word: string, edits: number): number[]
}

const A = 97
const Z = 122
/** Bits beyond those of a to z, which all other characters share. */
const OTHERS = 6

export function createTermLetters(): TermLetters {
  let masks = new Uint32Array(1024)
  let lengths = new Uint8Array(1024)
  let size = 0
  return {
    append(term) {
      if (size === masks.length) {
        const more = new Uint32Array(size * 2)
        more.set(masks)
        masks = more
        const longer = new Uint8Array(size * 2)
        longer.set(lengths)
        lengths = longer
      }
      masks[size] = maskOf(term)
      lengths[size++] = Math.min(255, term.length)
    },
    near(word, edits) {
      const mask = maskOf(word)
      const shortest = word.length - edits
      const longest = word.length + edits
      const found: number[] = []
      for (let id = 0; id < size; id++) {
        const length = lengths[id]!
        if (length < shortest || length > longest) continue
        // A replaced letter takes one bit away and adds another.
        if (countBits(masks[id]! ^ mask) <= 2 * edits) found.push(id)
      }
      return found
    },
  }
}

function maskOf(term: string): number {
  let mask = 0
  for (let at = 0; at < term.length; at++) {
    const code = term.charCodeAt(at)
    mask |= 1 << (code >= A && code <= Z ? code - A : 26 + (code % OTHERS))
  }
  return mask >>> 0
}

function countBits(bits: number): number {
  bits -= (bits >>> 1) & 0x55555555
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
