import { maskSpans } from './inline-spans.ts'

export interface Sentence {
  /** As written. */
  readonly text: string
  /** The space between it and the next. */
  readonly gap: string
}

/** The marks at the end of a sentence, with those that close around it. */
const ENDED = /(?:[.!?…][ \u00a0\u202f]?»|[.!?…]["”’)\]*_]*)$/
/** Shortened words, before a dot that ends no sentence. */
const SHORTENED =
  /(?:^|[\s('’«])(?:mm|mme|mlle|mr|mrs|ms|dr|st|ste|ex|env|approx|max|min|vs|cf|art|t[eé]l|n[o°]|fig|(?:\p{L}\.){1,4}\p{L})\.$/iu
const INITIAL = /(?:^|[\s('’«])\p{Lu}\.$/u
/** A longer line without a mark at its end was broken by a mail program, not by its author. */
const SHORTEST_WRAPPED = 60

/** Splits prose into sentences; joining `text` and `gap` of all of them gives it back. */
export function sentencesOf(prose: string): Sentence[] {
  const masked = maskSpans(prose)
  const sentences: Sentence[] = []
  let from = 0
  for (const { 0: gap, index } of masked.matchAll(/\s+/g)) {
    const end = index + gap.length
    if (end === masked.length || index === from || !endsSentence(masked, from, index, end)) continue
    sentences.push({ text: prose.slice(from, index), gap: prose.slice(index, end) })
    from = end
  }
  const rest = prose.slice(from)
  const text = rest.trimEnd()
  if (text !== '') sentences.push({ text, gap: rest.slice(text.length) })
  return sentences
}

function endsSentence(masked: string, from: number, gapAt: number, end: number): boolean {
  const before = masked.slice(Math.max(from, gapAt - 12), gapAt)
  const gap = masked.slice(gapAt, end)
  if (gap.includes('\n')) {
    if (/[.!?…:;,»)*_]$/.test(before) || / {2}\n/.test(gap)) return true
    const line = gapAt - (masked.lastIndexOf('\n', gapAt - 1) + 1)
    return line < SHORTEST_WRAPPED
  }
  if (!ENDED.test(before)) return false
  const after = masked.slice(end, end + 2)
  if (after.startsWith('»')) return false
  if (/[»"”’)\]*_]$/.test(before)) return !/^[\p{Ll},;:)–—-]/u.test(after)
  if (!before.endsWith('.')) return !/^[,;:)]/.test(after)
  if (before.endsWith('..')) return /^[\p{Lu}\p{N}]/u.test(after)
  if (INITIAL.test(before)) return false
  if (SHORTENED.test(before)) return /\.\p{L}\.$/u.test(before) && /^\p{Lu}/u.test(after)
  return true
}
