import { PostProcessResult, type TranslatorConfigObject } from 'node-html-markdown'
import { safeUrl } from './markdown-url.ts'

/** What the translators ask of an element of the converter's tree. */
interface Element {
  readonly tagName: string
  readonly childNodes: Iterable<unknown>
  readonly textContent: string
  getAttribute(name: string): string | undefined
}

/** Where the converter's own rules lose or break something, ours stand in. */
export const translators: TranslatorConfigObject = {
  pre: ({ node }) => {
    const element = node as unknown as Element
    const code = textOf(element).replace(/^\n/, '').trimEnd()
    if (code === '') return { ignore: true }
    const fence = fenceAround(code)
    return { content: `${fence}${languageOf(element)}\n${code}\n${fence}`, surroundingNewlines: 2 }
  },
  code: ({ node }) => {
    const code = textOf(node as unknown as Element)
      .replace(/\s+/g, ' ')
      .trim()
    if (code === '') return { ignore: true }
    const ticks = '`'.repeat(longestRun(code, '`') + 1)
    const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : ''
    return { content: `${ticks}${pad}${code}${pad}${ticks}`, spaceIfRepeatingChar: true }
  },
  // The converter means to part outer lists by a blank line, but takes every list for a nested one.
  'ol,ul': ({ indentLevel }) => ({ surroundingNewlines: (indentLevel ?? 0) > 0 ? 1 : 2 }),
  li: ({ listKind, listItemNumber }) => {
    const mark = listKind === 'OL' && listItemNumber !== undefined ? `${listItemNumber}. ` : '- '
    const indent = ' '.repeat(mark.length)
    return {
      prefix: mark,
      surroundingNewlines: 1,
      postprocess: ({ content }) =>
        content.trim() === ''
          ? PostProcessResult.RemoveNode
          : content.trim().replace(/\n(?=[^\n])/g, `\n${indent}`),
    }
  },
  a: link,
  img: image,
}

/** The rules that hold inside a link or a table's cell, where the converter keeps sets of its own. */
export const nestedTranslators: TranslatorConfigObject = { a: link, img: image }

/** Cells: one line, with every bar escaped (the converter escapes the first). */
export const cellTranslator: TranslatorConfigObject[string] = ({ visitor }) => ({
  surroundingNewlines: false,
  childTranslators: visitor.instance.tableCellTranslators,
  prefix: ' ',
  postfix: ' |',
  preserveIfEmpty: true,
  postprocess: ({ content }) =>
    content
      .trim()
      .replaceAll('|', '\\|')
      .replace(/\s*\n\s*/g, ' '),
})

type Factory = Extract<TranslatorConfigObject[string], (...args: never[]) => unknown>

function link({ node }: Parameters<Factory>[0]): ReturnType<Factory> {
  const element = node as unknown as Element
  const address = element.getAttribute('href')
  const url = safeUrl(address)
  if (url === undefined) return {}
  const text = element.textContent.trim()
  if (text === address?.trim() && /^https?:/i.test(url)) return { content: `<${url}>` }
  return {
    prefix: '[',
    postfix: `](${url})`,
    postprocess: ({ content }) =>
      content.trim() === '' ? PostProcessResult.RemoveNode : content.trim().replace(/\s*\n\s*/g, ' '),
  }
}

/** A picture stays a reference to where it lies; emoji are their text, and tracking pixels are nothing. */
function image({ node }: Parameters<Factory>[0]): ReturnType<Factory> {
  const element = node as unknown as Element
  const alt = (element.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim()
  if (/\bemoji\b/.test(element.getAttribute('class') ?? ''))
    return alt === '' ? { ignore: true } : { content: alt }
  const url = safeUrl(element.getAttribute('src'))
  if (url === undefined || isPixel(element)) return { ignore: true }
  return { content: `![${alt.replace(/[[\]\\]/g, '\\$&')}](${url})`, recurse: false }
}

function isPixel(element: Element): boolean {
  const tiny = (size: string | undefined) => size !== undefined && /^\s*[01](?:px)?\s*$/.test(size)
  const style = element.getAttribute('style') ?? ''
  return (
    tiny(element.getAttribute('width')) ||
    tiny(element.getAttribute('height')) ||
    /display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)/i.test(
      style,
    )
  )
}

/** `class="lang-py"` or `class="language-py"`, on the block or on the code in it. */
function languageOf(pre: Element): string {
  for (const element of [pre, ...pre.childNodes]) {
    const attribute = (element as Partial<Element>).getAttribute?.('class') ?? ''
    const name = /(?:^|\s)lang(?:uage)?-([\w+#.-]{1,30})/.exec(attribute)?.[1]
    if (name !== undefined && !/^(?:none|auto|default|nohighlight|plaintext)$/.test(name)) return name
  }
  return ''
}

function fenceAround(code: string): string {
  return '`'.repeat(Math.max(3, longestRun(code, '`') + 1))
}

function longestRun(text: string, character: string): number {
  let longest = 0
  let run = 0
  for (const each of text) {
    run = each === character ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}

/** An element's text as written, `<br>` as a line end. Depth is bounded by what was tamed before. */
function textOf(node: unknown): string {
  const { tagName, childNodes, textContent } = node as Partial<Element>
  if (tagName?.toUpperCase() === 'BR') return '\n'
  if (tagName === undefined || childNodes === undefined) return textContent ?? ''
  let text = ''
  for (const child of childNodes) text += textOf(child)
  return text
}
