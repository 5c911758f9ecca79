/** Beyond this the converter's time grows faster than its input; posts hardly ever are. */
const LONGEST_PIECE = 16_000
const MOST_TAGS = 200
const DEEPEST = 40

const marker = /<(\/?)([a-z][a-z0-9]*)\b([^<>]*)>|<!--/gi
const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'wbr'])
const dropped = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math'])
/** Opening one of these closes an open sibling of the same name. */
const selfClosing = new Set(['p', 'li', 'td', 'th', 'tr', 'dt', 'dd', 'option'])

/**
 * Makes HTML harmless to a converter that is recursive and not linear: what is long, full of tags or deeply nested
 * comes back as balanced pieces of bounded depth; what is not comes back as it is. Text is never lost, only tags
 * are: those nested deeper than {@link DEEPEST} and those that close nothing. Linear in the input.
 */
export function tameHtml(html: string): string[] {
  return html.length <= LONGEST_PIECE && tagCount(html) <= MOST_TAGS ? [html] : cut(html)
}

function tagCount(html: string): number {
  let count = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) count += 1
  return count
}

function cut(html: string): string[] {
  const lower = html.toLowerCase()
  const pieces: string[] = []
  const open: string[] = []
  const skipped = new Map<string, number>()
  let piece = ''
  let tags = 0
  let at = 0

  const addText = (end: number) => {
    piece += html.slice(at, end).replaceAll('<', '&lt;')
  }
  const close = (until: number) => {
    while (open.length > until) piece += `</${open.pop()}>`
    if (open.length > 0 && piece.length < LONGEST_PIECE && tags < MOST_TAGS) return
    if (open.length === 0 && piece.length < LONGEST_PIECE / 2 && tags < MOST_TAGS / 2) return
    const reopened = open.map((name) => `<${name}>`).join('')
    pieces.push(
      piece +
        open
          .map((name) => `</${name}>`)
          .reverse()
          .join(''),
    )
    piece = reopened
    tags = 0
  }

  for (const match of html.matchAll(marker)) {
    if (match.index < at) continue
    addText(match.index)
    at = match.index + match[0].length
    const name = match[2]?.toLowerCase()
    if (name === undefined) {
      at = behind(html, '-->', at)
    } else if (match[1] === '/') {
      const depth = open.lastIndexOf(name)
      const unopened = skipped.get(name) ?? 0
      if (unopened > 0) skipped.set(name, unopened - 1)
      else if (depth >= 0) close(depth)
    } else if (dropped.has(name)) {
      at = behind(lower, `</${name}`, at)
      at = behind(html, '>', at)
    } else if (empty.has(name)) {
      piece += match[0]
      tags += 1
    } else {
      if (selfClosing.has(name) && open.at(-1) === name) close(open.length - 1)
      if (open.length >= DEEPEST) {
        skipped.set(name, (skipped.get(name) ?? 0) + 1)
      } else {
        piece += `<${name}${match[3]!.replace(/\/$/, '')}>`
        open.push(name)
        tags += 1
      }
    }
  }
  addText(html.length)
  while (open.length > 0) piece += `</${open.pop()}>`
  pieces.push(piece)
  return pieces
}

function behind(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from)
  return found < 0 ? text.length : found + what.length
}
