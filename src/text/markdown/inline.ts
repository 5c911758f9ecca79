import { emphasisMarks, type Piece, type Span } from './emphasis.ts'
import { escapeInline, escapeLineStart } from './escape.ts'

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
  /** Whether a space comes before the next piece. */
  #gap = false
  #breaks = 0
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
      this.#gap = last
    }
  }

  /** What is Markdown already, and shows something. */
  markdown(markdown: string): void {
    this.#begin()
    this.#pieces.push(markdown)
  }

  code(code: string): void {
    this.#begin()
    this.#pieces.push({ code })
  }

  space(): void {
    this.#gap = true
  }

  /** Ends a line. Two ends in a row part paragraphs: the caller then ends the paragraph. */
  lineBreak(): 'line' | 'paragraph' {
    this.#gap = false
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
    this.#gap = false
    this.#breaks = 0
    this.#emphatic = false
    return text
  }

  #begin(): void {
    if (this.#pieces.length > 0) {
      if (this.#breaks > 0) this.#pieces.push(BREAK)
      else if (this.#gap) this.#pieces.push(' ')
    }
    this.#gap = false
    this.#breaks = 0
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
