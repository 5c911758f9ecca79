import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/text/markdown/plain-text.ts'
import { htmlToMarkdown } from '../../src/text/markdown/to-markdown.ts'
import { propertyRuns } from '../support/matrix.ts'
import { renderMarkdown, visibleText } from './visible-text.ts'

/** Text that Markdown would take for marks, and text that it would not. */
const text = fc
  .oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[a-zé0-9 .,;:!?'"()*_`#+<>[\]&|\\~=/$^@{}-]{0,12}$/) },
    fc.constantFrom(
      'word',
      ' two words ',
      '1. ',
      '1) a',
      '# ',
      '> ',
      '- ',
      '+',
      '---',
      '===',
      '***',
      '```',
      '~~~',
      '| a | b |',
      '--|--',
      '!',
      '[x](y)',
      '<b>',
      '</p>',
      '&amp;',
      '&am',
      'p;',
      'script>',
      '<',
      ':-|',
      'https://example.com/a_b*c',
      '\u00a0',
      'l’été',
      '👍',
      '*',
      '_',
    ),
  )
  .map((each) => each.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))

const element = (names: readonly string[], content: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...names), content).map(([name, inner]) => `<${name}>${inner}</${name}>`)
const all = (content: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(content, { minLength: 1, maxLength }).map((parts) => parts.join(''))

const { inline, blocks } = fc.letrec<{ inline: string; blocks: string; items: string; rows: string }>(
  (tie) => ({
    inline: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      text,
      fc.constantFrom('<br>', ' ', '<img src="/a.png" alt="a *picture*">'),
      element(['em', 'strong', 'b', 'i', 'del', 'span', 'u', 'mark', 'ins', 'small'], all(tie('inline'), 3)),
      element(['code', 'kbd'], text),
      all(text, 2).map((inner) => `<a href="https://example.com/a_(b)?c=1&amp;d">${inner}</a>`),
    ),
    items: all(element(['li'], fc.oneof(all(tie('inline'), 3), tie('blocks'))), 3),
    rows: all(element(['tr'], all(element(['td', 'th'], all(tie('inline'), 2)), 3)), 3),
    blocks: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      element(['p', 'h1', 'h3', 'summary'], all(tie('inline'), 4)),
      all(tie('inline'), 3),
      element(['div', 'blockquote', 'section', 'details'], all(tie('blocks'), 3)),
      element(['ul', 'ol'], tie('items')),
      tie('items').map((items) => `<ol start="3">${items}</ol>`),
      element(['pre'], all(text, 3)),
      text.map((code) => `<pre><code class="language-js">${code}\n\n  ${code}\n</code></pre>`),
      element(['table'], element(['tbody'], tie('rows'))),
      fc.constant('<hr>'),
    ),
  }),
)

describe('HTML to Markdown and back', () => {
  it('shows the same text for any tree of elements', () => {
    fc.assert(
      fc.property(all(blocks, 4), (html) => {
        expect(visibleText(renderMarkdown(htmlToMarkdown(html)))).toBe(visibleText(html))
      }),
      { numRuns: propertyRuns(3000) },
    )
  })

  it('shows the same text for any run of inline elements', () => {
    fc.assert(
      fc.property(all(inline, 8), (html) => {
        expect(visibleText(renderMarkdown(htmlToMarkdown(html)))).toBe(visibleText(html))
      }),
      { numRuns: propertyRuns(3000) },
    )
  })

  it('gives the classifier and search the same text', () => {
    fc.assert(
      fc.property(all(blocks, 4), (html) => {
        const shown = plainText(htmlToMarkdown(html)).normalize('NFKC').replace(/\s+/g, ' ').trim()
        expect(shown).toBe(visibleText(html))
      }),
      { numRuns: propertyRuns(3000) },
    )
  })
})
