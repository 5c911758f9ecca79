import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/text/markdown/plain-text.ts'
import { htmlToMarkdown } from '../../src/text/markdown/to-markdown.ts'
import { propertyRuns } from '../support/matrix.ts'

/** A renderer that lets HTML and every link pass: what comes out then is what the Markdown really holds. */
const careless = new MarkdownIt({ html: true })
careless.validateLink = () => true

/** Tags that Markdown itself makes; any other came out of the text. */
const made = new Set(
  'p h1 h2 h3 h4 h5 h6 em strong s code pre a img ul ol li blockquote table thead tbody tr th td br hr'.split(
    ' ',
  ),
)

/** What of rendered Markdown would act, call or load anything but a picture by its address. */
function dangersIn(markdown: string): string[] {
  const dangers: string[] = []
  const read = (node: DefaultTreeAdapterMap['node']) => {
    if ('tagName' in node) {
      if (!made.has(node.tagName)) dangers.push(`<${node.tagName}>`)
      for (const { name, value } of node.attrs) {
        const isKnown = /^(?:href|src|alt|title|class|start|style)$/.test(name)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these before they read the scheme
        const url = value.replace(/[\u0000-\u0020]/g, '')
        if (!isKnown || (name === 'style' && !/^text-align:\w+$/.test(value))) dangers.push(name)
        if (/^(?:href|src)$/.test(name) && /^(?!https?:|mailto:|tel:|ftp:)[a-z][a-z\d+.-]*:/i.test(url))
          dangers.push(value)
      }
    }
    if ('childNodes' in node) for (const child of node.childNodes) read(child)
  }
  read(parseFragment(careless.render(markdown)))
  return dangers
}

const attack = fc.constantFrom(
  '<script>',
  '</script>',
  '&lt;script&gt;',
  '&lt;',
  '&gt;',
  '&amp;lt;',
  'script>',
  '<img src=x onerror=steal()>',
  '&lt;img src=x onerror=steal()&gt;',
  '<a href="javascript:steal()">',
  '<a href="&#1;java&#10;script:steal()">',
  '[x](javascript:steal())',
  '![x](javascript:steal())',
  '<a href="https://a.example/&quot;onclick=steal()">',
  '<a href="https://a.example/ (x) &lt;b&gt;">',
  '<img alt="](javascript:steal())" src="https://a.example/i.png">',
  '<img alt="&lt;script&gt;" src="/i.png">',
  '</a>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<svg>',
  '<math>',
  '<style>',
  '</style>',
  '<title>',
  '<textarea>',
  '<noscript><p title="</noscript><img src=x onerror=steal()>">',
  '<b>',
  '</b>',
  '<pre>',
  '</pre>',
  '<code>',
  '</code>',
  '```',
  '`',
  '\n',
  '<br>',
  '<p>',
  '<td>',
  '<table><tr><td>',
  '<ul><li>',
  '|',
  '\\',
  '!',
  '[x]: javascript:steal()',
  '<iframe src="https://a.example" title="&lt;b&gt;](javascript:x)">',
  '<span class="math">',
  '<input type="checkbox">',
)

describe('Markdown made of hostile HTML', () => {
  it('holds nothing that acts, even for a renderer that lets HTML pass', () => {
    const soup = fc.array(fc.oneof({ weight: 3, arbitrary: attack }, fc.string({ maxLength: 8 })), {
      maxLength: 25,
    })
    fc.assert(
      fc.property(soup, (pieces) => {
        expect(dangersIn(htmlToMarkdown(pieces.join('')))).toEqual([])
      }),
      { numRuns: propertyRuns(5000) },
    )
  })

  it('holds nothing that acts for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>/!?&;#:=()[]*_`~|\\"\' \nascript1x') }), (text) => {
        expect(dangersIn(htmlToMarkdown(text))).toEqual([])
        expect(dangersIn(htmlToMarkdown(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')))).toEqual([])
      }),
      { numRuns: propertyRuns(5000) },
    )
  })

  const times = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length))
  it.each([
    ['nested blocks', '<div>', ''],
    ['nested quotes', '<blockquote>', '</blockquote>'],
    ['nested lists', '<ul><li>', ''],
    ['nested lists with text', '<ol><li>x<br>y', ''],
    ['nested tables', '<table><tr><td>', ''],
    ['crossed tags', '<b><i></b></i>', ''],
    ['nested links', '<a href="/x"><div>x', ''],
    ['emphasis', '<em>a<b>b', ''],
    ['closing tags', '</b></div>', ''],
    ['brackets', '<', ''],
    ['square brackets', '[', ''],
    ['links as text', '[a](', ''],
    ['asterisks', '*', ''],
    ['asterisks and letters', '*a _b ', ''],
    ['backticks', '`` a `', ''],
    ['ampersands', '&', ''],
    ['digits', '1', ''],
    ['bars', '|', ''],
    ['dashes', '- ', ''],
    ['line breaks', '<br>x', ''],
    ['paragraphs', '<p>a b c</p>', ''],
    ['comments', '<!-- <b>', ''],
    ['entities', '&lt;&ampx', ''],
    ['spaces', ' \t', ''],
  ])('grows no faster than what it is made of, and keeps the text: a megabyte of %s', (_, before, after) => {
    const sizes = [250_000, 1_000_000].map((size) => {
      const markdown = htmlToMarkdown(`${times(before, size)} needle ${times(after, after.length && size)}`)
      const isComment = before.startsWith('<!--')
      expect(plainText(markdown).includes('needle')).toBe(!isComment)
      return markdown.length
    })
    expect(sizes[1]).toBeLessThanOrEqual(sizes[0]! * 4.4 + 1000)
  })
})
