import { escapeInline, escapeLineStart, escapeText, mayHoldTags } from './escape.ts'
import { handlers } from './handlers.ts'
import { parseHtml } from './html-tree.ts'
import { MarkdownWalk } from './walk.ts'

/** What a source may state that a post's body is written in. */
export type MarkupFormat = 'markdown' | 'html' | 'text'

/**
 * Converts a post's body to Markdown without HTML.
 *
 * HTML is converted by {@link htmlToMarkdown}, and plain text is escaped. Markdown without tags stays as written but
 * for its line ends and the blank lines around it. Markdown with tags, or with a link to a scheme that {@link safeUrl}
 * refuses, is rendered to HTML and converted as such. Converting the result again changes nothing.
 */
export async function toMarkdown(body: string, format: MarkupFormat): Promise<string> {
  if (format === 'html') return htmlToMarkdown(body)
  const text = body.replace(/\r\n?/g, '\n')
  if (format === 'text') return escapeText(text.trim())
  // Spaces before the first word may make it code, or an item of a list.
  const written = text.trimEnd().replace(/^\s*\n/, '')
  if (!mayHoldTags(written)) return written
  // Most bodies need no parser, which takes 2 MB and 15 ms to load.
  const { renderWithTags } = await import('./render-with-tags.ts')
  const rendered = renderWithTags(written)
  if (rendered.outcome === 'tags') return htmlToMarkdown(rendered.html)
  return rendered.outcome === 'too deep' ? escapeText(written) : written
}

/**
 * Converts HTML to Markdown that shows the same text: code blocks with their language, lists, quotes, tables, links and
 * pictures by reference. Scripts, styles, event handlers, `javascript:` and `data:` URLs and tracking pixels are left
 * out, and text that looks like a tag is escaped. Takes time linear in the input, however deep or broken that is.
 */
export function htmlToMarkdown(html: string): string {
  if (!/[<&]/.test(html)) return escapeLineStart(escapeInline(html.replace(/\s+/g, ' ').trim()))
  const walk = new MarkdownWalk(handlers)
  walk.children(parseHtml(html.includes('\r') ? html.replace(/\r\n?/g, '\n') : html))
  walk.endBlock()
  return walk.to.toString()
}
