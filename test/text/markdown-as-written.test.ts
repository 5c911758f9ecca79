import { describe, expect, it } from 'vitest'
import { toMarkdown } from '../../src/text/markdown/to-markdown.ts'

const converted = (markdown: string) => toMarkdown(markdown, 'markdown')

describe('a body that is Markdown', () => {
  it.each([
    ['tasks', '- [ ] one\n- [x] two\n  * [ ] three'],
    ['mentions, shortcodes and issues', '@sam :tada: see #12, org/repo#3 and 1a2b3c4'],
    ['footnotes', 'Text[^1] and[^note].\n\n[^1]: Note: a *word*.\n[^note]:\n    Long one.'],
    ['tables', '|a|b|\n|:--|--:|\n|`x | y`|<https://a.example>|'],
    ['alerts', '> [!WARNING]\n> Do **not** do *this*.'],
    [
      'links of all kinds',
      '[a](<b c> "t") ![d](e.png) <https://f.example> [g][h] [i]\n\n[h]: /j\n[i]: mailto:k@l.example',
    ],
    ['hard breaks and odd marks', 'a  \nb\\\nc\n***\n+ d\n1) e\n\nSetext\n===\n\n___'],
    ['comparisons', 'a < b, c <- d, x <= y, <3, 1<2 & 3>2'],
    [
      'code with tags',
      '`<b>` ``a ` <script>``\n\n    <script>\n\n~~~html\n<img onerror=x>\n~~~\n\n> ```\n> <b>\n> ```',
    ],
    ['code with links', '`[a](javascript:x)` and\n\n```\n[b]: javascript:y\n```'],
    ['an open fence', '```\n<b>\n[a](javascript:x)'],
    ['escapes', '\\<b> \\[a](b) &lt;i&gt; \\`<https://a.example>'],
    ['targets by name', '[a](docs/b.md) [c](#d) [e](?f=g:h) [i](//j.example) [k](tel:+331)'],
    ['indented code at its start', '    <b>\n    c'],
    ['a list that begins indented', '  - a <https://b.example>\n  - c'],
  ])('keeps %s as written', async (_, markdown) => {
    expect(await converted(markdown)).toBe(markdown)
  })

  it.each([
    [
      'keys, breaks and figures',
      'Press <kbd>Ctrl</kbd>+<kbd>C</kbd><br>for H<sub>2</sub>O',
      'Press `Ctrl`+`C`  \nfor H₂O',
    ],
    ['emphasis', 'a <b>b</b> <i>c</i> <del>d</del>\n- e', 'a **b** _c_ ~~d~~\n\n- e'],
    ['emphasis beside marks of its own', '**a <b>b* c</b>** *<i>d</i>*', '_a **b** c_\\* _d_'],
    ['what is around it', 'a\tb  *c* <u>d</u> `e  f`\n__g__ <!-- h -->', 'a b _c_ d `e f`  \n**g**'],
    [
      'folded text',
      '<details>\n<summary>Log <b>a</b></summary>\n\n```log\n<b>\n```\n\n</details>\n\nb',
      '**Log a**\n\n```log\n<b>\n```\n\nb',
    ],
    [
      'templates',
      '<!-- Thanks! -->\n### What\n\n<!--\nmore\n-->\n\nIt **fails**.',
      '### What\n\nIt **fails**.',
    ],
    ['blocks beside text', 'a\n<div>b</div>\nc\n\n<!-- d -->\ne', 'a\n\nb\n\nc\n\ne'],
    [
      'blocks in quotes',
      '> a\n> <p>b</p>\n>\n> c\n\n> <pre>x\n> y</pre>\nd',
      '> a\n> \n> b\n> \n> c\n\n> ```\n> x\n> y\n> ```\n\nd',
    ],
    ['blocks in lists', '1. <p>a</p>\n2. b\n   - <ul><li>c<li>d</ul>', '1. a\n2. b\n   - - c\n     - d'],
    ['comments between lists and code', '- a\n\n<!-- -->\n\n    <b>\n\n    c', '- a\n\n```\n<b>\n\nc\n```'],
    [
      'cells',
      '> |a|b|\n> |-|-|\n> |x<br>y|`<b>` \\| <i>z</i>|\n> |<b></b>|',
      '> | a | b |\n> | - | - |\n> | x y | `<b>` \\| _z_ |\n> |  |  |',
    ],
    ['headings', '## a <a name="b"></a> ##\n\nc <b>d</b>\n---', '## a\n\n## c **d**'],
    [
      'pictures',
      '<p align="center"><img src="https://a.example/b.png" width="20" alt="c" onerror="x"></p>',
      '![c](https://a.example/b.png)',
    ],
    ['pixels', 'a <img src="https://a.example/b.gif" width=1 height=1> b', 'a b'],
    [
      'linked pictures',
      '[<img src="/a.png" alt="b">](https://c.example) [![d](/e.png)](f)',
      '[![b](/a.png)](https://c.example) [![d](/e.png)](f)',
    ],
    [
      'links',
      '<a href="https://a.example" onclick="x">b `c`</a> <a href="javascript:d">e</a>',
      '[b `c`](https://a.example) e',
    ],
    ['scripts', 'a <script>alert(1)</script> b\n\n<script>\n\nalert(2)\n\n</script>\n\nc', 'a b\n\nc'],
    ['type parameters, which no renderer shows', 'a Map<String, List<int>> b', 'a Map\\<String, List> b'],
    ['tags made of tags', '<<b></b>script>alert(1)<<b></b>/script>', '\\<script>alert(1)\\</script>'],
    [
      'footnotes, as the text that they are',
      'a[^1]\n\n[^1]: <kbd>c</kbd>\n[^2]: d',
      'a\\[^1\\]\n\n\\[^1\\]: `c`  \n\\[^2\\]: d',
    ],
    ['tasks', '- [ ] a <b>b</b>\n- [x] c', '- [ ] a **b**\n- [x] c'],
    ['bare URLs', '<b>a</b> https://b.example/c*d~e_', '**a** <https://b.example/c*d~e_>'],
    [
      'blocks around Markdown',
      '<blockquote>\n\nWhy *not*?\n\n- a\n\n</blockquote>',
      '> Why _not_?\n> \n> - a',
    ],
    [
      'tags that would hide the rest, where nothing closes them',
      'The <title> tag\n\n<iframe src="/a">\n\nb',
      'The \\<title> tag\n\n\\<iframe src="/a">\n\nb',
    ],
    [
      'what would begin a block',
      '<b></b># a\n\n<i></i>1. b\n\n<u></u>~~~ c',
      '\\# a\n\n1\\. b\n\n\\~\\~\\~ c',
    ],
    [
      'a picture beside a figure below the line',
      'a <sub>1<img src="/f.png" alt="g"></sub>',
      'a 1![g](/f.png)',
    ],
    ['marks that tags kept apart', '<kbd>a</kbd>`b` *c*<u>*d*</u>', '`ab` _cd_'],
    ['code behind a bare URL, which is HTML to GitHub', 'https://a.example`<b>`', '<https://a.example`>\\`'],
  ])('makes Markdown of HTML: %s', async (_, markdown, expected) => {
    expect(await converted(markdown)).toBe(expected)
  })

  it.each([
    ['script links', '[a *b*](javascript:alert(1)) c', 'a _b_ c'],
    ['other cases', '[a](JavaScript:x) [b](VBSCRIPT:x) [c](data:text/html,x)', 'a b c'],
    [
      'entities',
      '[a](&#106;avascript:x) [b](javascript&colon;x) [c](java&Tab;script:x) [d](&#x6A;&#x61;vascript:x)',
      'a b c d',
    ],
    ['escapes', '[a](javascript\\:x) [b](<javascript:x y> "t")', 'a b'],
    [
      'control characters',
      '[a](\u0001javascript:x) [b](java\u200bscript:x) [c](<java\tscript:x>)',
      '\\[a\\](\u0001javascript:x) b c',
    ],
    ['pictures', '![a *b*](data:image/png;base64,AA) ![](javascript:x)c', 'a b c'],
    ['addresses in brackets', 'a <javascript:alert(1)> <std::vector>', 'a javascript:alert(1) std::vector'],
    ['definitions', '[a][b] [b] ![c][b]\n\n> [b]: javascript:x\n>   "t"', 'a b c'],
    ['definitions over lines', 'b [a\\]]\n\n[a\\]]:\n   <data:x>', 'b a\\]'],
    ['pictures in links', '[![a](https://b.example/c.png)](javascript:x)', '![a](https://b.example/c.png)'],
    ['links in tables', '|a|\n|-|\n|[b](javascript:x)|[c](data:x)|', '| a |\n| - |\n| b |'],
    ['texts that would begin a block', '[# a](javascript:x)\n\n[- b](javascript:x)', '\\# a\n\n\\- b'],
  ])('takes away targets: %s', async (_, markdown, expected) => {
    expect(await converted(markdown)).toBe(expected)
  })

  it('keeps the words of what is nested beyond reading', async () => {
    const deep = `${'> '.repeat(200)}<b>a</b>`
    expect(await converted(deep)).toContain('a')
    expect(await converted(await converted(deep))).toBe(await converted(deep))
  })
})
