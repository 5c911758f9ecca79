/**
 * What text needs so that Markdown shows it as it is. `<` and `&` only where HTML or an entity would begin, or could
 * with what follows the text; `_` only where it could be emphasis, which it cannot be inside a word.
 */
const inline = /[\\`*~[\]]|<(?!\s)|&(?=#?\w{0,32}(?:;|$))|_(?:(?![a-z\d])|(?<![a-z\d]_))/gi

/** A line's start, where a list, heading, quote, rule or table would begin. */
const lineStart = /^(?:(\+(?=\s|$)|[=>|-]|:(?=-)|#{1,6}(?=\s|$))|(\d{1,9})(?=[.)](?:\s|$)))/

export function escapeInline(text: string): string {
  const escaped = text.replace(inline, '\\$&')
  return escaped.includes('\\<') ? escapeBehindUrls(escaped) : escaped
}

/** GitHub takes a backslash behind a bare URL for a part of it, and the `<` for what it is. */
function escapeBehindUrls(escaped: string): string {
  let inUrl = false
  return escaped.replace(/\s|\/\/|www\.|\\?</gi, (part) => {
    const was = inUrl
    inUrl = part === '//' || part.length > 2
    return was && part === '\\<' ? '&lt;' : part
  })
}

/** One line of Markdown, so that it begins no block. */
export function escapeLineStart(line: string): string {
  return line.replace(lineStart, '$2\\$1')
}

/** Plain text as Markdown that shows the same, lines kept. */
export function escapeText(text: string): string {
  return escapeInline(text)
    .split('\n')
    .map((line) => escapeLineStart(line.trimStart()))
    .join('\n')
}
