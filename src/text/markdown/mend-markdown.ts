import { escapeText } from './escape.ts'
import { handlers } from './handlers.ts'
import { isHarmless } from './harmless.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'
import type { HtmlElement } from './html-tree.ts'
import { lineTree, shownBy, withoutMarks } from './line-tree.ts'
import { MarkdownPage } from './page.ts'
import { type MarkdownToken, readDestination, readMarkdown } from './reader.ts'
import { mendRow } from './row.ts'
import { isUnsafe } from './url.ts'
import { MarkdownWalk } from './walk.ts'
import { MarkdownWriter } from './writer.ts'

/** Mending may bring to light what was hidden before; more rounds than this only malice has needed. */
const MOST_ROUNDS = 4

/**
 * Markdown as written, but for the HTML in it, which becomes Markdown as HTML bodies do, and for links and pictures
 * without a target that may be kept, of which the text stays. Code is never touched, and mending twice is mending once.
 * Linear in the text; one that comes to no end, or is nested beyond reading, stays as plain text.
 *
 * @param markdown with line ends of one kind
 */
export function mendMarkdown(markdown: string): string {
  let text = markdown
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (isHarmless(text)) return text
    const mended = mendOnce(text)
    if (mended === undefined) break
    if (mended === text) return text
    text = mended
  }
  return escapeText(text)
}

function mendOnce(text: string): string | undefined {
  const { tokens, starts, isTooDeep } = readMarkdown(text)
  if (isTooDeep) return undefined
  const page = new MarkdownPage(text, starts)
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!
    if (token.type === 'html_block') page.replaceHtml(token.map!, htmlToMarkdown(token.content))
    else if (token.type === 'reference_definition') mendDefinition(page, token)
    else if (token.type === 'code_block') mendCode(page, token, tokens[at - 1])
    else if (token.type === 'tr_open') at = mendRow(page, tokens, at)
    else if (token.type === 'inline') mendLine(page, token, tokens[at - 1]!)
  }
  return page
    .toString()
    .trimEnd()
    .replace(/^\s*\n/, '')
}

/**
 * Indented code gets a fence where its indent is not enough: behind HTML that parted it from a list, if only by a
 * comment, and right below something else, such as a definition or a table, where some readers see no code.
 */
function mendCode(
  page: MarkdownPage,
  { map, content }: MarkdownToken,
  before: MarkdownToken | undefined,
): void {
  const isDisputed = before?.type === 'html_block' || (!page.isApart(map![0]) && !isHarmless(content))
  if (!isDisputed) return
  const writer = new MarkdownWriter()
  writer.codeBlock(content.replace(/\n$/, ''), '')
  page.replaceCode(map!, content, writer.toString())
}

/** A paragraph or a heading. */
function mendLine(page: MarkdownPage, line: MarkdownToken, block: MarkdownToken): void {
  const tree = lineTree(line)
  if (tree === undefined) return
  const level = block.type === 'heading_open' ? Number(block.tag.slice(1)) : 0
  const mended = blocksOf(tree, level)
  const isRead = marksShown(readMarkdown(mended).tokens) === marksShown([line])
  page.replace(block.map!, isRead ? mended : blocksOf(withoutMarks(tree), level))
}

/** The marks of emphasis that a reader sees as such, because they are none. */
function marksShown(tokens: readonly MarkdownToken[]): string {
  const lines = tokens.filter(({ type }) => type === 'inline')
  return lines.map((line) => shownBy(line).replace(/[^*_~]/g, '')).join('')
}

function blocksOf(tree: HtmlElement, level: number): string {
  const walk = new MarkdownWalk(handlers)
  if (level > 0) {
    walk.oneLine(() => walk.children(tree))
    walk.to.heading(level)
  } else {
    walk.children(tree)
  }
  walk.endBlock()
  return walk.to.toString()
}

/** Schemes that act. What follows a footnote's label looks like a target, but is its text. */
const acting = /^(?:javascript|vbscript|data|blob|file):/i

/** A definition stays, so that what refers to it stays a link, but to nowhere. */
function mendDefinition(page: MarkdownPage, { map }: MarkdownToken): void {
  const { text } = page
  const from = page.startOf(map![0])
  const label = /\[(?:[^\\\]]|\\[\s\S])*\]:[ \t]*(?:\n[ \t>]*)?/y
  label.lastIndex = from
  if (!label.test(text)) return
  const start = label.lastIndex
  const { url, to } = readDestination(text, start)
  const isFootnote = text[from + 1] === '^'
  const written = text.slice(start, to)
  if (isFootnote ? acting.test(url) : isUnsafe(url)) page.edit(start, to, '<>')
  else if (isFootnote && !isHarmless(written)) page.edit(start, to, written.replaceAll('<', '&lt;'))
}
