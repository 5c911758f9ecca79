import { escapeText } from './escape.ts'
import { isHarmless } from './harmless.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'

export { htmlToMarkdown } from './html-to-markdown.ts'

export type MarkupFormat = 'markdown' | 'html' | 'text'

/**
 * A post's body as clean Markdown. What comes as Markdown stays as written but for its HTML, which becomes Markdown,
 * and for targets that are none; the reader of it is loaded by the first body that needs it.
 */
export async function toMarkdown(body: string, format: MarkupFormat): Promise<string> {
  if (format === 'html') return htmlToMarkdown(body)
  const text = body.replace(/\r\n?/g, '\n')
  if (format === 'text') return escapeText(text.trim())
  // Spaces before the first words may make them code, or a list's items.
  const written = text.trimEnd().replace(/^\s*\n/, '')
  if (isHarmless(written)) return written
  const { mendMarkdown } = await import('./mend-markdown.ts')
  return mendMarkdown(written)
}
