/** A stream of pseudo-random numbers that depends on its seed alone. */
export interface Random {
  /** Uniform in [0, 1), with 32 bits. */
  next(): number
  /** Uniform integer in [0, bound). */
  below(bound: number): number
}

/**
 * sfc32, Chris Doty-Humphrey's small fast counting generator (PractRand 2010), warmed up for 12 rounds.
 *
 * @param seed an integer, which counts modulo 2^32
 */
export function createRandom(seed: number): Random {
  let a = 0
  let b = seed | 0
  let c = 0
  let counter = 1
  const bits = (): number => {
    const result = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }
  for (let round = 0; round < 12; round++) bits()
  return {
    next: () => bits() / 4294967296,
    below: (bound) => Math.floor((bits() / 4294967296) * bound),
  }
}

/** Fisher–Yates, in place. */
export function shuffle<T extends Int32Array | unknown[]>(items: T, random: Random): T {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = items[last]
    items[last] = items[other] as never
    items[other] = kept as never
  }
  return items
}
