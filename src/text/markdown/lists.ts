import { attribute } from './html-elements.ts'
import { type HtmlElement, type HtmlNode, newElement } from './html-tree.ts'
import type { MarkdownWalk } from './walk.ts'

const LARGEST_NUMBER = 999_999_999

/** A list as bullets or numbers, which start where they do. */
export function list(element: HtmlElement, walk: MarkdownWalk): void {
  walk.endBlock()
  if (walk.inLine) {
    walk.children(element)
    walk.endBlock()
    return
  }
  const { to } = walk
  const ordered = element.name === 'ol'
  const { lastList } = walk
  const follows =
    lastList?.length === to.length &&
    lastList.place === to.place &&
    lastList.ordered === ordered &&
    to.length > 0
  // Another mark parts two lists in a row, which would be one otherwise.
  const other = follows && !lastList.other
  const before = to.length
  let number = numberOf(element, 'start') ?? 1
  walk.listLevel += 1
  for (const item of itemsOf(element)) {
    number = numberOf(item, 'value') ?? number
    const mark = ordered ? `${number}${other ? ')' : '.'} ` : other ? '* ' : '- '
    // Only a list that starts at 1 may follow a paragraph's line.
    const tight = to.length > before || (walk.listLevel > 1 && (!ordered || number === 1))
    to.item(mark, tight, () => {
      walk.children(item)
      walk.endBlock()
    })
    number = Math.min(number + 1, LARGEST_NUMBER)
  }
  walk.listLevel -= 1
  walk.lastList = to.length > before ? { place: to.place, length: to.length, ordered, other } : lastList
}

/** The items; what stands between them, as old editors nest lists, belongs to the one before. */
function itemsOf(element: HtmlElement): HtmlElement[] {
  const items: HtmlElement[] = []
  let children: HtmlNode[] | undefined
  for (const child of element.children) {
    if (typeof child !== 'string' && child.name === 'li') {
      children = [...child.children]
      items.push({ ...child, children })
    } else if (typeof child !== 'string' || child.trim() !== '') {
      if (children === undefined) {
        children = []
        items.push(newElement('li', children))
      }
      children.push(child)
    }
  }
  return items
}

function numberOf(element: HtmlElement, name: string): number | undefined {
  const value = attribute(element, name)
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined
}
