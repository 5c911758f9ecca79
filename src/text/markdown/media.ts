import { nameToEmoji } from 'gemoji'
import { escapeInline, safeUrl } from './escape.ts'
import { attribute, find, hasClass, textOf } from './html-elements.ts'
import type { HtmlElement } from './html-tree.ts'
import type { MarkdownWalk } from './walk.ts'

/** A link to anywhere but into the page itself, which is somewhere else now. */
export function link(element: HtmlElement, walk: MarkdownWalk): void {
  const address = attribute(element, 'href')
  const url = address.startsWith('#') ? undefined : safeUrl(address)
  if (url === undefined) {
    walk.children(element)
    return
  }
  const text = textOf(element).trim()
  if (text === url && isAutolink(url)) {
    walk.to.inline.markdown(`<${url}>`)
    return
  }
  walk.to.inline.open('link', url)
  walk.children(element)
  walk.to.inline.close()
}

/** A picture stays a reference to where it lies; emoji are their text, and tracking pixels are nothing. */
export function image(element: HtmlElement, walk: MarkdownWalk): void {
  const alt = attribute(element, 'alt').replace(/\s+/g, ' ')
  if (hasClass(element, 'emoji')) {
    walk.to.inline.text(emojiOf(alt || attribute(element, 'title')))
    return
  }
  const url = safeUrl(attribute(element, 'src'))
  if (url === undefined || isPixel(element)) return
  walk.to.inline.markdown(`![${escapeInline(alt)}](${url})`)
}

/** A film, a sound or a frame is a link to it, under its title. */
export function embedded(element: HtmlElement, walk: MarkdownWalk): void {
  const source = find(element, ({ name }) => name === 'source')
  const address =
    attribute(element, 'src') || attribute(source ?? element, 'src') || attribute(element, 'data-src')
  const url = safeUrl(address.startsWith('//') ? `https:${address}` : address)
  if (url === undefined || !/^https?:/i.test(url) || isPixel(element)) return
  const title = attribute(element, 'title')
  walk.endBlock()
  walk.to.inline.markdown(
    title === '' && isAutolink(url) ? `<${url}>` : `[${escapeInline(title || url)}](${url})`,
  )
  walk.endBlock()
}

/** `:smile:` as the emoji it names, where that is known. */
export function emojiOf(shortcode: string): string {
  const name = /^:([\w+-]{1,60})(?::t[2-6])?:$/.exec(shortcode)?.[1]
  return (name === undefined ? undefined : nameToEmoji[discourseNames.get(name) ?? name]) ?? shortcode
}

/** Discourse's names that GitHub's list has under another. */
const discourseNames: ReadonlyMap<string, string> = new Map([
  ['slight_smile', 'slightly_smiling_face'],
  ['slight_frown', 'slightly_frowning_face'],
  ['upside_down', 'upside_down_face'],
  ['thinking_face', 'thinking'],
  ['hugging', 'hugs'],
  ['rolling_eyes', 'roll_eyes'],
  ['face_with_raised_eyebrow', 'raised_eyebrow'],
  ['sweat_drops', 'sweat_drops'],
  ['grinning_face', 'grinning'],
  ['thumbsup', '+1'],
  ['thumbsdown', '-1'],
])

function isAutolink(url: string): boolean {
  return /^https?:[^\s<>]+$/i.test(url)
}

function isPixel(element: HtmlElement): boolean {
  const tiny = (size: string) => /^[01](?:px)?$/.test(size)
  return (
    tiny(attribute(element, 'width')) ||
    tiny(attribute(element, 'height')) ||
    /(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)/i.test(attribute(element, 'style'))
  )
}
