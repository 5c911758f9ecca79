import { disputedTokens } from './disputed.ts'
import { type HtmlElement, type HtmlNode, newElement, TreeBuilder } from './html-tree.ts'
import type { MarkdownToken } from './reader.ts'
import { isUnsafe } from './url.ts'

/**
 * A block's line of Markdown as the tree that its tags make, with the Markdown between them as written and without
 * targets that are none. Undefined where there is nothing to mend.
 */
export function lineTree({ content, children }: MarkdownToken): HtmlElement | undefined {
  const tokens = children ?? []
  const disputed = disputedTokens(content, tokens)
  if (disputed.size === 0 && !tokens.some(wantsMending)) return undefined
  return withoutClashes(new LineReader(content, disputed).read(tokens))
}

function wantsMending(token: MarkdownToken): boolean {
  if (token.type === 'html_inline') return true
  return (token.type === 'link_open' || token.type === 'image') && isUnsafe(targetOf(token))
}

function targetOf(token: MarkdownToken): string {
  return String(token.attrGet(token.type === 'image' ? 'src' : 'href') ?? '')
}

class LineReader {
  readonly #builder = new TreeBuilder()
  readonly #content: string
  readonly #disputed: ReadonlySet<MarkdownToken>
  /** What stands before is in the tree. */
  #at = 0
  /** What a reader sees of the Markdown from there on. */
  #shown = ''
  #link: 'as written' | 'element' | 'dropped' = 'as written'

  constructor(content: string, disputed: ReadonlySet<MarkdownToken>) {
    this.#content = content
    this.#disputed = disputed
  }

  read(tokens: readonly MarkdownToken[]): HtmlElement {
    const withTags = linksWithTags(tokens)
    for (const token of tokens) {
      if (token.type === 'html_inline') this.#tag(token)
      else if (token.type === 'code_inline') this.#code(token)
      else if (token.type === 'image') this.#picture(token)
      else if (token.type === 'text_special' && this.#disputed.has(token)) this.#escape(token)
      else if (token.type === 'link_open') this.#openLink(token, withTags.has(token))
      else if (token.type === 'link_close') this.#closeLink(token)
      else this.#shown += shownBy(token)
    }
    this.#take(this.#content.length)
    return this.#builder.root
  }

  #take(to: number): void {
    if (to > this.#at) this.#builder.add(written(this.#content.slice(this.#at, to), this.#shown))
    this.#shown = ''
    this.#at = to
  }

  #tag({ content, place }: MarkdownToken): void {
    this.#take(place!.from)
    this.#builder.read(content)
    this.#at = place!.to
  }

  /** Code over several lines shows as one, and on one no line of it can be taken for something else. */
  #code(token: MarkdownToken): void {
    const { content } = token
    const { from, to } = token.place!
    if (this.#disputed.has(token)) {
      this.#take(from)
      this.#builder.add(' ')
    }
    const code = this.#content.slice(from, to)
    if (code.includes('\n')) {
      this.#take(from)
      this.#builder.add(written(code.replaceAll('\n', ' '), content))
      this.#at = to
    } else {
      this.#shown += content
    }
  }

  #escape({ content, place }: MarkdownToken): void {
    this.#take(place!.from)
    this.#builder.add(written('&lt;', content))
    this.#at = place!.to
  }

  #picture(token: MarkdownToken): void {
    const alt = shownBy(token)
    if (isUnsafe(targetOf(token))) {
      this.#take(token.place!.from)
      this.#builder.add(alt)
      this.#at = token.place!.to
    } else {
      this.#shown += alt
    }
  }

  #openLink(token: MarkdownToken, hasTags: boolean): void {
    const url = targetOf(token)
    this.#link = isUnsafe(url) ? 'dropped' : hasTags ? 'element' : 'as written'
    if (this.#link === 'as written') return
    const { from } = token.place!
    if (isAutolink(token)) {
      this.#take(from)
      return
    }
    // Its place is behind the bracket.
    this.#take(from - 1)
    this.#at = from
    if (this.#link === 'element') this.#builder.open('a', new Map([['href', url]]))
  }

  #closeLink(token: MarkdownToken): void {
    const link = this.#link
    this.#link = 'as written'
    if (link === 'as written') return
    if (isAutolink(token)) {
      this.#builder.add(this.#shown)
      this.#shown = ''
    } else {
      this.#take(token.place!.from)
      if (link === 'element') this.#builder.close('a')
    }
    this.#at = token.place!.to
  }
}

function isAutolink(token: MarkdownToken): boolean {
  return token.markup === 'autolink'
}

function written(markdown: string, shown: string): HtmlElement {
  return { name: '!markdown', attributes: new Map([['written', markdown]]), children: [shown] }
}

/** What a reader sees of it. */
export function shownBy({ type, content, children }: MarkdownToken): string {
  if (type === 'softbreak' || type === 'hardbreak') return '\n'
  if (type === 'html_inline') return ''
  return children === null ? content : children.map(shownBy).join('')
}

/** Links around tags, which must be a part of the tree. */
function linksWithTags(tokens: readonly MarkdownToken[]): ReadonlySet<MarkdownToken> {
  const found = new Set<MarkdownToken>()
  let link: MarkdownToken | undefined
  for (const token of tokens) {
    if (token.type === 'link_open') link = token
    else if (token.type === 'link_close') link = undefined
    else if (token.type === 'html_inline' && link !== undefined) found.add(link)
  }
  return found
}

/**
 * The tree with text in the place of Markdown that holds marks of emphasis: with other neighbours than its tags, other
 * marks would belong together.
 */
export function withoutMarks(element: HtmlElement): HtmlElement {
  const children = element.children.map((child) => {
    if (typeof child === 'string') return child
    const isMarked = child.name === '!markdown' && /[*_~]/.test(child.attributes.get('written')!)
    return isMarked ? newElement('span', child.children) : withoutMarks(child)
  })
  return { ...element, children }
}

const emphasis = new Set(['b', 'strong', 'i', 'em', 's', 'del', 'strike'])

/**
 * A tag's emphasis is left out where the Markdown in it or beside it has marks of its own: `*a <b>b* c</b>` and
 * `*<i>a</i>*` would become other marks together.
 */
function withoutClashes(root: HtmlElement): HtmlElement {
  const texts: string[] = []
  const marked: number[] = [0]
  const collect = (element: HtmlElement): void => {
    if (element.name === '!markdown') {
      const text = element.attributes.get('written')!
      texts.push(text)
      marked.push(marked.at(-1)! + (/[*_~]/.test(text) ? 1 : 0))
    } else {
      for (const child of element.children) if (typeof child !== 'string') collect(child)
    }
  }
  collect(root)
  let at = 0
  const copy = (element: HtmlElement): HtmlElement => {
    if (element.name === '!markdown') {
      at += 1
      return element
    }
    const from = at
    const children: HtmlNode[] = element.children.map((child) =>
      typeof child === 'string' ? child : copy(child),
    )
    const clashes =
      emphasis.has(element.name) &&
      (marked[at]! > marked[from]! || /[*_~]$/.test(texts[from - 1] ?? '') || /^[*_~]/.test(texts[at] ?? ''))
    return clashes ? newElement('span', children) : { ...element, children }
  }
  return copy(root)
}
