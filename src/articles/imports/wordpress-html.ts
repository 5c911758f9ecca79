const BLOCK =
  /^<\/?(?:address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|table|ul|!--)\b/i
const VERBATIM = /(<pre\b[\s\S]*?<\/pre>)/i
/** Shortcodes around what they show. */
const WRAPPERS = /\[\/?(?:caption|embed|vc_row|vc_column|vc_column_text)\b[^\]\n]{0,500}\]/g

/**
 * The HTML that WordPress shows for a post. In posts of its older editor, blank lines part paragraphs and line ends break
 * lines; posts of the block editor say so themselves.
 */
export function paragraphsOf(content: string): string {
  const html = content.replace(/\r\n?/g, '\n').replace(WRAPPERS, '')
  if (html.includes('<!-- wp:') || /<p[\s>]/i.test(html)) return html
  return html
    .split(VERBATIM)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part
            .split(/\n\s*\n/)
            .map(paragraph)
            .join('\n'),
    )
    .join('\n')
}

function paragraph(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '' || BLOCK.test(trimmed)) return trimmed
  return `<p>${trimmed.replaceAll('\n', '<br>\n')}</p>`
}
