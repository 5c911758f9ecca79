import { parseHtml } from './html-tree.ts'
import { escapeInline, escapeLineStart, escapeText } from './markdown-escape.ts'
import { handlers } from './markdown-handlers.ts'
import { MarkdownWalk } from './markdown-walk.ts'

export type MarkupFormat = 'markdown' | 'html' | 'text'

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

/** A post's body as Markdown. Markdown itself stays as written, for the renderer to be careful with. */
export function toMarkdown(body: string, format: MarkupFormat): string {
  if (format === 'html') return htmlToMarkdown(body)
  const text = body.replace(/\r\n?/g, '\n').trim()
  return format === 'text' ? escapeText(text) : text
}
