import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/text/markdown/plain-text.ts'
import { htmlToMarkdown, toMarkdown } from '../../src/text/markdown/to-markdown.ts'
import { propertyRuns } from '../support/matrix.ts'

describe('HTML to Markdown', () => {
  it.each([
    ['paragraphs', '<p>One\n two.</p>\n\n<p>Three.</p>', 'One two.\n\nThree.'],
    ['emphasis', '<p><strong>no</strong> <em>way</em></p>', '**no** _way_'],
    ['headings', '<h2>Why</h2><p>so</p>', '## Why\n\nso'],
    ['lists', '<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['numbered lists', '<ol><li>a</li><li>b</li></ol>', '1. a\n2. b'],
    ['nested lists', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '- a\n  - b\n- c'],
    ['two lists in a row', '<ul><li>a</li></ul><ol><li>b</li></ol>', '- a\n\n1. b'],
    ['paragraphs in a list', '<ol><li><p>a</p><p>b</p></li><li>c</li></ol>', '1. a\n\n   b\n2. c'],
    ['quotes', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n> \n> b'],
    ['links', '<a href="https://example.org/a_b">here</a>', '[here](https://example.org/a_b)'],
    ['bare links', '<a href="https://example.org/a">https://example.org/a</a>', '<https://example.org/a>'],
    ['links with brackets', '<a href="/wiki/A_(b)">x</a>', '[x](/wiki/A_%28b%29)'],
    [
      'pictures',
      '<img src="https://example.org/i.png" alt="The [back]">',
      '![The \\[back\\]](https://example.org/i.png)',
    ],
    ['emoji', 'Hi <img class="emoji" src="https://example.org/e.png" alt=":wave:">', 'Hi 👋'],
    ['inline code', '<p>Run <code>a_b</code> or <code>a`b</code></p>', 'Run `a_b` or ``a`b``'],
    ['entities', 'AT&amp;T &eacute;t&eacute; &#8364;', 'AT&T été €'],
    ['no markup at all', 'just *this*, 1. and_that', 'just \\*this\\*, 1. and_that'],
  ])('keeps %s', (_, html, markdown) => {
    expect(htmlToMarkdown(html)).toBe(markdown)
  })

  it.each([
    ['Stack Exchange', '<pre class="lang-py prettyprint-override"><code>x = 1\n\n\n  y\n</code></pre>', 'py'],
    ['Discourse', '<pre><code class="lang-py">x = 1\n\n\n  y\n</code></pre>', 'py'],
    ['highlighters', '<pre><code class="hljs language-py">x = 1\n\n\n  <b>y</b>\n</code></pre>', 'py'],
    ['nobody', '<pre>x = 1\n\n\n  y\n</pre>', ''],
    ['nobody in particular', '<pre><code class="lang-auto">x = 1<br><br><br>  y</code></pre>', ''],
  ])('keeps code blocks as written, with the language that %s states', (_, html, language) => {
    expect(htmlToMarkdown(html)).toBe(`\`\`\`${language}\nx = 1\n\n\n  y\n\`\`\``)
  })

  it('fences code that holds a fence with a longer one', () => {
    expect(htmlToMarkdown('<pre><code>```\nx\n```</code></pre>')).toBe('````\n```\nx\n```\n````')
  })

  it('keeps tables, with bars in their cells', () => {
    const html =
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1|2|3</td><td>c</td></tr></tbody></table>'
    const [head, rule, row] = htmlToMarkdown(html).split('\n')
    expect(head).toMatch(/^\| a +\| b \|$/)
    expect(rule).toMatch(/^\| -+ \| - \|$/)
    expect(row).toBe('| 1\\|2\\|3 | c |')
  })

  it.each([
    ['scripts', '<p>a</p><script>alert(1)</script>', 'a'],
    ['styles', '<style>p { color: red }</style><p>a</p>', 'a'],
    ['handlers', '<p onclick="steal()">a <img src="/x.png" onerror="steal()"></p>', 'a ![](/x.png)'],
    ['script links', '<a href="javascript:steal()">a</a>', 'a'],
    ['disguised script links', '<a href=" jav&#x09;ascript&colon;steal()">a</a>', 'a'],
    ['data links', '<a href="data:text/html,x">a</a>', 'a'],
    ['data pictures', 'a<img src="data:image/png;base64,AAAA" alt="x">', 'a'],
    ['tracking pixels', 'a<img src="https://t.example/p.gif" width="1" height="1">', 'a'],
    ['hidden pictures', 'a<img src="https://t.example/p.gif" style="display: none">', 'a'],
    ['frames without a page', 'a<iframe src="javascript:steal()"></iframe>', 'a'],
    ['tracking frames', 'a<iframe src="https://t.example" width="1" height="1"></iframe>', 'a'],
    ['hidden text', 'a<div style="color: red; display:none">b</div><p hidden>c</p>', 'a'],
    ['drawings', 'a<svg><script>steal()</script><text>b</text></svg>', 'a'],
    [
      'what a page is told',
      '<base href="//e.example"><meta http-equiv="refresh" content="0"><link rel="x">a',
      'a',
    ],
    [
      'other sources of a picture',
      '<img src="/a.png" srcset="https://t.example/a.png 2x" style="background:url(//t.example)">',
      '![](/a.png)',
    ],
    ['comments', 'a<!-- <b>secret</b> -->', 'a'],
  ])('drops %s', (_, html, markdown) => {
    expect(htmlToMarkdown(html)).toBe(markdown)
  })

  it('never makes markup of what was text', () => {
    expect(htmlToMarkdown('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt; a &lt; b</p>')).toBe(
      '\\<script>alert(1)\\</script> \\&lt;b\\&gt; a < b',
    )
  })

  it('keeps every word of long balanced posts', () => {
    const words = Array.from({ length: 5000 }, (_, i) => `word${i}`)
    const html = words.map((word, i) => (i % 7 ? `<p>${word}</p>` : `<ul><li>${word}</li></ul>`)).join('\n')
    expect(plainText(htmlToMarkdown(html)).match(/word\d+/g)).toEqual(words)
  })
})

describe('a body of any format', () => {
  it('takes Markdown as it is, with line ends of one kind', async () => {
    expect(await toMarkdown(' \r\n  # A\r\n\r\n* b ', 'markdown')).toBe('  # A\n\n* b')
  })

  it('gives text back from what shows text', async () => {
    const plainly = fc.stringMatching(/^[a-zA-Zé0-9 .,;:!?'"()*_`#+<>[\]&|\\~=/-]{0,60}$/)
    await fc.assert(
      fc.asyncProperty(fc.array(plainly, { maxLength: 4 }), async (lines) => {
        const text = lines.map((line) => line.trim().replace(/ {2,}/g, ' '))
        const shown = text.filter((line) => line !== '').join('\n')
        expect(plainText(await toMarkdown(lines.join('\n'), 'text')).replace(/ {2,}/g, ' ')).toBe(shown)
      }),
      { numRuns: propertyRuns(2000) },
    )
  })
})

describe('Markdown as plain text', () => {
  it.each([
    ['## Why\n\nso', 'Why\nso'],
    ['**no** _way_ ~~never~~ `a*b*c`', 'no way never a*b*c'],
    ['[here](https://example.org "t") and <https://example.org/x>', 'here and https://example.org/x'],
    ['[![alt](a.png)](b)', 'alt'],
    ['[![alt][1]][2]\n\n[1]: a.png\n[2]: b', 'alt'],
    ['## Why ##\n\nC # and [a]( b)', 'Why\nC # and a'],
    ['> a\n>> b', 'a\nb'],
    ['- a\n  1. b', 'a\nb'],
    ['| a | b |\n| - | - |\n| c | d |', 'a b\nc d'],
    ['```py\nx *y* = _1_\n```\nend', 'x *y* = _1_\nend'],
    ['snake_case and 2 * 3 * 4', 'snake_case and 2 * 3 * 4'],
    ['the *n*th **a*b*c**', 'the nth abc'],
    ['*all\nof* it, **not', 'all\nof it, **not'],
    ['>! the butler', 'the butler'],
    ['- ```\n  a *b*\n  ```\n- c', 'a *b*\nc'],
    ['[a][1] &amp; [b](<x y> "t")\n\n[1]: https://example.org', 'a & b'],
    ['\\*not\\* \\<b>', '*not* <b>'],
    ['a\n\n---\n\nb', 'a\nb'],
  ])('%j', (markdown, text) => {
    expect(plainText(markdown)).toBe(text)
  })
})
