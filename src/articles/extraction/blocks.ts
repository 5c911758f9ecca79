/** What a block of Markdown is; only prose is ever cut, all else is kept as written or left out whole. */
export type BlockKind =
  | 'prose'
  | 'heading'
  | 'list'
  | 'quote'
  | 'code'
  | 'table'
  | 'math'
  | 'rule'
  | 'html'
  | 'definition'

export interface Block {
  readonly kind: BlockKind
  /** As written, without the line end after it. */
  readonly raw: string
  /** Line ends and blank lines between it and the next. */
  readonly gap: string
}

const BLANK = /^\s*$/
const FENCE = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/
const INDENTED = /^(?: {4}|\t)/
const QUOTE = /^ {0,3}>/
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/
const UNDERLINE = /^ {0,3}(?:=+|-{3,})\s*$/
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?=\s)/
/** What may begin a list right behind a line of prose, as in CommonMark. */
const ITEM_BEHIND_PROSE = /^ {0,3}(?:[-*+]|1[.)])(?=\s+\S)/
const CONTINUED = /^(?: {2}|\t)/
const MATHS = /^ {0,3}\$\$/
const HTML = /^ {0,3}<(?:\/?[a-z][a-z\d-]*(?=[\s/>])|!--)/i
const VERBATIM = /^ {0,3}<(pre|script|style|textarea)(?=[\s/>])/i
const DEFINITION = /^ {0,3}\[[^\]\n]{1,200}\]:\s/
const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/
/** No row of a table is longer; testing longer lines would only cost time. */
const LONGEST_ROW = 2000

/**
 * Splits Markdown into its top-level blocks. Joining `raw` and `gap` of all of them gives the input back, but for blank
 * lines before the first. Takes time linear in the input and accepts any.
 */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length && BLANK.test(lines[at]!)) at += 1
  while (at < lines.length) {
    const { kind, end } = blockAt(lines, at)
    let next = end
    while (next < lines.length && BLANK.test(lines[next]!)) next += 1
    const gap =
      next < lines.length
        ? `\n${lines
            .slice(end, next)
            .map((line) => `${line}\n`)
            .join('')}`
        : ''
    blocks.push({ kind, raw: lines.slice(at, end).join('\n'), gap })
    at = next
  }
  return blocks
}

interface Extent {
  readonly kind: BlockKind
  /** The line after its last. */
  readonly end: number
}

function blockAt(lines: readonly string[], at: number): Extent {
  const line = lines[at]!
  if (INDENTED.test(line)) return { kind: 'code', end: endOfIndented(lines, at) }
  if (FENCE.test(line)) return { kind: 'code', end: endOfFence(lines, at) }
  if (MATHS.test(line)) {
    const end = endOfMaths(lines, at)
    if (end !== undefined) return { kind: 'math', end }
  }
  if (QUOTE.test(line)) return { kind: 'quote', end: endWhere(lines, at, (each) => QUOTE.test(each)) }
  if (HEADING.test(line)) return { kind: 'heading', end: at + 1 }
  if (RULE.test(line)) return { kind: 'rule', end: at + 1 }
  if (ITEM.test(line)) return { kind: 'list', end: endOfList(lines, at) }
  if (HTML.test(line)) return { kind: 'html', end: endOfHtml(lines, at) }
  if (DEFINITION.test(line)) return { kind: 'definition', end: at + 1 }
  if (beginsTable(lines, at)) return { kind: 'table', end: endWhere(lines, at, (each) => each.includes('|')) }
  return proseAt(lines, at)
}

function proseAt(lines: readonly string[], from: number): Extent {
  let at = from + 1
  while (at < lines.length) {
    const line = lines[at]!
    if (UNDERLINE.test(line)) return { kind: 'heading', end: at + 1 }
    if (
      BLANK.test(line) ||
      FENCE.test(line) ||
      QUOTE.test(line) ||
      HEADING.test(line) ||
      RULE.test(line) ||
      ITEM_BEHIND_PROSE.test(line) ||
      beginsTable(lines, at)
    )
      break
    at += 1
  }
  return { kind: 'prose', end: at }
}

function endWhere(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let at = from + 1
  while (at < lines.length && belongs(lines[at]!)) at += 1
  return at
}

function endOfIndented(lines: readonly string[], from: number): number {
  let end = from + 1
  for (let at = end; at < lines.length; at += 1) {
    if (INDENTED.test(lines[at]!) && !BLANK.test(lines[at]!)) end = at + 1
    else if (!BLANK.test(lines[at]!)) break
  }
  return end
}

/** A fence without an end takes in all that follows, as CommonMark has it. */
function endOfFence(lines: readonly string[], from: number): number {
  const opening = /`{3,}|~{3,}/.exec(lines[from]!)![0]
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at]!.trim()
    if (line.length >= opening.length && line === opening[0]!.repeat(line.length)) return at + 1
  }
  return lines.length
}

function endOfMaths(lines: readonly string[], from: number): number | undefined {
  if (lines[from]!.trim().length > 4 && lines[from]!.trimEnd().endsWith('$$')) return from + 1
  for (let at = from + 1; at < lines.length; at += 1) if (lines[at]!.includes('$$')) return at + 1
  return undefined
}

/** A list ends at prose that is not indented: where that goes on in an item, it is kept right behind it. */
function endOfList(lines: readonly string[], from: number): number {
  const isOrdered = /^ {0,3}\d/.test(lines[from]!)
  let end = from + 1
  let at = end
  while (at < lines.length) {
    const line = lines[at]!
    if (BLANK.test(line)) {
      at += 1
      continue
    }
    const isItem = ITEM.test(line) && !RULE.test(line) && /^ {0,3}\d/.test(line) === isOrdered
    if (!isItem && !CONTINUED.test(line)) break
    at = !isItem && FENCE.test(line.trimStart()) ? endOfFence(lines, at) : at + 1
    end = at
  }
  return end
}

function endOfHtml(lines: readonly string[], from: number): number {
  const line = lines[from]!
  const name = VERBATIM.exec(line)?.[1]
  const closing =
    name === undefined ? (line.includes('<!--') ? '-->' : undefined) : `</${name.toLowerCase()}>`
  if (closing === undefined) return endWhere(lines, from, (each) => !BLANK.test(each))
  for (let at = from; at < lines.length; at += 1)
    if (lines[at]!.toLowerCase().includes(closing)) return at + 1
  return lines.length
}

function beginsTable(lines: readonly string[], at: number): boolean {
  const delimiter = lines[at + 1]?.trimEnd()
  return (
    delimiter !== undefined &&
    delimiter.length < LONGEST_ROW &&
    lines[at]!.includes('|') &&
    delimiter.includes('-') &&
    DELIMITER.test(delimiter)
  )
}
