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

/** Where a tag, a comment or a declaration could begin; links and addresses between angle brackets are none. */
const tag = /<(?=[a-z/!?])(?!https?:\/\/[^\s<>]*>|[\w.+-]+@[\w.-]+>)/i

/** A link's target that neither begins like one on the web nor consists of the characters of a relative one. */
const otherTarget = /\](?:\(|:)\s*(?=\S)(?!https?:\/\/|mailto:|[#/.)]|[\w/.-]+[\s)])/i

/** Whether Markdown could hold HTML or a target that {@link safeUrl} refuses; false is certain, and costs little. */
export function mayHoldTags(markdown: string): boolean {
  return tag.test(markdown) || otherTarget.test(markdown)
}

const allowed = /^(?:https?|mailto|tel|ftp):/i
const scheme = /^[a-z][a-z\d+.-]*:/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these before they read the scheme
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff]/g
const encoded: Readonly<Record<string, string>> = {
  ' ': '%20',
  '(': '%28',
  ')': '%29',
  '<': '%3C',
  '>': '%3E',
}

/**
 * Makes a URL fit to stand inside `[…](…)`.
 *
 * @returns undefined for an empty one and for any scheme but http, https, mailto, tel and ftp; a relative URL stays
 */
export function safeUrl(url: string | undefined): string | undefined {
  const visible = (url ?? '').replace(invisible, '').trim()
  if (visible === '' || (scheme.test(visible) && !allowed.test(visible))) return undefined
  return visible.replaceAll('\\', '%5C').replace(/[ ()<>]/g, (each) => encoded[each]!)
}

/** Whether {@link safeUrl} refuses a URL for what it is, not because there is none. */
export function isUnsafeUrl(url: string): boolean {
  return url !== '' && safeUrl(url) === undefined
}
