import { fold } from '../../text/terms/fold.ts'
import type { QueryAnalysis } from './analyse-query.ts'
import type { ReadText, Span, Token } from './read-text.ts'

/**
 * A passage in plain text, and where its matches are: `[start, end)` in UTF-16 units, ascending, apart from each
 * other. It holds no markup, so a caller that escapes each piece it renders is safe with any text.
 */
export interface Snippet {
  readonly text: string
  readonly marks: readonly (readonly [start: number, end: number])[]
}

export interface SnippetOptions {
  /** Words in the passage (default 30). */
  readonly words?: number | undefined
}

interface Match {
  readonly start: number
  readonly end: number
  /** Which of the query's words. */
  readonly group: number
}

/** Characters that are read, so that one huge post does not delay a page of hits. */
const LONGEST_TEXT = 50_000
/** Characters of a passage, however many words they are. */
const LONGEST_PASSAGE = 400
const ELLIPSIS = '…'

/**
 * The window of about 30 words that holds the most different words of the query, then the most matches, then comes
 * first; without a match, the beginning. Words match as in search, by stem in the text's language.
 */
export function makeSnippet(
  read: (text: string, language: string) => ReadText,
  document: { readonly text: string; readonly language: string },
  analysis: QueryAnalysis,
  options: SnippetOptions = {},
): Snippet {
  const text = document.text.length > LONGEST_TEXT ? document.text.slice(0, LONGEST_TEXT) : document.text
  const found = read(text, document.language)
  const { words } = found
  const matches = findMatches(found, analysis)
  const window = bestWindow(words, matches, Math.max(1, options.words ?? 30))
  return window ? cut(document.text, window, matches) : { text: '', marks: [] }
}

/** Where a short text, such as a title, matches: as the marks of a snippet, but of the text as it is. */
export function findMarks(
  read: (text: string, language: string) => ReadText,
  { text, language }: { readonly text: string; readonly language: string },
  analysis: QueryAnalysis,
): Snippet['marks'] {
  const matches = findMatches(read(text.slice(0, LONGEST_TEXT), language), analysis)
  return mergeMarks(matches.map(({ start, end }) => [start, end]))
}

function findMatches({ tokens, places, phrase }: ReadText, analysis: QueryAnalysis): Match[] {
  const groupOf = new Map<string, number>()
  const prefixes: { prefix: string; group: number }[] = []
  analysis.groups.forEach(({ terms, inPhrase, unfinished, corrections = [], synonyms = [] }, group) => {
    if (inPhrase) return
    // Of a phrase, one word alone is none.
    const held = synonyms.filter((words) => words.every((each) => each.some((term) => places.has(term))))
    const others = [...corrections.map(({ term }) => term), ...held.flat(2)]
    for (const term of [...terms, ...(unfinished?.stems ?? []), ...others])
      if (!groupOf.has(term)) groupOf.set(term, group)
    if (unfinished) prefixes.push({ prefix: unfinished.prefix, group })
  })
  const groupOfToken = ({ word, terms }: Token): number | undefined => {
    for (const term of terms) {
      const group = groupOf.get(term)
      if (group !== undefined) return group
    }
    if (prefixes.length === 0) return undefined
    return prefixes.find(({ prefix }) => fold(word).startsWith(prefix))?.group
  }
  const matches: Match[] = []
  for (const token of prefixes.length > 0 ? tokens : tokensWith(groupOf.keys(), tokens, places)) {
    const group = groupOfToken(token)
    if (group !== undefined) matches.push({ start: token.start, end: token.end, group })
  }
  const { groups, phrases = [] } = analysis
  phrases.forEach((words, at) => {
    for (const span of phrase(words)) matches.push({ ...span, group: groups.length + at })
  })
  return matches.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** The tokens that have any of these terms, in order. */
function tokensWith(terms: Iterable<string>, tokens: readonly Token[], places: ReadText['places']): Token[] {
  const found = new Set<number>()
  for (const term of terms) for (const at of places.get(term) ?? []) found.add(at)
  return [...found].sort((a, b) => a - b).map((at) => tokens[at]!)
}

/** First and last offset of the passage, on word boundaries. */
function bestWindow(words: readonly Span[], matches: readonly Match[], size: number): Span | undefined {
  const first = words[0]
  if (!first) return undefined
  let best = { from: 0, groups: 0, matches: 0, anchor: first.start }
  // Windows move forward only, so that each match enters one and leaves one: a text may be nothing but matches.
  const inside = new Map<number, number>()
  let next = 0
  for (const [at, match] of matches.entries()) {
    const from = wordAt(words, match.start)
    const end = words[Math.min(from + size, words.length) - 1]!.end
    for (; next < matches.length && matches[next]!.end <= end; next++) count(inside, matches[next]!.group, 1)
    const fits = next - at
    if (inside.size > best.groups || (inside.size === best.groups && fits > best.matches)) {
      best = { from, groups: inside.size, matches: fits, anchor: match.start }
    }
    if (next > at) count(inside, match.group, -1)
    else next = at + 1
  }
  // A little of what comes before the first match, more when the text ends soon after it.
  const lead = best.groups === 0 ? 0 : Math.floor(size / 6)
  const from = Math.max(0, Math.min(best.from - lead, words.length - size))
  const window = { start: words[from]!.start, end: words[Math.min(from + size, words.length) - 1]!.end }
  return shorten(window, best.anchor)
}

function count(counts: Map<number, number>, key: number, change: 1 | -1): void {
  const now = (counts.get(key) ?? 0) + change
  if (now === 0) counts.delete(key)
  else counts.set(key, now)
}

/** Keeps a window of very long words within bounds, around its first match. */
function shorten(window: Span, anchor: number): Span {
  if (window.end - window.start <= LONGEST_PASSAGE) return window
  const start = Math.max(window.start, anchor - Math.floor(LONGEST_PASSAGE / 6))
  return { start, end: Math.min(window.end, start + LONGEST_PASSAGE) }
}

/** The word that holds an offset: a binary search. */
function wordAt(words: readonly Span[], offset: number): number {
  let low = 0
  let high = words.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (words[middle]!.end <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The window's text, white space evened out, an ellipsis where it was cut, its matches where they then are. */
function cut(full: string, window: Span, matches: readonly Match[]): Snippet {
  const start = splitsPair(full, window.start) ? window.start + 1 : window.start
  const end = splitsPair(full, window.end) ? window.end - 1 : window.end
  const before = full.slice(0, start).trim() === '' ? '' : `${ELLIPSIS} `
  const after = full.slice(end).trim() === '' ? '' : ` ${ELLIPSIS}`
  const passage = before + full.slice(start, end)
  const text = evened(passage)
  const isEven = text.length === passage.length
  const placeOf = (at: number) => {
    const place = before.length + at - start
    return isEven ? place : evened(passage.slice(0, place)).length
  }
  const inside = matches.filter((match) => match.start >= start && match.end <= end)
  return {
    text: text + after,
    marks: mergeMarks(inside.map((match) => [placeOf(match.start), placeOf(match.end)])),
  }
}

const UNEVEN = /\s\s|[^\S ]/

function evened(text: string): string {
  return UNEVEN.test(text) ? text.replace(/\s+/g, ' ') : text
}

/** A compound and its parts may both match: what overlaps becomes one mark. */
function mergeMarks(marks: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = []
  for (const [start, end] of marks) {
    const last = merged.at(-1)
    if (last && start < last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

function splitsPair(text: string, at: number): boolean {
  const isHigh = /[\uD800-\uDBFF]/.test(text[at - 1] ?? '')
  return isHigh && /[\uDC00-\uDFFF]/.test(text[at] ?? '')
}
