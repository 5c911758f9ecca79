import { escapeInline, escapeLineStart } from './escape.ts'
import { handlers } from './handlers.ts'
import { parseHtml } from './html-tree.ts'
import { MarkdownWalk } from './walk.ts'

/**
 * HTML as clean Markdown that shows the same text: code blocks with their language, lists, quotes, tables, links,
 * pictures by reference. Scripts, styles, handlers, `javascript:` and `data:` URLs and tracking pixels are gone, and
 * text that looks like a tag is escaped. Any input ends in time linear in its length, however deep or broken.
 */
export function htmlToMarkdown(html: string): string {
  if (!/[<&]/.test(html)) return escapeLineStart(escapeInline(html.replace(/\s+/g, ' ').trim()))
  const walk = new MarkdownWalk(handlers)
  walk.children(parseHtml(html.includes('\r') ? html.replace(/\r\n?/g, '\n') : html))
  walk.endBlock()
  return walk.to.toString()
}
