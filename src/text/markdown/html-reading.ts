import { unseen } from './html-elements.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'

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
