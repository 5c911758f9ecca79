import { createGramSet, type GramSet } from './gram-set.ts'
import type { Letters } from './letter-store.ts'
import { lettersOf, SPACE } from './letters.ts'

/** How a document's letters compare with those of a query, each in [0, 1]. */
export interface LetterLikeness {
  /** BM25 of the whole by n-grams of 4 letters, as a share of what a query's n-grams could reach. */
  readonly four: number
  /** The same by n-grams of 6 letters, which reach over the words' ends: words that follow one another. */
  readonly six: number
  /** Cosine of the title's 3–5-grams with the query's, gated. */
  readonly title: number
  /** Share of the title's 3–5-grams that the query has, gated. */
  readonly titleShare: number
}

const K1 = 1.2
const B = 0.75
/** Letters of a query that are compared. */
const LONGEST_QUERY = 400
/** Words from which on a title may be a question of its own; shorter ones are headings, to a degree. */
const WORDS_OF_A_TITLE = 6

/**
 * Compares a query with documents, whose n-grams are weighed by how few of these documents have them: nothing but the
 * documents themselves counts. The title is gated by 1 / (documents with this title) · min(1, words / 6): one that
 * many share is a heading, not a question.
 */
export function compareLetters(query: string, documents: readonly Letters[]): LetterLikeness[] {
  const grams = gramsOf(lettersOf(query, LONGEST_QUERY))
  const counts = documents.map(({ all }) => countGrams(grams, all))
  const four = scores(
    counts.map((count) => count.four),
    documents,
    grams.four.size,
  )
  const six = scores(
    counts.map((count) => count.six),
    documents,
    grams.six.size,
  )
  const titles = documents.map(({ title }) => String.fromCharCode(...title))
  const sharing = new Map<string, number>()
  for (const title of titles) sharing.set(title, (sharing.get(title) ?? 0) + 1)
  return documents.map(({ title }, at) => {
    const gate = Math.min(1, wordsIn(title) / WORDS_OF_A_TITLE) / sharing.get(titles[at]!)!
    const { shared, all } = sharedGrams(grams, title)
    const asked = grams.three.size + grams.four.size + grams.five.size
    return {
      four: four[at]!,
      six: six[at]!,
      title: shared === 0 ? 0 : gate * Math.min(1, shared / Math.sqrt(all * asked)),
      titleShare: all === 0 ? 0 : (gate * shared) / all,
    }
  })
}

/** The share of a query's n-grams of four letters that a text holds, in [0, 1]. */
export function sharedGramsOf(query: string, held: Uint8Array): number {
  const letters = lettersOf(query, LONGEST_QUERY)
  const asked = createGramSet(letters.length)
  visitFours(letters, (gram) => asked.add(gram))
  if (asked.size === 0) return 1
  const isHeld = new Uint8Array(asked.size)
  visitFours(held, (gram) => {
    const place = asked.placeOf(gram)
    if (place >= 0) isHeld[place] = 1
  })
  return isHeld.reduce((sum, each) => sum + each, 0) / asked.size
}

function visitFours(letters: Uint8Array, visit: (gram: number) => void): void {
  let gram = 0
  for (let at = 0; at < letters.length; at++) {
    gram = ((gram << 8) | letters[at]!) >>> 0
    if (at >= 3) visit(gram)
  }
}

/** The n-grams of a query, by length. */
interface Grams {
  readonly three: GramSet
  readonly four: GramSet
  readonly five: GramSet
  readonly six: GramSet
  /** A bit for each {@link filterBit} of one of four: most that are none of them are told by it, without a call. */
  readonly filter: Uint32Array
}

function gramsOf(letters: Uint8Array): Grams {
  const empty = () => createGramSet(letters.length)
  const filter = new Uint32Array(1 << (FILTER_BITS - 5))
  const grams = { three: empty(), four: empty(), five: empty(), six: empty(), filter }
  let last = 0
  let before = 0
  let twoBefore = 0
  for (let at = 0; at < letters.length; at++) {
    twoBefore = before
    before = last
    last = ((last << 8) | letters[at]!) >>> 0
    if (at >= 2) grams.three.add(last & 0xffffff)
    if (at >= 3) {
      grams.four.add(last)
      const bit = filterBit(last)
      filter[bit >>> 5]! |= 1 << (bit & 31)
    }
    if (at >= 4) grams.five.add(longer(before, last & 0xff))
    if (at >= 5) grams.six.add(longer(twoBefore, last & 0xffff))
  }
  return grams
}

/** Bits of the filter: of a thousand letters, one or two pass that should not. */
const FILTER_BITS = 16

/** The place of a gram's bit in the filter. */
function filterBit(gram: number): number {
  return Math.imul(gram, 0x85ebca6b) >>> (32 - FILTER_BITS)
}

/** A gram of four letters and those after it, as one number; of two that differ, one in 2³² is the same. */
function longer(four: number, rest: number): number {
  return (Math.imul(four ^ (four >>> 15), 0x2c1b3c6d) ^ Math.imul(rest + 1, 0x297a2d39)) >>> 0
}

/** How often each of the query's n-grams is in a text. A longer one is looked for where its beginning and end are. */
function countGrams(
  { four, six, filter }: Grams,
  letters: Uint8Array,
): { four: Uint8Array; six: Uint8Array } {
  const counts = { four: new Uint8Array(four.size), six: new Uint8Array(six.size) }
  const { length } = letters
  let gram = 0
  /** Where the last n-gram of the query was seen that ends so far before. */
  let seenAt = -2
  let seenBefore = -2
  for (let at = 0; at < length; at++) {
    gram = (gram << 8) | letters[at]!
    const bit = filterBit(gram)
    if ((filter[bit >>> 5]! & (1 << (bit & 31))) === 0 || at < 3) continue
    const place = four.placeOf(gram >>> 0)
    if (place < 0) continue
    increment(counts.four, place)
    if (seenAt === at - 2 || seenBefore === at - 2) {
      const first = ((letters[at - 5]! << 24) | (letters[at - 4]! << 16) | (gram >>> 16)) >>> 0
      const longerPlace = six.placeOf(longer(first, gram & 0xffff))
      if (longerPlace >= 0) increment(counts.six, longerPlace)
    }
    seenBefore = seenAt
    seenAt = at
  }
  return counts
}

function increment(counts: Uint8Array, place: number): void {
  if (counts[place]! < 255) counts[place]!++
}

/** BM25 of each document as a share of what its query could reach (Robertson and Zaragoza 2009, section 3.4). */
function scores(counts: readonly Uint8Array[], documents: readonly Letters[], grams: number): number[] {
  const total = documents.length
  const mean = documents.reduce((sum, { all }) => sum + all.length, 0) / total
  const frequencies = new Uint32Array(grams)
  for (const count of counts) for (let at = 0; at < grams; at++) if (count[at]! > 0) frequencies[at]!++
  const weights = Float64Array.from(frequencies, (having) =>
    having === 0 ? 0 : Math.log(1 + (total - having + 0.5) / (having + 0.5)),
  )
  const most = weights.reduce((sum, weight) => sum + weight, 0) * (K1 + 1)
  return counts.map((count, n) => {
    const saturation = K1 * (1 - B + (B * documents[n]!.all.length) / mean)
    let sum = 0
    for (let at = 0; at < grams; at++) {
      const times = count[at]!
      if (times > 0) sum += (weights[at]! * times * (K1 + 1)) / (times + saturation)
    }
    return most === 0 ? 0 : sum / most
  })
}

function sharedGrams({ three, four, five }: Grams, title: Uint8Array): { shared: number; all: number } {
  let shared = 0
  let gram = 0
  let before = 0
  for (let at = 0; at < title.length; at++) {
    before = gram
    gram = ((gram << 8) | title[at]!) >>> 0
    if (at >= 2 && three.placeOf(gram & 0xffffff) >= 0) shared++
    if (at >= 3 && four.placeOf(gram) >= 0) shared++
    if (at >= 4 && five.placeOf(longer(before, gram & 0xff)) >= 0) shared++
  }
  const { length } = title
  return { shared, all: Math.max(0, length - 2) + Math.max(0, length - 3) + Math.max(0, length - 4) }
}

function wordsIn(letters: Uint8Array): number {
  let spaces = 0
  for (const letter of letters) if (letter === SPACE) spaces++
  return Math.max(0, spaces - 1)
}
