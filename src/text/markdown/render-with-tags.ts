import MarkdownIt from 'markdown-it'
import { isUnsafeUrl, mayHoldTags, safeUrl } from './escape.ts'
import { unseen, voids } from './html-elements.ts'

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number]

/** What markdown-it is given to note definitions in, and what the rules below add. */
type Environment = {
  references?: Record<string, { href: string; title: string }>
  isTooDeep?: boolean
}

/**
 * `no tags`: nothing in the text is HTML or a refused target, for readers with tables and for those without.
 * `too deep`: nested deeper than the parser follows, so that it may have overlooked what others find.
 */
export type Rendered =
  | { readonly outcome: 'tags'; readonly html: string }
  | { readonly outcome: 'no tags' }
  | { readonly outcome: 'too deep' }

const DEEPEST = 100

/**
 * As GitHub and Discourse show posts: with tables, and with the line ends and the bare URLs that their authors typed.
 * Tags and targets pass here: whoever reads the HTML decides what to keep.
 */
const gfm = lenient(new MarkdownIt({ html: true, linkify: true, breaks: true, maxNesting: DEEPEST }))
gfm.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

/** For readers without tables or footnotes, which may see a tag or a link where the others see code or text. */
const commonMark = lenient(new MarkdownIt('commonmark', { maxNesting: DEEPEST }))

function lenient(parser: InstanceType<typeof MarkdownIt>): InstanceType<typeof MarkdownIt> {
  parser.validateLink = () => true
  parser.normalizeLink = (url) => url
  parser.normalizeLinkText = (text) => text
  const noteDepth = (state: { level: number; env: unknown }, deepest: number) => {
    if (state.level >= deepest) (state.env as Environment).isTooDeep = true
    return false
  }
  // A list takes two levels.
  parser.block.ruler.before('table', 'depth', (state) => noteDepth(state, DEEPEST - 3))
  parser.inline.ruler.before('text', 'depth', (state) => noteDepth(state, DEEPEST))
  return parser
}

const footnote = /\[\^[^\]\s]{1,200}\]:/y

/** `[^1]: text` is a footnote, not a definition: shown as the paragraph that it looks like. */
gfm.block.ruler.before('reference', 'footnote', (state, line, end, silent) => {
  footnote.lastIndex = state.bMarks[line]! + state.tShift[line]!
  const paragraph = gfm.block.ruler.getRules('').at(-1)!
  return footnote.test(state.src) && paragraph(state, line, end, silent)
})

/** `- [x]` is a box, and stays one. */
gfm.core.ruler.after('inline', 'tasks', ({ tokens, Token }) => {
  for (const [at, token] of tokens.entries()) {
    const [first] = token.children ?? []
    if (first?.type !== 'text' || tokens[at - 2]?.type !== 'list_item_open') continue
    const box = /^\[([ xX])\](?=\s)/.exec(first.content)
    if (box === null) continue
    const input = new Token('task', 'input', 0)
    input.attrs = [['type', 'checkbox'], ...(box[1] === ' ' ? [] : [['checked', ''] as [string, string]])]
    first.content = first.content.slice(box[0].length)
    token.children!.unshift(input)
  }
})

/** A picture that may not be loaded leaves its description; tags in one show nothing. */
gfm.renderer.rules.image = (tokens, at) => {
  const token = tokens[at]!
  const url = safeUrl(targetOf(token))
  const alt = escapeHtml(shownBy(token))
  return url === undefined ? alt : `<img src="${escapeHtml(url)}" alt="${alt}">`
}

const { escapeHtml } = gfm.utils

/**
 * Renders Markdown that holds tags or refused targets to HTML, which is not safe to show. Takes time linear in the
 * text.
 *
 * @param markdown with line ends of one kind
 */
export function renderWithTags(markdown: string): Rendered {
  const environment: Environment = {}
  const tokens = gfm.parse(markdown, environment)
  const otherEnvironment: Environment = {}
  const others = commonMark.parse(markdown, otherEnvironment)
  const lines = markdown.split('\n')
  if (environment.isTooDeep || otherEnvironment.isTooDeep) return { outcome: 'too deep' }
  const hasTags =
    tokens.some((token) => isTag(token)) ||
    others.some((token) => isTag(token) || isDisputed(token, lines)) ||
    Object.values(otherEnvironment.references ?? {}).some(({ href }) => isUnsafeUrl(href))
  if (!hasTags) return { outcome: 'no tags' }
  limitReferences(tokens, markdown.length)
  return { outcome: 'tags', html: showUnclosed(gfm.renderer.render(tokens, gfm.options, environment)) }
}

function isTag(token: Token): boolean {
  const { type, children } = token
  if (type === 'html_block' || type === 'html_inline') return true
  if (type === 'link_open' || type === 'image') return isUnsafeUrl(targetOf(token))
  return type === 'inline' && children!.some(isTag)
}

function targetOf(token: Token): string {
  return String(token.attrGet(token.type === 'image' ? 'src' : 'href') ?? '')
}

function shownBy({ type, content, children }: Token): string {
  if (type === 'softbreak' || type === 'hardbreak') return ' '
  if (type === 'html_inline') return ''
  return children === null ? content : children.map(shownBy).join('')
}

/** Whether indented code that holds tags is, to some readers, part of the definition or the table right above it. */
function isDisputed({ type, map, content }: Token, lines: readonly string[]): boolean {
  if (type !== 'code_block' || !mayHoldTags(content)) return false
  return map![0] > 0 && !/^[ \t>]*$/.test(lines[map![0] - 1]!)
}

/** What references may add to a text, as GitHub's parser has it: a long definition could be repeated without end. */
const LEAST_REFERENCES = 100_000

/** Takes the targets from links behind the limit, and the titles, which have no use, from all. */
function limitReferences(tokens: readonly Token[], length: number): void {
  let left = length + LEAST_REFERENCES
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    if (token.type !== 'link_open' && token.type !== 'image') continue
    const url = targetOf(token)
    left -= url.length
    token.attrs = [[token.type === 'image' ? 'src' : 'href', left < 0 ? '' : url]]
  }
}

const hiding = [...unseen, 'audio', 'iframe', 'plaintext', 'video', 'xmp'].filter((name) => !voids.has(name))
const hidingTag = new RegExp(`<(/?)(${hiding.join('|')})(?![\\w-])`, 'gi')

/**
 * Makes text of tags that hide what follows them, such as `<title>`, where nothing closes them: their author wrote
 * about them, and would lose the rest of the text.
 */
function showUnclosed(html: string): string {
  const lastClosed = new Map<string, number>()
  // Nothing ends plain text.
  for (const { 1: slash, 2: name, index } of html.matchAll(hidingTag))
    if (slash !== '' && name !== 'plaintext') lastClosed.set(name!.toLowerCase(), index)
  return html.replace(hidingTag, (tag, slash: string, name: string, at: number) =>
    slash === '' && at > (lastClosed.get(name.toLowerCase()) ?? -1) ? `&lt;${tag.slice(1)}` : tag,
  )
}
