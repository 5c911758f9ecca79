import { emphasisMarks } from './emphasis.ts'
import { escapeInline, escapeLineStart } from './escape.ts'
import type { Piece, Span } from './pieces.ts'

const BREAK = '  \n'

/**
 * Collects one paragraph. Space is collapsed as HTML does, spans open at the first character in them and close at the
 * last, and an emphasis that CommonMark's flanking rules would not let open and close is left out rather than shown
 * as asterisks.
 */
export class InlineWriter {
  #pieces: Piece[] = []
  /** Spans that are wanted, outermost first, and how many of them are open in the pieces. */
  readonly #wanted: Span[] = []
  #opened = 0
  /** Space before the next piece: one, or as written. */
  #gap = ''
  #breaks = 0
  /** Whether the last piece is Markdown as written. */
  #written = false
  #emphatic = false

  get isEmpty(): boolean {
    return this.#pieces.length === 0
  }

  text(text: string): void {
    if (text === '') return
    const first = isSpace(text.charCodeAt(0))
    const last = isSpace(text.charCodeAt(text.length - 1))
    const words = unusualSpace.test(text) ? text.replace(spaces, ' ') : text
    const from = first ? 1 : 0
    if (first) this.space()
    const to = last && words.length > from ? words.length - 1 : words.length
    if (to > from) {
      this.markdown(escapeInline(words.slice(from, to)))
      this.#gap = last ? ' ' : ''
    }
  }

  /** What is Markdown already, and shows something. */
  markdown(markdown: string): void {
    this.#begin()
    this.#pieces.push(markdown)
  }

  /** Markdown as its author wrote it, line ends and all. */
  written(markdown: string): void {
    let from = 0
    let to = markdown.length
    while (from < to && isSpace(markdown.charCodeAt(from))) from += 1
    while (to > from && isSpace(markdown.charCodeAt(to - 1))) to -= 1
    this.#widen(markdown.slice(0, from))
    if (from === to) return
    const text = markdown.slice(from, to)
    this.#keepApart(text[0]!)
    const startsLine = this.#pieces.length === 0 || this.#breaks > 0 || this.#gap.includes('\n')
    this.markdown(startsLine && startsBlock.test(text) ? `\\${text}` : text)
    this.#written = true
    this.#widen(markdown.slice(to))
  }

  code(code: string): void {
    if (this.#written) this.#keepApart('`')
    this.#begin()
    this.#pieces.push({ code })
  }

  space(): void {
    this.#widen(' ')
  }

  /** A line's end. Two in a row part paragraphs, which is the caller's to do: it is told so. */
  lineBreak(): 'line' | 'paragraph' {
    this.#gap = ''
    if (this.#pieces.length === 0) return 'line'
    this.#breaks += 1
    return this.#breaks > 1 ? 'paragraph' : 'line'
  }

  open(kind: Span['kind'], url = ''): void {
    const isIdle = this.#wanted.some((span) => span.kind === kind)
    this.#wanted.push({ kind, url, isIdle, from: -1, to: -1 })
  }

  close(): void {
    if (this.#opened === this.#wanted.length && this.#opened > 0) this.#closeOpened()
    this.#wanted.pop()
  }

  /** The paragraph's Markdown, of which nothing is kept but the spans that go on in the next. */
  take(): string {
    const text = this.takeLine()
    return text.includes('\n') ? text.split('\n').map(escapeLineStart).join('\n') : escapeLineStart(text)
  }

  /** The same where no block can begin: in a table's cell. */
  takeLine(): string {
    while (this.#opened > 0) this.#closeOpened()
    const text = joined(this.#pieces, this.#emphatic ? emphasisMarks(this.#pieces) : undefined)
    this.#pieces = []
    this.#gap = ''
    this.#breaks = 0
    this.#emphatic = false
    return text
  }

  /** A space between marks of a kind that a tag stood between: together they would be other marks. */
  #keepApart(mark: string): void {
    // An emphasis may turn out to have no marks.
    const last = this.#pieces.findLast((piece) => typeof piece === 'string' || !('span' in piece))
    const end = typeof last === 'string' ? last.at(-1) : typeof last === 'object' && 'code' in last ? '`' : ''
    if (end === mark && /[*_~`]/.test(mark)) this.space()
  }

  #widen(space: string): void {
    if (this.#gap === '' || space.includes('\n')) this.#gap = space || this.#gap
  }

  #begin(): void {
    if (this.#pieces.length > 0) {
      if (this.#breaks > 0) this.#pieces.push(BREAK)
      else if (this.#gap !== '') this.#pieces.push(this.#gap)
    }
    this.#gap = ''
    this.#breaks = 0
    this.#written = false
    while (this.#opened < this.#wanted.length) this.#openNext()
  }

  #openNext(): void {
    const span = this.#wanted[this.#opened]!
    const last = this.#pieces.at(-1)
    this.#opened += 1
    if (span.isIdle) return
    if (span.kind !== 'link') {
      this.#emphatic = true
      // `**a****b**` is not two strong words; one span goes on instead.
      if (typeof last === 'object' && 'span' in last && !last.opens && last.span.kind === span.kind) {
        this.#pieces.pop()
        this.#wanted[this.#opened - 1] = last.span
        return
      }
    }
    span.from = this.#pieces.push({ span, opens: true }) - 1
  }

  #closeOpened(): void {
    this.#opened -= 1
    const span = this.#wanted[this.#opened]!
    if (span.isIdle) return
    span.to = this.#pieces.push({ span, opens: false }) - 1
  }
}

/** A fence, or the definition of a link; a footnote's stands where its author put it. */
const startsBlock = /^(?:`{3,}[^`\n]*(?:\n|$)|~{3}|\[(?!\^)[^[\]\n]{1,999}\]:)/

const spaces = /[ \t\n\f\r]+/g
const unusualSpace = /[\t\n\f\r]| {2}/

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13 && code !== 11)
}

function codeSpan(code: string): string {
  const text = code.replace(/\s+/g, ' ').trim()
  const ticks = '`'.repeat(longestRun(text, '`') + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${text}${pad}${ticks}`
}

export function longestRun(text: string, character: string): number {
  let longest = 0
  let run = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    run = text[at - 1] === character ? run + 1 : 1
    if (run > longest) longest = run
  }
  return longest
}

function joined(pieces: readonly Piece[], marks: ReadonlyMap<Span, string> | undefined): string {
  const parts: string[] = []
  let code = ''
  let closed = ''
  for (const piece of pieces) {
    if (typeof piece === 'object' && 'code' in piece) {
      code += piece.code
      continue
    }
    const next = typeof piece === 'string' ? piece : markOf(piece, marks)
    if (next === '') continue
    // Two code spans without anything between would be none, and so would two emphases of a kind.
    if (code !== '') {
      parts.push(codeSpan(code))
      code = ''
      closed = ''
    }
    const isMark = typeof piece === 'object' && piece.span.kind !== 'link'
    if (isMark && piece.opens && closed === next) {
      parts.pop()
      closed = ''
      continue
    }
    // A `!` of the text would make a picture of a link that follows.
    const last = parts.at(-1)
    if (next.startsWith('[') && last?.endsWith('!')) parts[parts.length - 1] = `${last.slice(0, -1)}\\!`
    parts.push(next)
    closed = isMark && !piece.opens ? next : ''
  }
  if (code !== '') parts.push(codeSpan(code))
  return parts.join('')
}

function markOf(
  { span, opens }: { readonly span: Span; readonly opens: boolean },
  marks: ReadonlyMap<Span, string> | undefined,
): string {
  if (span.kind !== 'link') return marks?.get(span) ?? ''
  return opens ? '[' : `](${span.url})`
}
