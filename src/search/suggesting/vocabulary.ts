import { AUDIENCES } from '../../access/audience.ts'
import { fold } from '../../text/terms/fold.ts'

/** Stands in a sequence where two words do not follow one another. */
export const GAP = 0

/**
 * The words of titles in one language: how many documents of each audience have them, and which. What no document has any
 * longer is forgotten with its last one.
 */
export interface Vocabulary {
  /** Numbers that words have had so far. */
  readonly size: number
  /** The word's number, a new one for a new word; elisions are words that end with an apostrophe. */
  numberOf(text: string): number
  /** Counts a document with these words, each once. */
  add(slot: number, openness: number, words: Iterable<number>): void
  /** Counts it no longer; it must not have the words by then. */
  remove(openness: number, words: Iterable<number>): void
  text(word: number): string
  folded(word: number): string
  /** The documents that have it, each once in no order, and some that had it. */
  documents(word: number): Iterable<number>
  /** Documents of that openness or more that have it. */
  count(word: number, floor: number): number
  /** Visits the words that begin with folded letters. */
  visitBeginning(prefix: string, visit: (word: number) => void): void
  /** Visits the words that may begin so but for one slip, and some others. */
  visitNear(prefix: string, visit: (word: number) => void): void
  /** Words with these folded letters. */
  same(folded: string): number[]
}

const LEVELS = AUDIENCES.length
/** Letters by which words are grouped. */
const HEAD = 2

/** @param has whether a document has a word now */
export function createVocabulary(has: (slot: number, word: number) => boolean): Vocabulary {
  const numbers = new Map<string, number>()
  // The number 0 is the gap's.
  const texts: string[] = ['']
  const foldedTexts: string[] = ['']
  const documents: number[][] = [[]]
  /** Of the documents of a word: how many have it no longer. Taking each out at once would be a pass over all. */
  const stale: number[] = [0]
  let counts = new Uint32Array(LEVELS * 1024)
  const free: number[] = []
  const byHead = new Map<string, number[]>()

  function append(given: string): number {
    // A copy of its own: V8 cuts words as views of the text they stand in, and what keeps such a word keeps the text.
    const text = ` ${given}`.slice(1)
    const word = free.pop() ?? texts.length
    const plain = text.endsWith('’') ? text : fold(text)
    texts[word] = text
    foldedTexts[word] = plain === text ? text : plain
    documents[word] = []
    stale[word] = 0
    if (counts.length < (word + 1) * LEVELS) {
      const more = new Uint32Array(counts.length * 2)
      more.set(counts)
      counts = more
    }
    numbers.set(text, word)
    const head = plain.slice(0, HEAD)
    const siblings = byHead.get(head)
    if (siblings === undefined) byHead.set(head, [word])
    else siblings.push(word)
    return word
  }

  function forget(word: number): void {
    const head = foldedTexts[word]!.slice(0, HEAD)
    const siblings = byHead.get(head)!
    siblings.splice(siblings.indexOf(word), 1)
    if (siblings.length === 0) byHead.delete(head)
    numbers.delete(texts[word]!)
    texts[word] = ''
    foldedTexts[word] = ''
    free.push(word)
  }

  return {
    get size() {
      return texts.length
    },
    numberOf: (text) => numbers.get(text) ?? append(text),
    add(slot, openness, words) {
      for (const word of words) {
        documents[word]!.push(slot)
        counts[word * LEVELS + openness]!++
      }
    },
    remove(openness, words) {
      for (const word of words) {
        counts[word * LEVELS + openness]!--
        stale[word]!++
        const listed = documents[word]!
        if (stale[word] === listed.length) forget(word)
        else if (2 * stale[word]! > listed.length) {
          documents[word] = [...new Set(listed)].filter((slot) => has(slot, word))
          stale[word] = 0
        }
      }
    },
    text: (word) => texts[word]!,
    folded: (word) => foldedTexts[word]!,
    // A place that had the word, and has it again, is listed twice.
    documents: (word) => (stale[word] === 0 ? documents[word]! : new Set(documents[word]!)),
    count(word, floor) {
      let count = 0
      for (let level = floor; level < LEVELS; level++) count += counts[word * LEVELS + level]!
      return count
    },
    visitBeginning(prefix, visit) {
      const groups =
        prefix.length >= HEAD
          ? [byHead.get(prefix.slice(0, HEAD)) ?? []]
          : [...byHead].flatMap(([head, group]) => (head.startsWith(prefix) ? [group] : []))
      for (const group of groups)
        for (const word of group) if (foldedTexts[word]!.startsWith(prefix)) visit(word)
    },
    visitNear([first, second, third], visit) {
      for (const [head, group] of byHead) {
        // A slip leaves the first letter, or the second where it was or one place on.
        const isNear =
          head[0] === first ||
          head[1] === second ||
          head[1] === first ||
          (head[0] === second && head[1] === third)
        if (isNear) for (const word of group) visit(word)
      }
    },
    same: (folded) =>
      (byHead.get(folded.slice(0, HEAD)) ?? []).filter((word) => foldedTexts[word] === folded),
  }
}
