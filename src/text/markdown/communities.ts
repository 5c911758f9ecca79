import { codeBlock } from './code.ts'
import { safeUrl } from './escape.ts'
import { attribute, find, hasClass, textOf } from './html-elements.ts'
import type { HtmlElement } from './html-tree.ts'
import { link } from './media.ts'
import type { Handler, MarkdownWalk } from './walk.ts'

/** Finds the handler of an element that a community's software adds, by its class; it replaces that of the tag. */
export function communityHandler(element: HtmlElement): Handler | undefined {
  const own = element.attributes.get('class')!
  if (!interesting.test(own)) return undefined
  for (const name of own.split(/\s+/)) {
    const handler = byClass.get(name)
    if (handler?.of.has(element.name)) return handler.does
  }
  return undefined
}

/** One test for the many classes that mean nothing here. */
const interesting =
  /quote|onebox|mention|hashtag|meta|spoil|footnote|backref|math|katex|highlight|lightbox|anchor|poll|MathJax/

const tags = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const nothing: Handler = () => undefined
const inside: Handler = (element, walk) => walk.children(element)

const byClass: ReadonlyMap<string, { readonly of: ReadonlySet<string>; readonly does: Handler }> = new Map([
  // Discourse
  ['quote', { of: tags('aside'), does: quoteOfMember }],
  ['quote-controls', { of: tags('div'), does: nothing }],
  ['onebox', { of: tags('aside'), does: onebox }],
  ['meta', { of: tags('div'), does: nothing }],
  ['lightbox', { of: tags('a'), does: lightbox }],
  ['mention', { of: tags('a span'), does: inside }],
  ['mention-group', { of: tags('a span'), does: inside }],
  ['hashtag', { of: tags('a span'), does: hashtag }],
  ['hashtag-cased', { of: tags('a span'), does: hashtag }],
  ['anchor', { of: tags('a'), does: nothing }],
  ['footnote-backref', { of: tags('a'), does: nothing }],
  ['poll-buttons', { of: tags('div'), does: nothing }],
  ['math', { of: tags('span div'), does: math }],
  ['katex', { of: tags('span'), does: math }],
  ['katex-display', { of: tags('span'), does: math }],
  // Spoilers: Discourse, Stack Exchange, Khoros
  ['spoiler', { of: tags('div blockquote'), does: spoiler }],
  ['spoiled', { of: tags('div blockquote'), does: spoiler }],
  ['lia-spoiler-container', { of: tags('div'), does: spoiler }],
  ['lia-spoiler-link', { of: tags('a'), does: nothing }],
  // GitHub
  ['user-mention', { of: tags('a'), does: inside }],
  ['team-mention', { of: tags('a'), does: inside }],
  ['highlight', { of: tags('div'), does: highlighted }],
])

/**
 * A spoiler is Stack Exchange's `>!`, a quote whose first paragraph is marked. One inside a line is shown: Markdown
 * has no common sign for it, and a sign that most readers do not know would be noise.
 */
export function spoiler(element: HtmlElement, walk: MarkdownWalk): void {
  quote(element, walk, '!')
}

export function quote(element: HtmlElement, walk: MarkdownWalk, mark = ''): void {
  walk.endBlock()
  if (walk.inLine) {
    walk.children(element)
    walk.endBlock()
    return
  }
  const { listLevel } = walk
  walk.listLevel = 0
  walk.to.quote(() => {
    walk.children(element)
    walk.endBlock()
  }, mark)
  walk.listLevel = listLevel
}

/** A quote in Discourse: the member's name above the text, both quoted. */
function quoteOfMember(element: HtmlElement, walk: MarkdownWalk): void {
  const title = find(element, (each) => hasClass(each, 'title'))
  const quoted = find(element, ({ name }) => name === 'blockquote')
  if (quoted === undefined) {
    walk.block(element)
    return
  }
  const who = attribute(element, 'data-username')
  walk.endBlock()
  const write = () => {
    if (title !== undefined)
      walk.node({ ...title, children: title.children.filter((child) => !isAvatar(child)) })
    else if (who !== '') walk.to.inline.text(`${who}:`)
    walk.endBlock()
    walk.children(quoted)
    walk.endBlock()
  }
  if (walk.inLine) {
    write()
    return
  }
  const { listLevel } = walk
  walk.listLevel = 0
  walk.to.quote(write)
  walk.listLevel = listLevel
}

function isAvatar(child: HtmlElement | string): boolean {
  return typeof child !== 'string' && child.name === 'img' && hasClass(child, 'avatar')
}

/** The page that a post shows a box of: its title as a link, then its description, without pictures and figures. */
function onebox(element: HtmlElement, walk: MarkdownWalk): void {
  const heading = find(element, ({ name }) => name === 'h3' || name === 'h4')
  const anchor = find(heading ?? element, ({ name }) => name === 'a')
  const url = safeUrl(attribute(element, 'data-onebox-src') || (anchor && attribute(anchor, 'href')))
  const title = textOf(heading ?? anchor ?? '').trim()
  walk.endBlock()
  if (url !== undefined) {
    walk.to.inline.open('link', url)
    walk.to.inline.text(title || url)
    walk.to.inline.close()
  } else {
    walk.to.inline.text(title)
  }
  walk.endBlock()
  for (const part of element.children)
    if (typeof part !== 'string' && part.name === 'article') walk.block(withoutNoise(part, heading))
}

function withoutNoise(element: HtmlElement, heading: HtmlElement | undefined): HtmlElement {
  const children = element.children
    .filter((child) => typeof child === 'string' || (child !== heading && !isNoise(child)))
    .map((child) => (typeof child === 'string' ? child : withoutNoise(child, heading)))
  return { ...element, children }
}

function isNoise(element: HtmlElement): boolean {
  return (
    element.name === 'img' || hasClass(element, 'source', 'onebox-metadata', 'github-icon-container', 'date')
  )
}

/** A picture that opens in large: the picture, linked to the large one. */
function lightbox(element: HtmlElement, walk: MarkdownWalk): void {
  const picture = find(element, ({ name }) => name === 'img')
  if (picture === undefined) {
    link(element, walk)
    return
  }
  link({ ...element, children: [picture] }, walk)
}

function hashtag(element: HtmlElement, walk: MarkdownWalk): void {
  const name = textOf(element).trim()
  walk.to.inline.text(name === '' || name.startsWith('#') ? name : `#${name}`)
}

/** Formulas as TeX between dollars, as they were written. */
export function math(element: HtmlElement, walk: MarkdownWalk): void {
  const annotation = find(element, ({ name }) => name === 'annotation')
  const tex = textOf(annotation ?? element).trim()
  if (tex === '') return
  if (/^(?:\$|\\[([])/.test(tex)) {
    walk.to.inline.text(tex)
    return
  }
  const isBlock =
    element.name === 'div' || hasClass(element, 'katex-display') || attribute(element, 'display') === 'block'
  if (isBlock) walk.endBlock()
  walk.to.inline.text(isBlock ? `$$${tex}$$` : `$${tex}$`)
  if (isBlock) walk.endBlock()
}

/** GitHub states a code block's language on what is around it. */
function highlighted(element: HtmlElement, walk: MarkdownWalk): void {
  const pre = element.children.find((child) => typeof child !== 'string' && child.name === 'pre')
  if (pre === undefined || typeof pre === 'string') {
    walk.block(element)
    return
  }
  codeBlock({ ...pre, attributes: new Map([...element.attributes, ...pre.attributes]) }, walk)
}
