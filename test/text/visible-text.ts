import MarkdownIt from 'markdown-it'
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'

/** The tests' own reading of HTML and Markdown, sharing nothing with what it judges. */

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

const hidden = new Set(
  'area base button canvas datalist embed frame head iframe link map meta noembed noframes noscript object option param rp script select source style svg template textarea title track video audio'.split(
    ' ',
  ),
)
const blocks = new Set(
  'address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)

/** How Markdown says that a quote is a spoiler. */
const SPOILER = '! '

/** What a browser shows of HTML, white space collapsed; a picture shows its description. */
export function visibleText(html: string, spoilerMark = SPOILER): string {
  let text = ''
  const read = (node: Node) => {
    if ('value' in node) {
      text += node.value
    } else if ('childNodes' in node) {
      const element = node as Partial<Element>
      const attributes = new Map(element.attrs?.map(({ name, value }) => [name, value]))
      const name = element.tagName ?? ''
      if (
        hidden.has(name) ||
        attributes.has('hidden') ||
        /display:\s*none/.test(attributes.get('style') ?? '')
      )
        return
      if (isAdded(attributes)) return
      if (/\b(?:spoiler|spoiled)\b/.test(attributes.get('class') ?? '') && blocks.has(name))
        text += spoilerMark
      if (name === 'img' && isShown(attributes)) text += attributes.get('alt') ?? ''
      if (blocks.has(name)) text += '\n'
      for (const child of node.childNodes) read(child)
      if (blocks.has(name)) text += '\n'
    }
  }
  read(parseFragment(html.replace(/\r\n?/g, '\n')))
  return normalized(text)
}

export function normalized(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim()
}

/** What a community's software adds to a post: a box's site and figures, a picture's file name and size. */
function isAdded(attributes: ReadonlyMap<string, string>): boolean {
  const classes = (attributes.get('class') ?? '').split(' ')
  return classes.some((each) => each === 'source' || each === 'meta' || each === 'onebox-metadata')
}

function isShown(attributes: ReadonlyMap<string, string>): boolean {
  const source = attributes.get('src')?.trim() ?? ''
  const tiny = attributes.get('width') === '1' || attributes.get('height') === '1'
  return source !== '' && !/^(?:data|javascript|blob|file):/i.test(source) && !tiny
}

const renderer = new MarkdownIt({ html: false }).disable('linkify')
renderer.normalizeLinkText = (text) => text
renderer.validateLink = () => true

/** GitHub's Markdown without HTML, as the help centre shows it. */
export function renderMarkdown(markdown: string): string {
  return renderer.render(markdown)
}
