// Words that are none, as many of them and as often as in a language.
const ONSETS = 'b c ch d f g j l m n p pr r s t tr v qu st cl'.split(' ')
const RHYMES = 'a e i o u an en ion our ais el er it onn ar ess iv ou ur ant et il am oi'.split(' ')

/** Ranks 0 … size − 1, rank r with a chance of about 1 / (r + 40): text without its stop words. */
export function zipf(size, random) {
  const cumulative = new Float64Array(size)
  let total = 0
  for (let rank = 0; rank < size; rank++) cumulative[rank] = total += 1 / (rank + 40)
  return () => {
    const target = random() * total
    let low = 0
    let high = size - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (cumulative[middle] < target) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A word of its own for each rank, in syllables of which there are about as many as in French. */
export function spell(rank) {
  const all = ONSETS.length * RHYMES.length
  let word = ''
  for (let rest = rank + all; rest > 0; rest = Math.floor(rest / all)) {
    // A factor without a divisor in common with `all` puts words of like rank far apart.
    const syllable = (rest * 211) % all
    word += ONSETS[syllable % ONSETS.length] + RHYMES[Math.floor(syllable / ONSETS.length)]
  }
  return word
}

/** Numbers in [0, 1) that are the same for the same seed. */
export function mulberry32(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
