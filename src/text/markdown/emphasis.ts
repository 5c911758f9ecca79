/** An emphasis or a link, from its first visible character to its last; the same object stands at both ends. */
export interface Span {
  readonly kind: 'em' | 'strong' | 'del' | 'link'
  readonly url: string
  /** Whether it stands inside another of its kind, and so needs no marks. */
  readonly isIdle: boolean
  /** Where it opened and closed among the pieces. */
  from: number
  to: number
}

/** A piece of a paragraph: Markdown text, code (still raw), or an end of a span. */
export type Piece = string | { readonly code: string } | { readonly span: Span; readonly opens: boolean }

const word = /[\p{L}\p{N}]/u
const edge = /[\p{P}\s]/u
const white = /\s/

/**
 * The marks of each emphasis that will be read as one; the others have none.
 *
 * @see CommonMark 0.31, section 6.2: what a neighbour's fate decides counts as the worse case
 */
export function emphasisMarks(pieces: readonly Piece[]): ReadonlyMap<Span, string> {
  const marks = new Map<Span, string>()
  for (const piece of pieces) {
    if (typeof piece === 'string' || 'code' in piece || !piece.opens || piece.span.kind === 'link') continue
    const mark = markOf(pieces, piece.span)
    if (mark !== undefined) marks.set(piece.span, mark)
  }
  return marks
}

function markOf(pieces: readonly Piece[], { kind, from, to }: Span): string | undefined {
  const before = edge.test(characterBefore(pieces, from))
  const after = edge.test(characterAfter(pieces, to))
  const first = pieces[from + 1]!
  const last = pieces[to - 1]!
  const opens = joins(characterAfter(pieces, from), typeof first === 'string', before)
  const closes = joins(characterBefore(pieces, to), typeof last === 'string', after)
  if (!opens || !closes) return undefined
  if (kind === 'del') return '~~'
  if (kind === 'strong') return '**'
  if (before && after) return '_'
  const besideMark = [pieces[from - 1], first, last, pieces[to + 1]].some(
    (piece) => typeof piece === 'object' && 'span' in piece && piece.span.kind !== 'link',
  )
  return besideMark ? undefined : '*'
}

/** Whether a mark may stand between a character of the emphasis, right beside it or not, and what is outside. */
function joins(character: string, isBeside: boolean, atEdge: boolean): boolean {
  return (isBeside && word.test(character)) || (atEdge && !white.test(character))
}

/** The nearest character of text before a place, a space at the start. */
function characterBefore(pieces: readonly Piece[], at: number): string {
  for (let i = at - 1; i >= 0; i -= 1) {
    const piece = pieces[i]!
    if (typeof piece === 'string') return lastOf(piece)
    if ('code' in piece || piece.span.kind === 'link') return ')'
  }
  return ' '
}

function characterAfter(pieces: readonly Piece[], at: number): string {
  for (let i = at + 1; i < pieces.length; i += 1) {
    const piece = pieces[i]!
    if (typeof piece === 'string') return firstOf(piece)
    if ('code' in piece || piece.span.kind === 'link') return ')'
  }
  return ' '
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!)
}

function lastOf(text: string): string {
  return /[\udc00-\udfff]$/.test(text.slice(-1)) ? text.slice(-2) : text.slice(-1)
}
