const fenced =
  /^((?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t])*)(`{3,}(?=[^`\n]*\n)|~{3,}(?!~))[^\n]*\n([\s\S]*?)(?:^[ \t>]*\2[ \t]*$|(?![\s\S]))/gm

/**
 * Converts Markdown to the text that a reader sees, for search, excerpts and the classifier: without markup, the text
 * of links and pictures and the content of code kept, one line end between blocks.
 */
export function plainText(markdown: string): string {
  let text = ''
  let at = 0
  if (/`{3}|~{3}/.test(markdown)) {
    for (const match of markdown.matchAll(fenced)) {
      const [block, indent = '', , code = ''] = match
      text += proseText(markdown.slice(at, match.index))
      const prefix = indent!.replace(/[^>]/g, ' ')
      text += code
        .split('\n')
        .map((line) => withoutPrefix(line, prefix))
        .join('\n')
      at = match.index + block.length
    }
  }
  text += proseText(markdown.slice(at))
  const lines = text.split('\n').map((line) => line.trimEnd())
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .trim()
}

/** A line of code in a quote or a list; a blank one has less of what the others begin with. */
function withoutPrefix(line: string, prefix: string): string {
  let at = 0
  while (at < prefix.length && line[at] === prefix[at]) at += 1
  return line.slice(at)
}

/** An escaped character, or backticks and the code between them where others end it. */
const literal = /\\([!-/:-@[-`{-~])|(`+)(?!`)(?:([^\n]{1,2000}?)(?<!`)\2(?!`))?/g
/** The start of a line: quotes and lists in any order, a spoiler's mark, then perhaps a heading. */
const blockStart = /^(?:[ \t]*(?:>!?|(?:[-*+]|\d{1,9}[.)])[ \t]+))*[ \t]*(?:#{1,6}[ \t]+)?/gm
/** The marks that may end a heading. */
const headingEnd = /^([ \t>]*#{1,6}[ \t][^\n]*?)(?<![ \t])[ \t]+#+[ \t]*$/gm
const row = /^[ \t>*+\d.)-]*\|.*\|$/gm
const rule = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)$/gm
const linkOrPicture =
  /!?\[([^[\]]*)\]\([ \t]*(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"\n]*")?\)/g
const definition = /^\[[^[\]\n]{1,200}\]:[ \t]+\S{1,2000}(?:[ \t]+"[^"\n]{0,500}")?[ \t]*$/gm
const reference = /!?\[([^[\]\n]{1,2000})\] ?\[[^[\]\n]{0,200}\]/g

/** Markdown without fenced code. What is escaped or in code spans is replaced first, so that no rule changes it. */
function proseText(markdown: string): string {
  if (!/[\\`*_~[\]<>#|=&-]|^[ \t]|^\d+[.)]\s/m.test(markdown)) return markdown
  let text = markdown
    // In a table's row this comes before code, and holds inside it.
    .replace(row, (line) => line.replaceAll('\\|', setAside('|')))
    .replace(literal, (_, escaped?: string, ticks = '', code?: string) =>
      code === undefined ? setAside(escaped ?? ticks) : BRACKET + setAside(code.trim()) + BRACKET,
    )
    .replace(rule, '')
    .replace(headingEnd, '$1')
    .replace(blockStart, '')
    .replace(rule, '')
    .replace(/^\|.*\|$/gm, (row) => (/^[|\s:-]+$/.test(row) ? '' : row.replaceAll('|', ' ').trim()))
  if (text.includes('](')) text = text.replace(linkOrPicture, linkText).replace(linkOrPicture, linkText)
  if (text.includes(']:'))
    text = text.replace(definition, '').replace(reference, '$1').replace(reference, '$1')
  if (text.includes('<')) {
    text = text
      .replace(/<((?:https?|mailto):[^<>\s]{1,2000})>/gi, '$1')
      .replace(/<\/?[a-z][^<>]{0,500}>/gi, '')
  }
  if (text.includes('&'))
    text = text.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name]!)
  return bringBack(withoutEmphasis(text).replace(/[ \t]{2,}/g, ' '))
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  '#39': "'",
}

/** Stands for the marks of links and code, which count as punctuation beside emphasis. */
const BRACKET = '\uee20'
const linkText = `${BRACKET}$1${BRACKET}`

/** A private corner of Unicode that no text is known to use. */
const ASIDE = 0xee00
const aside = /[\uee21-\uee7e]/g

function setAside(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (each) => String.fromCharCode(ASIDE + each.charCodeAt(0)))
}

function bringBack(text: string): string {
  return text
    .replaceAll(BRACKET, '')
    .replace(aside, (each) => String.fromCharCode(each.charCodeAt(0) - ASIDE))
}

/** A run of marks that may open an emphasis: where it stands and how much of it is left. */
interface Opener {
  readonly mark: string
  from: number
  left: number
  readonly length: number
  readonly closesToo: boolean
}

const MOST_OPENERS = 32
const runs = /\*{1,8}|_{1,8}|~~(?!~)|\n[ \t]*\n/g
const white = /\s/
const punctuation = /[\p{P}\p{S}\ue000-\uf8ff]/u

/**
 * Removes the marks of emphasis and strike-through, and leaves those that are just characters.
 *
 * @see CommonMark 0.31, section 6.2, of which this follows the rules for what opens and closes
 */
function withoutEmphasis(text: string): string {
  if (!/[*_]|~~/.test(text)) return text
  let open: Opener[] = []
  const marks: [from: number, to: number][] = []
  for (const { 0: run, index } of text.matchAll(runs)) {
    const mark = run[0]!
    if (mark === '\n') {
      open = []
      continue
    }
    const before = text[index - 1] ?? ' '
    const after = text[index + run.length] ?? ' '
    const opensLeft = !white.test(after) && (!punctuation.test(after) || isEdge(before))
    const closesRight = !white.test(before) && (!punctuation.test(before) || isEdge(after))
    const opens = opensLeft && (mark !== '_' || !closesRight || punctuation.test(before))
    const closes = closesRight && (mark !== '_' || !opensLeft || punctuation.test(after))
    let at = index
    let left = run.length
    while (closes && left > 0) {
      const found = open.findLastIndex((each) => each.mark === mark && !excluded(each, run.length, opens))
      if (found < 0) break
      const opener = open[found]!
      const taken = Math.min(opener.left, left, 2)
      opener.left -= taken
      marks.push([opener.from + opener.left, opener.from + opener.left + taken], [at, at + taken])
      at += taken
      left -= taken
      open.length = opener.left > 0 ? found + 1 : found
    }
    if (opens && left > 0) {
      open.push({ mark, from: at, left, length: run.length, closesToo: closes })
      if (open.length > MOST_OPENERS) open.shift()
    }
  }
  return without(text, marks)
}

/** The rule of three, which keeps `**a*b**` whole. */
function excluded(opener: Opener, length: number, opensToo: boolean): boolean {
  return (
    (opener.closesToo || opensToo) &&
    (opener.length + length) % 3 === 0 &&
    !(opener.length % 3 === 0 && length % 3 === 0)
  )
}

function isEdge(character: string): boolean {
  return white.test(character) || punctuation.test(character)
}

function without(text: string, ranges: [from: number, to: number][]): string {
  if (ranges.length === 0) return text
  ranges.sort(([a], [b]) => a - b)
  let kept = ''
  let at = 0
  for (const [from, to] of ranges) {
    kept += text.slice(at, from)
    at = to
  }
  return kept + text.slice(at)
}
