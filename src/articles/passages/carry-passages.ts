import type { ArticleContent } from '../article.ts'
import { narrowExcerpt } from './excerpts.ts'
import type { Passage, PassageCitation } from './passage.ts'
import { blocksOfArticle, type SectionBlock } from './section-blocks.ts'
import { wordsIn } from './statements.ts'

/** Pairs of words that are in more of the new blocks say nothing of where one came from. */
const MOST_BLOCKS = 30
/** A passage with more words is compared by its first. */
const MOST_WORDS = 5_000
/** Words compared one by one for passages whose order of words was lost; hostile edits ask for more. */
const MOST_COMPARED = 2_000_000
/** Fewer words may be the same by chance, wherever they stand. */
const FEWEST_WORDS = 3

interface OldPassage {
  readonly passage: Passage
  readonly at: number
  readonly words: readonly string[]
  isFound: boolean
}

interface NewBlock extends SectionBlock {
  readonly words: readonly string[]
  /** Words with the one behind each. */
  readonly pairs: ReadonlySet<string>
  /** Whether an earlier passage stands here as it was. */
  isSame: boolean
  readonly from: Set<OldPassage>
}

/**
 * The passages of an article after an edit, with the citations of those that they came from. A passage that was moved,
 * split, merged or reworded keeps its citations while at least half of its words are left in what was changed; a new
 * one has none. What a passage rests on shrinks with it. Takes time linear in the texts.
 */
export function carryPassages(before: readonly Passage[], after: ArticleContent): Passage[] {
  const passages = before.map(
    (passage, at): OldPassage => ({ passage, at, words: firstWords(passage.text), isFound: false }),
  )
  const blocks = blocksOfArticle(after).map((block): NewBlock => {
    const words = firstWords(block.text)
    return { ...block, words, pairs: pairsOf(words), isSame: false, from: new Set() }
  })
  const worded = passages.filter(({ words }) => words.length > 0)
  matchSame(passages, blocks)
  const changed = blocks.filter(({ isSame }) => !isSame)
  matchPairs(worded, changed)
  matchWords(
    worded.filter(({ isFound }) => !isFound),
    changed,
  )
  const kept = new Set<string>()
  const carried = blocks.map(({ section, text, from }): Passage => {
    const origins = [...from].sort((a, b) => a.at - b.at).map(({ passage }) => passage)
    const id = origins.find((origin) => origin.id !== undefined && !kept.has(origin.id))?.id
    if (id !== undefined) kept.add(id)
    return { id, section, text, citations: mergeCitations(origins, text) }
  })
  const ofSections = before.filter(({ text, section }) => text === '' && after[section].trim() !== '')
  return [...carried, ...ofSections]
}

/** Finds each passage that stands as it was, in its section before others. */
function matchSame(passages: readonly OldPassage[], blocks: readonly NewBlock[]): void {
  const places = new Map<string, NewBlock[]>()
  for (const block of [...blocks].reverse())
    for (const key of [placeKey(block), block.words.join(' ')]) {
      const known = places.get(key)
      if (known === undefined) places.set(key, [block])
      else known.push(block)
    }
  for (const keyOf of [
    ({ passage }: OldPassage) => placeKey(passage),
    ({ words }: OldPassage) => words.join(' '),
  ])
    for (const old of passages) {
      const key = old.passage.text === '' ? '' : keyOf(old)
      if (old.isFound || key === '') continue
      const free = places.get(key) ?? []
      while (free.length > 1 && free.at(-1)?.isSame === true) free.pop()
      const block = free.at(-1)
      if (block === undefined) continue
      block.isSame = true
      block.from.add(old)
      old.isFound = true
    }
}

/** Finds where passages went by pairs of words, as far as these are rare. A copy of a part has the same citations. */
function matchPairs(passages: readonly OldPassage[], changed: readonly NewBlock[]): void {
  const index = new Map<string, NewBlock[]>()
  for (const block of changed)
    for (const pair of block.pairs) {
      const holders = index.get(pair)
      if (holders === undefined) index.set(pair, [block])
      else if (holders.length <= MOST_BLOCKS) holders.push(block)
    }
  for (const old of passages) {
    const pairs = pairsOf(old.words)
    const common = new Map<NewBlock, number>()
    for (const pair of pairs) {
      const holders = index.get(pair)
      if (holders === undefined || holders.length > MOST_BLOCKS) continue
      for (const block of holders) common.set(block, (common.get(block) ?? 0) + 1)
    }
    const parts = [...common].filter(
      ([block, count]) => block.words.length >= FEWEST_WORDS && count * 2 >= block.pairs.size,
    )
    const wholes = old.isFound ? [] : [...common].filter(([, count]) => count * 2 >= pairs.size)
    const near = wholes.filter(([block]) => block.section === old.passage.section)
    for (const [block] of [...parts, ...(near.length > 0 || parts.length > 0 ? near : wholes)]) {
      block.from.add(old)
      old.isFound = true
    }
  }
}

/** Finds where at least half of the words of each passage went, in whatever order. */
function matchWords(lost: readonly OldPassage[], changed: readonly NewBlock[]): void {
  const size = changed.reduce((sum, { words }) => sum + words.length, 0)
  const most = Math.floor(MOST_COMPARED / (size + 1))
  for (const old of lost.slice(0, most)) {
    const missing = tally(old.words)
    const shares = changed
      .map((block) => {
        const known = [...block.from].map(({ words }) => tally(words))
        const common = block.words.filter(
          (word) => missing.has(word) && !known.some((others) => takeFrom(others, word)),
        )
        return { block, common }
      })
      .filter(({ common }) => common.length > 0)
      .sort((a, b) => b.common.length - a.common.length)
    let found = 0
    const heirs: NewBlock[] = []
    for (const { block, common } of shares) {
      if (found * 2 >= old.words.length) break
      const taken = common.filter((word) => takeFrom(missing, word)).length
      if (taken > 0) heirs.push(block)
      found += taken
    }
    if (found * 2 >= old.words.length) for (const heir of heirs) heir.from.add(old)
  }
}

function firstWords(text: string): readonly string[] {
  return wordsIn(text).slice(0, MOST_WORDS)
}

function tally(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function takeFrom(counts: Map<string, number>, word: string): boolean {
  const left = counts.get(word) ?? 0
  if (left === 0) return false
  counts.set(word, left - 1)
  return true
}

/** Words with the one behind each; a single word as it is. */
function pairsOf(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.length === 1 ? words : words.slice(1).map((word, at) => `${words[at]} ${word}`))
}

function placeKey({ section, text }: SectionBlock): string {
  return `${section}\n${text}`
}

function mergeCitations(origins: readonly Passage[], text: string): PassageCitation[] {
  const merged = new Map<string, PassageCitation>()
  for (const origin of origins)
    for (const citation of origin.citations) {
      const excerpt = origin.text === text ? citation.excerpt : narrowExcerpt(citation.excerpt, text)
      const known = merged.get(citation.postId)
      merged.set(
        citation.postId,
        known === undefined ? { ...citation, excerpt } : joinCitations(known, { ...citation, excerpt }),
      )
    }
  return [...merged.values()]
}

/** Two citations of one post as one; the flagged one says what has happened. */
function joinCitations(one: PassageCitation, other: PassageCitation): PassageCitation {
  const leading = one.flag === undefined ? other : one
  return { ...leading, excerpt: [...new Set([...one.excerpt, ...other.excerpt])] }
}
