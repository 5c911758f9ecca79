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
 * Takes away the marks of emphasis and strike-through, and leaves those that are just characters.
 *
 * @see CommonMark 0.31, section 6.2, of which this follows the rules for what opens and closes
 */
export function withoutEmphasis(text: string): string {
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
