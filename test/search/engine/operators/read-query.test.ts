import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQuery } from '../../../../src/search/engine/operators/read-query.ts'

/** What a query asks for, without what it does not. */
function read(query: string) {
  const { text, literal, conditions } = readQuery(query)
  const asked = Object.entries(conditions).filter(([, list]) => list.length > 0)
  return {
    text: text.replace(/\s+/g, ' ').trim(),
    literal: literal.map(({ start, end }) => text.slice(start, end)),
    ...Object.fromEntries(asked),
  }
}

const anywhere = (words: string) => ({ words, inTitle: false })
const inTitle = (words: string) => ({ words, inTitle: true })

describe('operators', () => {
  it.each<[string, object]>([
    [
      '"mode avion" iPhone',
      { text: '"mode avion" iPhone', literal: ['mode avion'], holds: [anywhere('mode avion')] },
    ],
    [
      '«\u00a0mode avion\u00a0»',
      {
        text: '« mode avion »',
        literal: ['\u00a0mode avion\u00a0'],
        holds: [anywhere('\u00a0mode avion\u00a0')],
      },
    ],
    [
      '“airplane mode”?',
      { text: '“airplane mode”?', literal: ['airplane mode'], holds: [anywhere('airplane mode')] },
    ],
    ['box -fibre lente', { text: 'box lente', literal: [], lacks: [anywhere('fibre')] }],
    [
      'box -"mode avion" -«wi fi»',
      { text: 'box', literal: [], lacks: [anywhere('mode avion'), anywhere('wi fi')] },
    ],
    ['title:roaming prices', { text: 'roaming prices', literal: ['roaming'], holds: [inTitle('roaming')] }],
    ['Titre:"mode avion"', { text: '"mode avion"', literal: ['mode avion'], holds: [inTitle('mode avion')] }],
    ['prix -titre:box', { text: 'prix', literal: [], lacks: [inTitle('box')] }],
    [
      'router source:help-centre, lang:fr-CA',
      { text: 'router', literal: [], sources: ['helpcentre'], languages: ['fr'] },
    ],
    ['langue:français LANG:EN x', { text: 'x', literal: [], languages: ['fr', 'en'] }],
    [
      'x -lang:en -source:"My forum"',
      { text: 'x', literal: [], withoutLanguages: ['en'], withoutSources: ['myforum'] },
    ],
    ['(title:box)', { text: '(box)', literal: ['box'], holds: [inTitle('box')] }],
  ])('are read in %s', (query, expected) => expect(read(query)).toEqual(expected))

  it.each([
    '"mode avion',
    '« mode avion',
    'un écran de 5" et un de 7" ou 9"',
    '"" «» "???"',
    'title: roaming',
    'title:',
    'title:"',
    'source:',
    'source:"?"',
    'lang:klingon',
    'lang:c++',
    'inurl:box',
    'https://example.org/-box?x="y"',
    'erreur -1001',
    '- mon téléphone - ne marche pas',
    '-mon téléphone',
    'wi-fi e-mail peut-on',
    'ls --help -',
    '"box"lente',
  ])('that are written wrong or unknown are words: %s', (query) =>
    expect(read(query)).toEqual({ text: query.replace(/\s+/g, ' ').trim(), literal: [] }),
  )

  it('are bounded in a hostile query, which is read at once', () => {
    const many = readQuery('-box '.repeat(10_000))
    expect(many.conditions.lacks).toHaveLength(12)
    for (const piece of [
      '"',
      '“',
      '«a ',
      'title:"',
      '-',
      '-"a" ',
      'source:',
      '\0',
      '\ud800',
      '"\udc00" ',
      'lang:',
    ])
      expect(readQuery(piece.repeat(1_000_000 / piece.length)).text.length).toBeLessThanOrEqual(1_000_000)
  })

  it('never stumble, and literal parts lie in the text, in order', () => {
    const piece = fc.constantFrom(
      '"',
      '«',
      '»',
      '“',
      '”',
      '-',
      '−',
      ':',
      'title',
      'lang',
      'source',
      ' ',
      'box',
      'fr',
      '\ud800',
      '(',
    )
    const query = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(query, (q) => {
        const { text, literal } = readQuery(q)
        let end = 0
        for (const each of literal) {
          expect(each.start).toBeGreaterThanOrEqual(end)
          expect(each.end).toBeGreaterThan(each.start)
          end = each.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
