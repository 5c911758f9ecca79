import { NodeHtmlMarkdown } from 'node-html-markdown'
import { escapeText, inlineEscape, lineStartEscape } from './markdown-escape.ts'
import { tameHtml } from './markdown-tame.ts'
import { cellTranslator, nestedTranslators, translators } from './markdown-translators.ts'

export { plainText } from './markdown-plain.ts'

export type MarkupFormat = 'markdown' | 'html' | 'text'

const converter = new NodeHtmlMarkdown(
  {
    bulletMarker: '-',
    globalEscape: inlineEscape,
    lineStartEscape,
    maxConsecutiveNewlines: 0,
    ignore: ['template', 'noscript', 'iframe', 'object', 'svg', 'math', 'button', 'select', 'textarea'],
  },
  translators,
)
for (const [tag, translator] of Object.entries(nestedTranslators)) {
  converter.aTagTranslators.set(tag, translator)
  converter.tableCellTranslators.set(tag, translator)
}
converter.tableRowTranslators.set('th,td', cellTranslator)

/**
 * HTML as clean Markdown: code blocks with their language, lists, quotes, tables, links, pictures by reference.
 * Scripts, styles, handlers, `javascript:` and `data:` URLs and tracking pixels are gone, and text that looks like a
 * tag is escaped. Any input ends in time linear in its length, however deep or broken.
 */
export function htmlToMarkdown(html: string): string {
  if (!/[<&]/.test(html)) return escapeText(html.replace(/\s+/g, ' ').trim())
  const parts = tameHtml(html.replaceAll('\r', '')).map((piece) => converter.translate(piece))
  return tidy(parts.filter((part) => part.trim() !== '').join('\n\n'))
}

/** A post's body as Markdown. Markdown itself stays as written, for the renderer to be careful with. */
export function toMarkdown(body: string, format: MarkupFormat): string {
  if (format === 'html') return htmlToMarkdown(body)
  const text = body.replace(/\r\n?/g, '\n').trim()
  return format === 'text' ? escapeText(text) : text
}

/** At most one blank line in a row and no space at the end of blank lines, but for what is in code. */
function tidy(markdown: string): string {
  if (!/\n[ \t]*\n[ \t]*\n|\n[ \t]+\n/.test(markdown)) return markdown.trim()
  let fence: string | undefined
  let blank = false
  const lines: string[] = []
  for (const line of markdown.split('\n')) {
    const mark = /^[\s>]*(`{3,})/.exec(line)?.[1]
    if (mark !== undefined) fence = fence === undefined ? mark : mark === fence ? undefined : fence
    const isBlank = fence === undefined && line.trim() === ''
    if (!isBlank) lines.push(line)
    else if (!blank) lines.push('')
    blank = isBlank
  }
  return lines.join('\n').trim()
}
