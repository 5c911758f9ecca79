import { expect, it } from 'vitest'
import { blocksOf } from '../../../src/articles/extraction/blocks.ts'
import { sentencesOf } from '../../../src/articles/extraction/sentences.ts'

const textsOf = (prose: string) => sentencesOf(prose).map(({ text }) => text)
const kindsOf = (markdown: string) => blocksOf(markdown).map(({ kind }) => kind)

it.each([
  ['One. Two! Three? Four… Five', ['One.', 'Two!', 'Three?', 'Four…', 'Five']],
  ['Que faire ? Rien ! Si : attendre.', ['Que faire ?', 'Rien !', 'Si : attendre.']],
  ['M. Durand, env. 5 min. max. Voilà.', ['M. Durand, env. 5 min. max. Voilà.']],
  [
    'It costs 3.50 at 8 a.m. on Monday, e.g. here. Fine.',
    ['It costs 3.50 at 8 a.m. on Monday, e.g. here.', 'Fine.'],
  ],
  ['La box coupe à 2 h. Merci.', ['La box coupe à 2 h.', 'Merci.']],
  ['deux causes. branche-toi. relance', ['deux causes.', 'branche-toi.', 'relance']],
  ['Il dit « Non. Jamais. » et part. Bien.', ['Il dit « Non. Jamais. » et part.', 'Bien.']],
  ['**First. Second.** (A note. Long.) Third.', ['**First. Second.**', '(A note. Long.)', 'Third.']],
  [
    'See `a. b` and [a. b](https://x.example/a.b?c=d). Done.',
    ['See `a. b` and [a. b](https://x.example/a.b?c=d).', 'Done.'],
  ],
  ['Let $a. b$ be. Then.', ['Let $a. b$ be.', 'Then.']],
  ['Bonjour,\nla box coupe\nBernard', ['Bonjour,', 'la box coupe', 'Bernard']],
])('sentences of %s', (prose, expected) => {
  expect(textsOf(prose)).toEqual(expected)
})

it('goes on over a line that a mail program broke', () => {
  const wrapped = 'This is a rather long line of a mail which its program has broken\nwhere no sentence ends.'
  expect(textsOf(wrapped)).toEqual([wrapped])
})

it.each([
  ['text\n\n- a\n- b\n\n  more\ntext', ['prose', 'list', 'prose']],
  ['- a\n\n1. b', ['list', 'list']],
  ['```\n# no heading\n\n| no | table |\n```\ntext', ['code', 'prose']],
  ['- a\n  ```\n\n  - no item\n  ```\n- b', ['list']],
  ['text\n```js\ncode\n```', ['prose', 'code']],
  ['a | b\n--|--\n1 | 2\n\ntext', ['table', 'prose']],
  ['Title\n---\n\ntext\n\n---', ['heading', 'prose', 'rule']],
  ['$$x$$\n\n$$\ny\n\nz\n$$\nend', ['math', 'math', 'prose']],
  ['$$ unclosed', ['prose']],
  ['> a\n> b\ntext', ['quote', 'prose']],
  ['<pre>\n\na\n</pre>\n\n<!-- a\n\nb -->\n\n[x]: https://x.example', ['html', 'html', 'definition']],
  ['text\n    goes on', ['prose']],
  ['2024. A year', ['list']],
])('blocks of %j', (markdown, expected) => {
  expect(kindsOf(markdown)).toEqual(expected)
})
