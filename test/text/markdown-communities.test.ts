import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/text/markdown/plain-text.ts'
import { htmlToMarkdown } from '../../src/text/markdown/to-markdown.ts'

describe('what the software of communities makes of posts', () => {
  it.each([
    [
      'a Discourse quote, with who said it',
      '<aside class="quote no-group" data-username="nadia" data-post="2" data-topic="9"><div class="title"><div class="quote-controls"></div><img class="avatar" src="/a.png" alt="" width="24" height="24"> nadia:</div><blockquote><p>Try <b>this</b></p></blockquote></aside><p>Thanks</p>',
      '> nadia:\n> \n> Try **this**\n\nThanks',
    ],
    [
      'a Discourse quote without a title',
      '<aside class="quote" data-username="nadia"><blockquote><p>a</p></blockquote></aside>',
      '> nadia:\n> \n> a',
    ],
    [
      'quotes in quotes',
      '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><blockquote><p>c</p></blockquote>',
      '> a\n> \n> > b\n\n> c',
    ],
    [
      'a Discourse onebox, as a link with its title and what is said of it',
      '<aside class="onebox" data-onebox-src="https://example.org/a"><header class="source"><img class="site-icon" src="/i.png"><a href="https://example.org/a">example.org</a></header><article class="onebox-body"><img class="thumbnail" src="/t.png"><h3><a href="https://example.org/a">A guide</a></h3><p>How to begin.</p></article><div class="onebox-metadata"></div></aside>',
      '[A guide](https://example.org/a)\n\nHow to begin.',
    ],
    [
      'a picture that opens in large',
      '<div class="lightbox-wrapper"><a class="lightbox" href="/big.png"><img src="/small.png" alt="box"><div class="meta"><span class="filename">box</span><span class="informations">800×600 90 KB</span></div></a></div>',
      '[![box](/small.png)](/big.png)',
    ],
    [
      'mentions',
      '<a class="mention" href="/u/nadia">@nadia</a> and <a class="user-mention" href="/x">@paul</a>',
      '@nadia and @paul',
    ],
    [
      'hashtags',
      '<a class="hashtag-cased" href="/c/4"><svg><use href="#i"></use></svg><span>billing</span></a>',
      '#billing',
    ],
    ['emoji by name', '<img class="emoji" title=":slight_smile:" alt=":slight_smile:" src="/e.png">', '🙂'],
    [
      'emoji of the community’s own',
      '<img class="emoji emoji-custom" alt=":our_logo:" src="/e.png">',
      ':our_logo:',
    ],
    ['emoji as they are', '<g-emoji alias="tada">🎉</g-emoji>', '🎉'],
    [
      'spoilers as Stack Exchange writes them',
      '<blockquote class="spoiler"><p>It was the cable</p><p>Yes</p></blockquote>',
      '>! It was the cable\n> \n> Yes',
    ],
    ['spoilers of Discourse', '<div class="spoiler"><p>It was the cable</p></div>', '>! It was the cable'],
    ['spoilers inside a line', '<p>It was <span class="spoiler">the cable</span>.</p>', 'It was the cable.'],
    ['spoilers of Khoros', '<li-spoiler>It was the cable</li-spoiler>', '>! It was the cable'],
    [
      'details, under their summary',
      '<details><summary>Log</summary><pre>a</pre></details>',
      '**Log**\n\n```\na\n```',
    ],
    ['keys', 'Press <kbd>Ctrl</kbd>+<kbd>C</kbd>', 'Press `Ctrl`+`C`'],
    [
      'an image or a link beside a figure above or below the line',
      '<p>H<sub>2<img src="https://a.example/o.png" alt="o"></sub>, x<sup><a href="https://a.example/n">1</a></sup>, 10<sup><b>3</b></sup></p>',
      'H2![o](https://a.example/o.png), x[1](https://a.example/n), 10³',
    ],
    ['figures above and below the line', 'H<sub>2</sub>O, 10<sup>-6</sup>, 1<sup>st</sup>', 'H₂O, 10⁻⁶, 1st'],
    ['marks that Markdown has not', '<mark>a</mark> <ins>b</ins> <del>c</del>', 'a b ~~c~~'],
    ['formulas', '<p>so $a_1 * b_1$ and <span class="math">x^2</span></p>', 'so $a_1 \\* b_1$ and $x^2$'],
    [
      'footnotes',
      'a<sup class="footnote-ref"><a href="#fn1">[1]</a></sup><ol><li><p>why <a href="#r1" class="footnote-backref">↩︎</a></p></li></ol>',
      'a\\[1\\]\n\n1. why',
    ],
    [
      'polls, without their buttons',
      '<div class="poll"><ul><li>Red</li><li>Blue</li></ul><div class="poll-buttons"><a href="#">Vote</a></div></div>',
      '- Red\n- Blue',
    ],
    [
      'films and frames as links',
      '<p>See</p><iframe src="https://www.youtube.com/embed/x" title="A film"></iframe><video><source src="https://example.org/a.mp4"></video>',
      'See\n\n[A film](https://www.youtube.com/embed/x)\n\n<https://example.org/a.mp4>',
    ],
    [
      'tasks',
      '<ul><li class="task-list-item"><input type="checkbox" checked disabled> a</li><li><input type="checkbox"> b</li></ul>',
      '- [x] a\n- [ ] b',
    ],
    ['numbers that start later', '<ol start="4"><li>a</li><li value="9">b</li></ol>', '4. a\n9. b'],
    [
      'lists of different kinds in each other',
      '<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ul>',
      '- a\n  1. b\n     - c',
    ],
    ['lists as old editors nest them', '<ul><li>a</li><ul><li>b</li></ul></ul>', '- a\n  - b'],
    ['two lists of a kind in a row', '<ul><li>a</li></ul><ul><li>b</li></ul>', '- a\n\n* b'],
    [
      'code in a list',
      '<ol><li>a<pre><code>b\n\nc</code></pre></li></ol>',
      '1. a\n\n   ```\n   b\n\n   c\n   ```',
    ],
    ['line breaks and paragraphs made of them', 'a<br>b<br><br>c<br>', 'a  \nb\n\nc'],
    ['emphasis over several paragraphs', '<b><p>a</p><p>b</p></b>', '**a**\n\n**b**'],
    ['emphasis inside words', 'a<em>b</em>c <em>d</em>', 'a*b*c _d_'],
    [
      'tables with alignment and long cells',
      '<table><tr><th align="right">a</th><th style="text-align:center">b</th></tr><tr><td>1<br>2</td><td><p>3</p><p>4</p></td></tr></table>',
      '| a | b |\n| -: | :-: |\n| 1 2 | 3 4 |',
    ],
    [
      'tables that lay out a page as what they hold',
      '<table><tr><td><p>a</p><pre>b\nc</pre></td></tr></table>',
      'a\n\n```\nb\nc\n```',
    ],
  ])('is kept as Markdown: %s', (_, html, markdown) => {
    expect(htmlToMarkdown(html)).toBe(markdown)
  })

  it.each([
    ['GitHub', '<div class="highlight highlight-source-js"><pre>x</pre></div>', 'js'],
    ['Discourse', '<pre data-code-wrap="ruby"><code class="lang-ruby">x</code></pre>', 'ruby'],
    ['Khoros', '<li-code lang="python">x</li-code>', 'python'],
    ['Khoros in the past', '<pre class="lia-code-sample language-markup"><code>x</code></pre>', 'markup'],
    ['a comment of Stack Exchange', '<!-- language: lang-sql -->\n\n<pre><code>x</code></pre>', 'sql'],
    ['no one, for a human language', '<pre lang="en">x</pre>', ''],
  ])('has code in the language that it states: %s', (_, html, language) => {
    expect(htmlToMarkdown(html)).toBe(`\`\`\`${language}\nx\n\`\`\``)
  })

  it('is read without its marks by search', () => {
    expect(plainText(htmlToMarkdown('<blockquote class="spoiler"><p>a <kbd>B</kbd></p></blockquote>'))).toBe(
      'a B',
    )
  })
})
