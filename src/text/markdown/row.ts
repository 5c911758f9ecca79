import { escapeInline, escapeLineStart } from './escape.ts'
import { handlers } from './handlers.ts'
import { isHarmless } from './harmless.ts'
import { lineTree, shownBy } from './line-tree.ts'
import type { MarkdownPage } from './page.ts'
import { type MarkdownToken, readLine } from './reader.ts'
import { MarkdownWalk } from './walk.ts'

/**
 * Mends the cells of a table's row. Those beyond the head's are read too: who knows no tables shows them.
 *
 * @returns where among the tokens the row ends
 */
export function mendRow(page: MarkdownPage, tokens: readonly MarkdownToken[], open: number): number {
  const line = tokens[open]!.map![0]
  const from = page.startOf(line)
  const row = page.text.slice(from, page.endOf(line)).trimEnd()
  const cells = cellsOf(row)
  let at = open + 1
  let cell = 0
  const mended: { readonly from: number; readonly to: number; readonly text: string }[] = []
  const mend = (token: MarkdownToken) => {
    const place = cells[cell]
    cell += 1
    const cellText = place === undefined ? undefined : mendedCell(token)
    if (cellText === undefined) return
    const text = cellText.replaceAll('|', '\\|')
    // A line without anything would end the table.
    const isRow = place!.from === 0 && place!.to === row.length
    mended.push({
      ...place!,
      text: place!.from > 0 ? text : isRow && text === '' ? '|' : escapeLineStart(text),
    })
  }
  for (; tokens[at]!.type !== 'tr_close'; at += 1) if (tokens[at]!.type === 'inline') mend(tokens[at]!)
  while (cell < cells.length) {
    const { from: start, to } = cells[cell]!
    mend(readLine(row.slice(start, to).replaceAll('\\|', '|')))
  }
  for (const each of mended) page.edit(from + each.from, from + each.to, each.text)
  return at
}

/** A cell with the end of a link that begins elsewhere, for readers without tables, is shown as the text that it is. */
function mendedCell(cell: MarkdownToken): string | undefined {
  const tree = lineTree(cell)
  if (tree !== undefined) return new MarkdownWalk(handlers).cell(tree)
  const isHalfLink = cell.children!.some(({ type, content }) => type === 'text' && !isHarmless(content))
  return isHalfLink ? escapeInline(shownBy(cell)) : undefined
}

/** Where a row's cells stand in it, without the space around them: bars part them, even in code. */
function cellsOf(row: string): { readonly from: number; readonly to: number }[] {
  const cells: { readonly from: number; readonly to: number }[] = []
  let start = 0
  for (const match of row.matchAll(/(?<!\\)\||$/g)) {
    const cell = row.slice(start, match.index)
    const from = start + (cell.length - cell.trimStart().length)
    const isEdge = cell === '' && (start === 0 || match[0] === '')
    if (!isEdge)
      cells.push({ from: Math.min(from, match.index), to: Math.max(from, start + cell.trimEnd().length) })
    start = match.index + 1
  }
  return cells
}
