import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { closesAtOpening, formatting, isBlock, scopes, voids } from './html-elements.ts'

export interface HtmlElement {
  /** Lower case; `!` for the document itself, `!language` for Stack Exchange's comment that states a language. */
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: HtmlNode[]
}

/** Text is a string, with its entities decoded. */
export type HtmlNode = HtmlElement | string

/** What is nested deeper keeps its text, but not its tags. */
const DEEPEST = 64
const noAttributes: Map<string, string> = new Map()

/**
 * Parses HTML to a tree of bounded depth, as forgiving as browsers: unclosed and crossed tags, stray brackets. Comments
 * and declarations are left out. Linear in the input, whatever it is: no tag searches more than {@link DEEPEST} others.
 */
export function parseHtml(html: string): HtmlElement {
  const builder = new TreeBuilder(html)
  const tokenizer = new Tokenizer({ decodeEntities: true }, builder)
  tokenizer.write(html)
  tokenizer.end()
  return builder.root
}

export function newElement(name: string, children: HtmlNode[] = []): HtmlElement {
  return { name, attributes: noAttributes, children }
}

/**
 * Builds the tree from the tokenizer's calls. htmlparser2's own tree takes twice the time and searches all open tags at
 * each closing one.
 */
class TreeBuilder implements TokenizerCallbacks {
  readonly root: HtmlElement = newElement('!')
  readonly #html: string
  readonly #open: HtmlElement[] = [this.root]
  #current: HtmlElement = this.root
  /** The tag being read. */
  #name = ''
  #attributes = noAttributes
  #attribute = ''
  #value = ''
  /** Tags too deep to be opened, which their closing tags must not take for others. */
  readonly #skipped = new Map<string, number>()
  #foreign = 0

  constructor(html: string) {
    this.#html = html
  }

  ontext(start: number, end: number): void {
    this.#addText(this.#html.slice(start, end))
  }

  ontextentity(codepoint: number): void {
    this.#addText(String.fromCodePoint(codepoint))
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.#addText(this.#html.slice(start, end - endOffset))
  }

  oncomment(start: number, end: number, endOffset: number): void {
    const language = /^\s*language:\s*(\S{1,40})\s*$/.exec(
      this.#html.slice(start, Math.min(end - endOffset, start + 80)),
    )
    if (language !== null) this.#current.children.push(newElement('!language', [language[1]!]))
  }

  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  isInForeignContext(): boolean {
    return this.#foreign > 0
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#html.slice(start, end).toLowerCase()
    this.#attributes = noAttributes
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#html.slice(start, end).toLowerCase()
    this.#value = ''
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#html.slice(start, end)
  }

  onattribentity(codepoint: number): void {
    this.#value += String.fromCodePoint(codepoint)
  }

  onattribend(): void {
    if (this.#attributes === noAttributes) this.#attributes = new Map()
    if (!this.#attributes.has(this.#attribute)) this.#attributes.set(this.#attribute, this.#value)
  }

  onopentagend(): void {
    const name = this.#name
    const closed = closesAtOpening.get(name)
    if (closed !== undefined) this.#closeImplied(closed, scopes.has(name))
    const element: HtmlElement = { name, attributes: this.#attributes, children: [] }
    if (voids.has(name)) {
      this.#current.children.push(element)
    } else if (this.#open.length > DEEPEST) {
      this.#skipped.set(name, (this.#skipped.get(name) ?? 0) + 1)
    } else {
      this.#current.children.push(element)
      this.#open.push(element)
      this.#current = element
      if (name === 'svg' || name === 'math') this.#foreign += 1
    }
  }

  onselfclosingtag(): void {
    const depth = this.#open.length
    const foreign = this.#foreign > 0 || this.#name === 'svg' || this.#name === 'math'
    this.onopentagend()
    if (foreign && this.#open.length > depth) this.#pop(depth)
  }

  onclosetag(start: number, end: number): void {
    const name = this.#html.slice(start, end).toLowerCase()
    if (name === 'br') {
      this.#current.children.push(newElement('br'))
      return
    }
    const skipped = this.#skipped.get(name) ?? 0
    if (skipped > 0) {
      this.#skipped.set(name, skipped - 1)
      return
    }
    const keepsBlocks = formatting.has(name)
    for (let at = this.#open.length - 1; at > 0; at -= 1) {
      const open = this.#open[at]!.name
      if (open === name) {
        this.#pop(at)
        return
      }
      // `</b>` behind `<b><p>` ends no paragraph, and nothing in a table's cell ends what is around the table.
      if ((keepsBlocks && isBlock(open)) || (scopes.has(open) && !scopes.has(name))) return
    }
  }

  #addText(text: string): void {
    const { children } = this.#current
    const last = children.length - 1
    if (last >= 0 && typeof children[last] === 'string') children[last] += text
    else children.push(text)
  }

  /** Closes the nearest element of these names: a part of the same table, or what only inline elements keep open. */
  #closeImplied(names: ReadonlySet<string>, inTable: boolean): void {
    for (let at = this.#open.length - 1; at > 0; at -= 1) {
      const open = this.#open[at]!.name
      if (names.has(open)) {
        this.#pop(at)
        return
      }
      if (inTable ? open === 'table' : isBlock(open) && open !== 'p') return
    }
  }

  #pop(length: number): void {
    for (let at = length; at < this.#open.length; at += 1) {
      const { name } = this.#open[at]!
      if (name === 'svg' || name === 'math') this.#foreign -= 1
    }
    this.#open.length = length
    this.#current = this.#open[length - 1]!
  }
}
