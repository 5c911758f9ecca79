import { InlineWriter, longestRun } from './inline.ts'

/** Where blocks stand: what begins each of their lines. */
interface Container {
  readonly prefix: string
  /** The same for a line that is blank otherwise. */
  readonly blank: string
  readonly depth: number
}

/** Quotes and lists nested deeper are flattened, or prefixes would outgrow the text. */
const MOST_CONTAINERS = 20

/** Writes Markdown block by block: paragraphs as they end, quotes and lists as prefixes of lines. */
export class MarkdownWriter {
  readonly inline = new InlineWriter()
  #out = ''
  #container: Container = { prefix: '', blank: '', depth: 0 }
  /** Prefix of the next line, while the mark of a list's item has not been written. */
  #first: string | undefined
  /** The blank line's prefix before the next block: that of what both blocks stand in. */
  #gap = ''
  #tight = false

  /** Ends the paragraph; what follows is another block. */
  endParagraph(): void {
    if (!this.inline.isEmpty) this.block(this.inline.take())
    else this.inline.take()
  }

  heading(level: number): void {
    if (this.inline.isEmpty) return
    // A closing sequence of `#` would not be shown.
    const text = this.inline.take().replace(/(^|\s)(#+)$/, '$1\\$2')
    this.block(`${'#'.repeat(level)} ${text}`)
  }

  rule(): void {
    // `- ---` is a rule, not a list with one in it.
    this.block(this.#first === undefined ? '---' : '___')
  }

  codeBlock(code: string, language: string): void {
    const fence = '`'.repeat(Math.max(3, longestRun(code, '`') + 1))
    this.block(`${fence}${language}\n${code}\n${fence}`)
  }

  /** Lines of Markdown as a block of their own. */
  block(markdown: string): void {
    const { prefix, blank } = this.#container
    if (this.#out !== '') this.#out += this.#tight ? '\n' : `\n${this.#gap}\n`
    this.#out += this.#first ?? prefix
    this.#out += prefix !== '' && markdown.includes('\n') ? prefixed(markdown, prefix, blank) : markdown
    this.#first = undefined
    this.#tight = false
    this.#gap = blank
  }

  /** A quote; `mark` comes right behind its first `>`. */
  quote(write: () => void, mark = ''): void {
    const { prefix } = this.#container
    this.#within({ prefix: `${prefix}> `, blank: `${prefix}> ` }, `>${mark} `, write)
  }

  /** A list's item, `tight` where no blank line parts it from what stands before. One without content is none. */
  item(mark: string, tight: boolean, write: () => void): void {
    const was = this.#tight
    const { prefix, blank, depth } = this.#container
    // What begins an outer item stands as that does.
    if (this.#first === undefined) this.#tight = tight && depth < MOST_CONTAINERS
    this.#within({ prefix: prefix + ' '.repeat(mark.length), blank }, mark, write)
    if (this.#tight) this.#tight = was
  }

  /** Changes with every block written. */
  get length(): number {
    return this.#out.length
  }

  /** The quote or item that is open, to be compared by identity. */
  get place(): object {
    return this.#container
  }

  toString(): string {
    return this.#out
  }

  #within(lines: { prefix: string; blank: string }, mark: string, write: () => void): void {
    const outer = this.#container
    const outerFirst = this.#first
    if (outer.depth >= MOST_CONTAINERS) {
      write()
      return
    }
    this.#first = (outerFirst ?? outer.prefix) + mark
    this.#container = { ...lines, depth: outer.depth + 1 }
    write()
    this.#container = outer
    this.#first = this.#first === undefined ? undefined : outerFirst
    if (this.#gap.length > outer.blank.length) this.#gap = outer.blank
  }
}

function prefixed(markdown: string, prefix: string, blank: string): string {
  return markdown
    .split('\n')
    .map((line, i) => (i === 0 ? line : line === '' ? blank : prefix + line))
    .join('\n')
}
