/** Markdown by lines, and what is to stand in the place of some of them. */
export class MarkdownPage {
  readonly text: string
  readonly #starts: ReadonlyMap<number, number>
  readonly #lines: number[] = [0]
  readonly #edits: { readonly from: number; readonly to: number; readonly text: string }[] = []

  /** @param starts see Reading.starts */
  constructor(text: string, starts: ReadonlyMap<number, number>) {
    this.text = text
    this.#starts = starts
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines.push(at + 1)
  }

  /** Where a line's text begins, behind the marks of quotes and lists. */
  startOf(line: number): number {
    return this.#starts.get(line) ?? this.#lines[line] ?? this.text.length
  }

  /** Without its line end. */
  endOf(line: number): number {
    return (this.#lines[line + 1] ?? this.text.length + 1) - 1
  }

  /** Whether nothing stands on the line before. */
  isApart(line: number): boolean {
    return line === 0 || this.#isBlank(line - 1)
  }

  /** Edits are made from front to back, and none within another. */
  edit(from: number, to: number, text: string): void {
    this.#edits.push({ from, to, text })
  }

  /** Blocks of Markdown for those lines, in the quotes and lists that these stand in. */
  replace([first, end]: readonly [number, number], markdown: string): void {
    this.edit(this.startOf(first), this.endOf(end - 1), prefixed(markdown, this.#continuation(first)))
  }

  /** The same for HTML, which needs no blank lines around it, while Markdown does. */
  replaceHtml(lines: readonly [number, number], markdown: string): void {
    const [first, end] = lines
    const prefix = this.#continuation(first)
    const isFirst = this.text.slice(this.#lines[first]!, this.startOf(first)) !== prefix
    const isApart = this.isApart(first)
    const isFollowed = end < this.#lines.length && !this.#isBlank(end)
    if (markdown === '' && !isFirst && (isApart || !isFollowed)) {
      const next = isApart && prefix === '' && !isFollowed ? end + 1 : end
      this.edit(this.#lines[first]!, this.#lines[next] ?? this.text.length, '')
      return
    }
    const before = markdown === '' || isFirst || isApart ? '' : `\n${prefix}`
    const after = isFollowed ? `\n${prefix.trimEnd()}` : ''
    this.edit(
      this.startOf(first),
      this.endOf(end - 1),
      before + prefixed(markdown, prefix) + (markdown === '' ? '' : after),
    )
  }

  /** Indented code as a block of its own: behind a list that ends before it, its indent would say otherwise. */
  replaceCode([first, end]: readonly [number, number], code: string, fenced: string): void {
    const [line = ''] = code.split('\n', 1)
    const prefix = this.text.slice(this.#lines[first]!, this.endOf(first) - line.length)
    const outer = prefix.replace(/(?: {4}|\t)$/, '')
    if (outer === prefix || /[^>\s]/.test(outer)) return
    this.edit(this.#lines[first]! + outer.length, this.endOf(end - 1), prefixed(fenced, outer))
  }

  toString(): string {
    let text = ''
    let at = 0
    for (const edit of this.#edits) {
      text += this.text.slice(at, edit.from) + edit.text
      at = edit.to
    }
    return text + this.text.slice(at)
  }

  /** What begins the lines that follow a block's first: the marks of lists as spaces. */
  #continuation(line: number): string {
    return this.text.slice(this.#lines[line]!, this.startOf(line)).replace(/[^>\s]/g, ' ')
  }

  #isBlank(line: number): boolean {
    return /^[ \t>]*$/.test(this.text.slice(this.#lines[line]!, this.endOf(line)))
  }
}

function prefixed(markdown: string, prefix: string): string {
  if (prefix === '') return markdown
  return markdown
    .split('\n')
    .map((line, at) => (at === 0 ? line : line === '' ? prefix.trimEnd() : prefix + line))
    .join('\n')
}
