import { HtmlRenderer, Parser } from 'commonmark'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/text/markdown/plain-text.ts'
import { toMarkdown } from '../../src/text/markdown/to-markdown.ts'
import { propertyRuns } from '../support/matrix.ts'
import { visibleText } from './visible-text.ts'

const converted = (markdown: string) => toMarkdown(markdown, 'markdown')

/** Renderers that let HTML and every link pass: what comes out then is what the Markdown really holds. */
const careless = new MarkdownIt({ html: true })
careless.validateLink = () => true
const gfm = (markdown: string) => careless.render(markdown)
/** CommonMark's own, which shares nothing with the parser of the conversion. */
const commonMark = (markdown: string) => new HtmlRenderer().render(new Parser().parse(markdown))

const made = new Set(
  'p h1 h2 h3 h4 h5 h6 em strong s code pre a img ul ol li blockquote table thead tbody tr th td br hr'.split(
    ' ',
  ),
)

function dangersIn(html: string): string[] {
  const dangers: string[] = []
  const read = (node: DefaultTreeAdapterMap['node']) => {
    if ('tagName' in node) {
      if (!made.has(node.tagName)) dangers.push(`<${node.tagName}>`)
      for (const { name, value } of node.attrs) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these before they read the scheme
        const url = value.replace(/[\u0000-\u0020]/g, '')
        if (!/^(?:href|src|alt|title|class|start|style)$/.test(name)) dangers.push(name)
        if (/^(?:href|src)$/.test(name) && /^(?!https?:|mailto:|tel:|ftp:)[a-z][a-z\d+.-]*:/i.test(url))
          dangers.push(value)
      }
    }
    if ('childNodes' in node) for (const child of node.childNodes) read(child)
  }
  read(parseFragment(html))
  return dangers
}

const attack =
  `<script>|</script>|<img src=x onerror=steal()>|<a href="javascript:steal()">|</a>|[x](javascript:steal())
  |![x](data:x)|[|](javascript:x)|](|)|(|<javascript:x>|<b>|</b>|<!--|-->|<!-- -->|<![CDATA[|]]>|<?|?>|<!A |\`|\`\`|\`\`\`
  |~~~|> |- |1. |\\|&|&lt;|&#106;avascript:|[x]|[y][x]|*|**|_|~~|a|b c|# |<div>|</div>|<details>|<summary>|<pre>|</pre>|<code>
  |</code>|<table><tr><td>|<p>|<br>|"|'|!|=|<|>|<style>|<textarea>|<svg>|<kbd>|</kbd>|<sub>|https://a.example|java|script:|:
  |<h1>|<ul><li>|</ul>|<title>`
    .split(/\n? *\|/)
    .concat(
      '\n',
      '\n',
      '\n\n',
      '    ',
      ' ',
      '\t',
      '\u0001',
      '[x]: javascript:x\n',
      '[y]: <data:x> "t"\n',
      '===\n',
    )
const tables = ['|', '| ', '\n|-|-|\n', '| a | b |\n|---|---|\n', '\\|']

const soup = (pieces: readonly string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((each) => each.join(''))

const word = fc.stringMatching(/^[a-zé0-9 .,;:!?'"()*_`#+<[\]&|\\~=/$@{}-]{0,12}$/)

/** Text between tags that are closed where they should be, in the blocks that people write. */
const { page } = fc.letrec<{ line: string; page: string }>((tie) => ({
  line: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'word',
      'two words',
      ', ',
      ' ',
      '*em*',
      '**no**',
      '`<b> c`',
      '[a](/b "t")',
      '<https://a.example>',
    ),
    fc.constantFrom(
      '<br>',
      '<!-- c -->',
      '![d](/e.png)',
      '<img src="/f.png" alt="g">',
      '&lt;',
      ' \\<b> ',
      '1',
      'é',
    ),
    fc
      .tuple(fc.constantFrom('kbd', 'b', 'i', 'sub', 'u', 'span', 'del', 'mark'), tie('line'))
      .map(([name, inner]) => `<${name}>${inner}</${name}>`),
    fc.tuple(tie('line'), tie('line')).map((both) => both.join('')),
  ),
  page: fc
    .array(
      fc.oneof(
        tie('line').map((text) => `Text ${text}`),
        tie('line').map((text) => `## Head ${text}`),
        tie('line').map((text) => `- Item ${text}\n- [ ] ${text}\n  1. x ${text}`),
        tie('line').map((text) => `> Quote ${text}\n> y ${text}`),
        tie('line').map((text) => `| a | b |\n|---|---|\n| c ${text} | d |`),
        tie('line').map(
          (text) =>
            `<details>\n<summary>Sum ${text.replace(/[*`[\]<!&\\]/g, '')}</summary>\n\nIn ${text}\n\n</details>`,
        ),
        fc.constantFrom(
          '```\n<b>\n```',
          '    <i>\n',
          '***',
          '<p align="center">\n  <b>h</b>\n</p>',
          '<!--\nx\n-->',
        ),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((blocks) => blocks.join('\n\n')),
}))

describe('Markdown with tags, converted', () => {
  it('holds nothing that acts, even for a renderer that lets HTML pass', async () => {
    await fc.assert(
      fc.asyncProperty(soup([...attack, ...tables]), async (markdown) => {
        expect(dangersIn(gfm(await converted(markdown)))).toEqual([])
      }),
      { numRuns: propertyRuns(5000) },
    )
  })

  it('holds nothing that acts for one that knows no tables and shares nothing with ours', async () => {
    await fc.assert(
      fc.asyncProperty(soup(attack), async (markdown) => {
        expect(dangersIn(commonMark(await converted(markdown)))).toEqual([])
      }),
      { numRuns: propertyRuns(5000) },
    )
  })

  it('is converted once and for all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup([...attack, ...tables]), page), async (markdown) => {
        const once = await converted(markdown)
        expect(await converted(once)).toBe(once)
      }),
      { numRuns: propertyRuns(5000) },
    )
  })

  it('is as written where it holds no tags', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
        const markdown = words.join('\n').trim()
        fc.pre(!/<(?:$|[a-z/!?])|:/im.test(markdown))
        expect(await converted(markdown)).toBe(markdown)
      }),
      { numRuns: propertyRuns(2000) },
    )
  })

  it('shows what it showed but for space, where tags are closed', async () => {
    await fc.assert(
      fc.asyncProperty(page, async (markdown) => {
        const shown = (each: string) => visibleText(gfm(each)).replace(/\s/g, '')
        expect(shown(await converted(markdown))).toBe(shown(markdown))
      }),
      { numRuns: propertyRuns(3000) },
    )
  })

  const nested = (open: string, close: string) => (size: number) => {
    const depth = Math.floor(size / (open.length + close.length))
    return `${open.repeat(depth)}<b>${close.repeat(depth)}`
  }
  const times = (piece: string) => (size: number) => piece.repeat(Math.ceil(size / piece.length))
  const megabytes: readonly [name: string, make: (size: number) => string][] = [
    ['brackets', times('<')],
    ['tags that never end', times('<a b="')],
    ['tags', times('<b>x</b>')],
    ['open tags', times('<b>')],
    ['square brackets', times('[<b>')],
    ['targets', times('[a](javascript:b) ')],
    ['open targets', times('[a](javascript:')],
    ['references', times('[a][b]<b>')],
    ['nested pictures', nested('![', '](b)')],
    ['nested links', nested('[', '](b)')],
    ['quotes', times('> <b>')],
    ['quoted lines', times('> a <b>b</b>\n')],
    ['items', times('- <b>x\n')],
    ['one row', (size) => `${times('|<b>')(size)}\n${times('|-')(size)}`],
    ['rows', (size) => `|a|\n|-|\n${times('|<b>c\n')(size)}`],
    ['definitions', times('[a]: javascript:b\n')],
    ['comments', times('<!-- a -->\n')],
    ['backticks', times('`` <b> ` ')],
    ['URLs and code', times('//<b>`a`')],
    ['slashes', (size) => `<b>\`${times('/')(size)}`],
    ['escapes', times('\\<b>')],
    ['bangs', times('!<b>[x](y)</b>')],
    ['marks', times('*a <b>_b ')],
    ['headings', times('a<b>\n===\n')],
    ['breaks', times('a<br>')],
    ['HTML blocks', times('<div>\n\n')],
    [
      'references to a long target',
      (size) => `<b>\n\n${times('[a]')(size / 2)}\n\n[a]: /${times('b')(size / 2)}`,
    ],
    [
      'references to a long title',
      (size) => `<b>\n\n${times('[a]')(size / 2)}\n\n[a]: / "${times('b')(size / 2)}"`,
    ],
  ]
  it.each(megabytes)(
    'grows no faster than what it is made of: a megabyte of %s',
    async (_, make) => {
      const sizes: number[] = []
      for (const size of [250_000, 1_000_000]) sizes.push((await converted(`${make(size)}\n\nneedle`)).length)
      expect(sizes[1]).toBeLessThanOrEqual(sizes[0]! * 4.4 + 1000)
    },
    60_000,
  )

  it('reads as plain text too', async () => {
    const markdown = '<details><summary>a</summary>\n\n`<b>` <kbd>c</kbd> [d](javascript:e)\n</details>'
    expect(plainText(await converted(markdown))).toBe('a\n<b> c d')
  })
})
