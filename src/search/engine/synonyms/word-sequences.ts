import { visitTokens } from '../../../text/terms/tokens.ts'

interface Token {
  readonly word: string
  readonly start: number
  readonly end: number
}

/** The words of a text in their order, compounds as one: `carte-sim` is `cartesim`. */
export function outerWords(text: string): string[] {
  return apart(tokensOf(text).sort((a, b) => a.start - b.start || b.end - a.end))
}

/** The words of a text in their order, compounds as their parts: `carte-sim` is `carte`, `sim`. */
export function partsOf(text: string): string[] {
  // A compound ends with the last of its parts, which come before it.
  return apart(tokensOf(text).sort((a, b) => a.end - b.end || b.start - a.start))
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  visitTokens(text, (word, start, end) => tokens.push({ word, start, end }))
  return tokens
}

/** The words of tokens without those that overlap an earlier one. */
function apart(tokens: readonly Token[]): string[] {
  let end = 0
  return tokens.flatMap((token) => {
    if (token.start < end) return []
    end = token.end
    return [token.word]
  })
}
