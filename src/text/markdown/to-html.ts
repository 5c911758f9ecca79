import MarkdownIt from 'markdown-it'
import { safeUrl } from './escape.ts'
import { toMarkdown } from './to-markdown.ts'

const DEEPEST = 100

/** Tags are text, and targets that {@link safeUrl} refuses are none. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: DEEPEST })
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
markdown.validateLink = (url) => safeUrl(url) !== undefined

const { escapeHtml } = markdown.utils

/** Pages load no pictures of others: a picture is a link to it, with its description. */
markdown.renderer.rules.image = (tokens, at, options, environment, renderer) => {
  const token = tokens[at]!
  const url = safeUrl(String(token.attrGet('src') ?? ''))
  const alt = renderer.renderInlineAsText(token.children ?? [], options, environment)
  const shown = escapeHtml(alt === '' ? (url ?? '') : alt)
  const opened = tokens.slice(0, at).filter(({ type }) => type === 'link_open').length
  const isInLink = tokens.slice(0, at).filter(({ type }) => type === 'link_close').length < opened
  return url === undefined || isInLink
    ? shown
    : `<a href="${escapeHtml(url)}" rel="nofollow noopener">${shown}</a>`
}

/** Who is linked to learns nothing of who reads, and gains nothing. */
markdown.renderer.rules.link_open = (tokens, at, options, _, renderer) => {
  tokens[at]!.attrSet('rel', 'nofollow noopener')
  return renderer.renderToken(tokens, at, options)
}

/**
 * Renders Markdown to HTML as it is published: HTML in it becomes Markdown first, as where it is saved, so that the
 * result holds no tag and no target but those that Markdown makes.
 */
export async function toHtml(text: string): Promise<string> {
  return markdown.render(await toMarkdown(text, 'markdown'))
}
