import type { TermAnalyser, Terms } from '../../text/terms/terms.ts'
import { visitTokens } from '../../text/terms/tokens.ts'

const MOST_WORDS = 24
const LONGEST = 160
const LEFT_OUT = '…'

interface Token {
  readonly word: string
  readonly start: number
  readonly end: number
  readonly isKnown: boolean
}

/**
 * A search as people read it later: its words as they were written and in their order, without those that no document
 * holds, in whose place an ellipsis stands. Names, codes and passwords are among those; stop words stay.
 *
 * @param isKnown whether a document holds one of the terms
 */
export function readableText(
  analyser: TermAnalyser,
  q: string,
  { language, isKnown }: { readonly language: string; readonly isKnown: (terms: Terms) => boolean },
): string {
  const kept: string[] = []
  for (const piece of q.split(/\s+/)) {
    if (kept.length >= MOST_WORDS) break
    const tokens: Token[] = []
    visitTokens(piece, (word, start, end) => {
      const terms = analyser.terms(word, language)
      tokens.push({ word, start, end, isKnown: terms.length === 0 || isKnown(terms) })
    })
    if (tokens.length === 0) continue
    const isReadable = tokens.every((token) => token.isKnown || isSaidByOthers(token, tokens))
    if (isReadable) kept.push(piece.slice(startOf(piece, tokens), Math.max(...tokens.map(({ end }) => end))))
    else if (kept.at(-1) !== LEFT_OUT) kept.push(LEFT_OUT)
  }
  let text = ''
  for (const word of kept) if (text.length + word.length < LONGEST) text += text === '' ? word : ` ${word}`
  return text
}

/** Of a compound both the parts and the whole are tokens: either is enough, but what has digits may be a password. */
function isSaidByOthers(token: Token, tokens: readonly Token[]): boolean {
  const whole = tokens.some((other) => other !== token && other.isKnown && holds(other, token))
  const parts = tokens.filter((other) => other !== token && holds(token, other))
  return whole || (!/\p{N}/u.test(token.word) && parts.length > 0 && parts.every(({ isKnown }) => isKnown))
}

function holds(one: Token, other: Token): boolean {
  return one.start <= other.start && one.end >= other.end && one.end - one.start > other.end - other.start
}

/** Elisions are no tokens, but they are written: `l’eau`. Any letter of French that is elided is one of a few. */
function startOf(piece: string, tokens: readonly Token[]): number {
  const start = Math.min(...tokens.map((token) => token.start))
  const elided = /(?:^|[^\p{L}])(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ]$/iu.exec(
    piece.slice(0, start),
  )
  return elided === null ? start : start - elided[0].replace(/^[^\p{L}]/u, '').length
}
