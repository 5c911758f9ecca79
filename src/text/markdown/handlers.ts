import { codeBlock, inlineCode } from './code.ts'
import { communityHandler, math, quote, spoiler } from './communities.ts'
import { attribute, find, textOf } from './html-elements.ts'
import { list } from './lists.ts'
import { embedded, emojiOf, image, link } from './media.ts'
import { table } from './table.ts'
import type { Handler, Handlers } from './walk.ts'

const emphasis =
  (kind: 'em' | 'strong' | 'del'): Handler =>
  (element, walk) => {
    walk.to.inline.open(kind)
    walk.children(element)
    walk.to.inline.close()
  }

const heading =
  (level: number): Handler =>
  (element, walk) => {
    walk.endBlock()
    const alone = !walk.inLine
    walk.oneLine(() => walk.children(element))
    if (alone) walk.to.heading(level)
    walk.endBlock()
  }

/** What stands around figures and is nothing without them; an image or a link would be lost with its element. */
const merelyText: ReadonlySet<string> = new Set(['b', 'strong', 'i', 'em', 'u', 'small', 'span', 'font'])

/** Small figures that Unicode has are lost in plain text otherwise: 10² is not 102. */
const raised =
  (figures: string): Handler =>
  (element, walk) => {
    const text = textOf(element).trim()
    const isMore = find(element, ({ name }) => !merelyText.has(name))
    if (isMore !== undefined || !/^[\d+-]{1,12}$/.test(text)) return walk.children(element)
    walk.to.inline.text([...text].map((each) => figures['0123456789+-'.indexOf(each)]).join(''))
  }

const byName: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['em', emphasis('em')],
  ['i', emphasis('em')],
  ['strong', emphasis('strong')],
  ['b', emphasis('strong')],
  ['del', emphasis('del')],
  ['s', emphasis('del')],
  ['strike', emphasis('del')],
  ['code', inlineCode],
  ['kbd', inlineCode],
  ['samp', inlineCode],
  ['tt', inlineCode],
  ['sup', raised('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻')],
  ['sub', raised('₀₁₂₃₄₅₆₇₈₉₊₋')],
  ...[1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, heading(level)] as const),
  ['pre', codeBlock],
  ['li-code', codeBlock],
  ['lia-code', codeBlock],
  [
    '!language',
    (element, walk) => {
      walk.language = textOf(element.children[0]!).replace(/^lang-/, '')
    },
  ],
  ['blockquote', quote],
  ['li-spoiler', spoiler],
  ['ul', list],
  ['ol', list],
  ['table', table],
  ['a', link],
  ['img', image],
  ['image', image],
  ['iframe', embedded],
  ['video', embedded],
  ['audio', embedded],
  ['math', math],
  [
    'br',
    (_, walk) => {
      if (walk.inLine) walk.to.inline.space()
      else if (walk.to.inline.lineBreak() === 'paragraph') walk.to.endParagraph()
    },
  ],
  [
    'hr',
    (_, walk) => {
      walk.endBlock()
      if (!walk.inLine) walk.to.rule()
    },
  ],
  [
    'summary',
    (element, walk) => {
      walk.endBlock()
      walk.to.inline.open('strong')
      walk.oneLine(() => walk.children(element))
      walk.to.inline.close()
      walk.endBlock()
    },
  ],
  [
    'input',
    (element, walk) => {
      if (attribute(element, 'type') !== 'checkbox') return
      walk.to.inline.markdown(element.attributes.has('checked') ? '[x]' : '[ ]')
      walk.to.inline.space()
    },
  ],
  ['li-user', (element, walk) => walk.to.inline.text(textOf(element) || `@${attribute(element, 'login')}`)],
  [
    'li-emoji',
    (element, walk) => walk.to.inline.text(textOf(element) || emojiOf(attribute(element, 'title'))),
  ],
])

export const handlers: Handlers = { byName, byClass: communityHandler }
