import { attribute, find } from './html-elements.ts'
import type { HtmlElement } from './html-tree.ts'
import type { MarkdownWalk } from './walk.ts'

/** What a cell of a Markdown table cannot hold. */
const tooMuch = new Set(['pre', 'ul', 'ol', 'table', 'blockquote', 'li-code', 'details', 'hr'])
const MOST_COLUMNS = 60

/** A table, its first row as its head; one that only lays out a page, or holds blocks, as the blocks that it holds. */
export function table(element: HtmlElement, walk: MarkdownWalk): void {
  walk.endBlock()
  const rows = walk.inLine ? [] : rowsOf(element)
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0)
  const isData =
    rows.length > 0 &&
    width <= MOST_COLUMNS &&
    (width > 1 || find(element, ({ name }) => name === 'th') !== undefined) &&
    find(element, ({ name }) => tooMuch.has(name)) === undefined
  if (!isData) {
    walk.children(element)
    walk.endBlock()
    return
  }
  for (const child of element.children)
    if (typeof child !== 'string' && child.name === 'caption') walk.block(child)
  const cells = rows.map((row) => row.cells.map((cell) => (cell === undefined ? '' : cellText(cell, walk))))
  if (cells.every((row) => row.every((cell) => cell === ''))) return
  const rules = Array.from({ length: width }, (_, column) => ruleOf(rows, column))
  const lines = cells.map((row) => `| ${Array.from({ length: width }, (_, i) => row[i] ?? '').join(' | ')} |`)
  walk.to.block([lines[0], `| ${rules.join(' | ')} |`, ...lines.slice(1)].join('\n'))
}

interface Row {
  readonly cells: readonly (HtmlElement | undefined)[]
  readonly isHead: boolean
}

/** The rows, those of the head first; a cell over several columns leaves the others empty. */
function rowsOf(element: HtmlElement): Row[] {
  const rows: Row[] = []
  const collect = (parent: HtmlElement, isHead: boolean) => {
    for (const child of parent.children) {
      if (typeof child === 'string') continue
      if (child.name === 'tr') rows.push({ cells: cellsOf(child), isHead })
      else if (/^t(?:head|body|foot)$/.test(child.name)) collect(child, child.name === 'thead')
    }
  }
  collect(element, false)
  return [...rows.filter((row) => row.isHead), ...rows.filter((row) => !row.isHead)]
}

function cellsOf(row: HtmlElement): (HtmlElement | undefined)[] {
  const cells: (HtmlElement | undefined)[] = []
  for (const child of row.children) {
    if (typeof child === 'string' || (child.name !== 'td' && child.name !== 'th')) continue
    cells.push(child)
    const span = Number(attribute(child, 'colspan'))
    for (let i = 1; i < span && i < MOST_COLUMNS; i += 1) cells.push(undefined)
  }
  return cells
}

function cellText(cell: HtmlElement, walk: MarkdownWalk): string {
  // A cell of dashes alone would look like the rule below the head.
  return walk.cell(cell).replaceAll('|', '\\|').replace(/^[:-]/, '\\$&')
}

function ruleOf(rows: readonly Row[], column: number): string {
  for (const row of rows.slice(0, 2)) {
    const cell = row.cells[column]
    if (cell === undefined) continue
    const align =
      /text-align\s*:\s*(left|center|right)/i.exec(attribute(cell, 'style'))?.[1] ?? attribute(cell, 'align')
    if (/^left$/i.test(align)) return ':-'
    if (/^center$/i.test(align)) return ':-:'
    if (/^right$/i.test(align)) return '-:'
  }
  return '-'
}
