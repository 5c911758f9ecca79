import { isBlock, isUnseen } from './html-elements.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { MarkdownWriter } from './writer.ts'

export type Handler = (element: HtmlElement, walk: MarkdownWalk) => void

/** What the walk does with an element: by its name, or by its class. */
export interface Handlers {
  readonly byName: ReadonlyMap<string, Handler>
  /** Asked first for elements with a class. */
  readonly byClass: (element: HtmlElement) => Handler | undefined
}

/** Walks a tree from front to back and passes its content to a writer. */
export class MarkdownWalk {
  readonly to: MarkdownWriter
  /** Inside a heading or a cell, where all is one line. */
  inLine = false
  /** How many lists are open, since the last quote. */
  listLevel = 0
  /** Language that a comment stated for the next code block. */
  language = ''
  /** The list that has just ended, for as long as nothing follows it. */
  lastList: { place: object; length: number; ordered: boolean; other: boolean } | undefined
  readonly #handlers: Handlers

  constructor(handlers: Handlers, to = new MarkdownWriter()) {
    this.#handlers = handlers
    this.to = to
  }

  children(element: HtmlElement): void {
    for (const child of element.children) this.node(child)
  }

  node(node: HtmlNode): void {
    if (typeof node === 'string') {
      this.to.inline.text(node)
      return
    }
    if (node.attributes.size > 0) {
      const handler = node.attributes.has('class') ? this.#handlers.byClass(node) : undefined
      if (handler !== undefined) {
        handler(node, this)
        return
      }
    }
    const handler = this.#handlers.byName.get(node.name)
    if (isUnseen(node)) return
    if (handler !== undefined) handler(node, this)
    else if (isBlock(node.name)) this.block(node)
    else this.children(node)
  }

  /** An element whose content stands apart from what is around it. */
  block(element: HtmlElement): void {
    this.endBlock()
    this.children(element)
    this.endBlock()
  }

  endBlock(): void {
    if (this.inLine) this.to.inline.space()
    else this.to.endParagraph()
  }

  /** Writes blocks as one line, as inside a heading or a cell. */
  oneLine(write: () => void): void {
    const was = this.inLine
    this.inLine = true
    write()
    this.inLine = was
  }

  /** A walk of its own for one cell, on one line. */
  cell(element: HtmlElement): string {
    const walk = new MarkdownWalk(this.#handlers)
    walk.inLine = true
    walk.children(element)
    return walk.to.inline.takeLine()
  }
}
