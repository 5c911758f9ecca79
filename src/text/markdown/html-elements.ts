import type { HtmlElement, HtmlNode } from './html-tree.ts'

/** What a parser of posts must know of HTML's elements. */

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Elements without content, and without a closing tag. */
export const voids = names(`
  area base basefont br col embed frame hr image img input link meta param source track wbr`)

/** Closed where they cross another; browsers reopen them, which only ever changes how text looks. */
export const formatting = names(`
  a b big code del em font i ins kbd mark s small span strike strong sub sup tt u`)

/** No closing tag from inside reaches beyond these. */
export const scopes = names('table thead tbody tfoot tr td th caption')

const blocks = names(`
  address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hgroup hr html legend li li-code li-spoiler lia-code main menu nav ol optgroup option p pre
  search section summary table caption colgroup thead tbody tfoot tr td th ul video audio iframe xmp listing plaintext`)

export function isBlock(name: string): boolean {
  return blocks.has(name)
}

/** Not shown, or a control rather than text. */
export const unseen = names(`
  area base button canvas col colgroup datalist embed frame frameset head link map meta noembed noframes noscript
  object param rp script select source style svg template textarea title track`)

const paragraph = names('p')
const item = names('li')
const terms = names('dt dd')
const cell = names('td th')
const rows = names('tr')
const sections = names('thead tbody tfoot')

/** Opening the key closes one of these that is still open. */
export const closesAtOpening: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...`address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul li-code li-spoiler`
    .split(/\s+/)
    .map((name) => [name, paragraph] as const),
  ['li', item],
  ['dt', terms],
  ['dd', terms],
  ['td', cell],
  ['th', cell],
  ['tr', rows],
  ['thead', sections],
  ['tbody', sections],
  ['tfoot', sections],
  ['a', names('a')],
  ['option', names('option')],
  ['body', names('head')],
])

export function attribute(element: HtmlElement, name: string): string {
  return element.attributes.get(name)?.trim() ?? ''
}

/** Whether an element has one of these classes. */
export function hasClass(element: HtmlElement, ...names: readonly string[]): boolean {
  const own = element.attributes.get('class')
  if (own === undefined) return false
  const classes = own.split(/\s+/)
  return names.some((name) => classes.includes(name))
}

/** Whether a browser shows nothing of it: by its name, by `hidden` or by its style. */
export function isUnseen(element: HtmlElement): boolean {
  if (unseen.has(element.name)) return true
  if (element.attributes.size === 0) return false
  return (
    element.attributes.has('hidden') ||
    /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(element.attributes.get('style') ?? '')
  )
}

/** An element's text as written, `<br>` and the ends of blocks of lines as line ends. */
export function textOf(node: HtmlNode): string {
  if (typeof node === 'string') return node
  if (node.name === 'br') return '\n'
  if (isUnseen(node) || node.name === '!language') return ''
  let text = ''
  for (const child of node.children) text += textOf(child)
  const endsLine = (node.name === 'div' || node.name === 'li' || node.name === 'p') && !text.endsWith('\n')
  return endsLine ? `${text}\n` : text
}

/** The first element inside for which `test` holds, in the order of the document. */
export function find(element: HtmlElement, test: (each: HtmlElement) => boolean): HtmlElement | undefined {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (test(child)) return child
    const found = find(child, test)
    if (found !== undefined) return found
  }
  return undefined
}
