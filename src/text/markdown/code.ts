import { attribute, find, textOf } from './html-elements.ts'
import type { HtmlElement } from './html-tree.ts'
import type { MarkdownWalk } from './walk.ts'

/** A code block as written, with the language that its markup states. */
export function codeBlock(element: HtmlElement, walk: MarkdownWalk): void {
  const language = languageOf(element) || walk.language
  walk.language = ''
  const code = textOf(element).replace(/^\n/, '').trimEnd()
  walk.endBlock()
  if (code.trim() === '') return
  if (walk.inLine) walk.to.inline.code(code)
  else walk.to.codeBlock(code, language)
  walk.endBlock()
}

export function inlineCode(element: HtmlElement, walk: MarkdownWalk): void {
  // A key may be a picture of it, which code cannot show.
  if (find(element, ({ name }) => name === 'img') !== undefined) {
    walk.children(element)
    return
  }
  const code = textOf(element)
  if (/^\s/.test(code)) walk.to.inline.space()
  if (code.trim() !== '') walk.to.inline.code(code.trim())
  if (/\s$/.test(code)) walk.to.inline.space()
}

/** Names that stand for no language, or for one to be guessed. */
const noLanguage = /^(?:none|auto|default|nohighlight|no-highlight|plaintext|plain|text|markup-none)$/i

/**
 * `class="lang-py"` or `"language-py"` (Stack Exchange, Discourse, Khoros, highlighters), `highlight-source-py` around
 * it (GitHub), `data-code-wrap` (Discourse), `lang` (Khoros) or `data-lang`; on the block, or on the code in it.
 */
function languageOf(element: HtmlElement): string {
  const inside = element.children.find((child) => typeof child !== 'string' && child.name === 'code')
  for (const each of [element, inside]) {
    if (each === undefined || typeof each === 'string' || each.attributes.size === 0) continue
    const named =
      /(?:^|\s)(?:lang(?:uage)?-|highlight-(?:source|text)-)([\w+#.-]{1,30})/.exec(
        attribute(each, 'class'),
      )?.[1] ||
      attribute(each, 'data-code-wrap') ||
      attribute(each, 'data-lang') ||
      (each.name.startsWith('li') ? attribute(each, 'lang') || attribute(each, 'language') : '')
    if (/^[\w+#.-]{1,30}$/.test(named)) return noLanguage.test(named) ? '' : named
  }
  return ''
}
