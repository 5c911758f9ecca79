import { isHarmless } from './harmless.ts'
import type { MarkdownToken, Place } from './reader.ts'

/**
 * Backticks and backslashes right behind a bare URL are a part of it to GitHub, and so the code for HTML, while
 * CommonMark sees code or an escape. Written otherwise there is no dispute.
 */
export function disputedTokens(
  content: string,
  tokens: readonly MarkdownToken[],
): ReadonlySet<MarkdownToken> {
  const disputed = new Set<MarkdownToken>()
  if (!content.includes('<') || !/[`\\]/.test(content)) return disputed
  const urls = bareUrls(content, tokens)
  let next = 0
  for (const token of tokens) {
    const isCode = token.type === 'code_inline' && !isHarmless(token.content)
    if (!isCode && token.markup !== '\\<') continue
    const { from } = token.place!
    while (next < urls.length && urls[next]!.to < from) next += 1
    const url = urls[next]
    if (url !== undefined && url.from < from) disputed.add(token)
  }
  return disputed
}

const opaque = new Set(['html_inline', 'code_inline', 'image', 'link_close'])

/** URLs that stand in the text, not in links, tags or code, as far as GitHub lets them go. */
function bareUrls(content: string, tokens: readonly MarkdownToken[]): readonly Place[] {
  const places = tokens.flatMap(({ type, place }) => (place !== undefined && opaque.has(type) ? [place] : []))
  const urls: Place[] = []
  let start = -1
  let next = 0
  for (const { 0: part, index } of content.matchAll(/[\s<]|\/\/|www\.|$/gi)) {
    while (next < places.length && places[next]!.to <= index) next += 1
    const place = places[next]
    if (part.length > 1) {
      const isBare = place === undefined || index < place.from
      if (start < 0 && isBare) start = index
    } else if (start >= 0) {
      urls.push({ from: start, to: index })
      start = -1
    }
  }
  return urls
}
