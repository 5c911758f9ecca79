import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseQuery } from '../../../src/search/engine/analyse-query.ts'
import { createTextReader } from '../../../src/search/engine/read-text.ts'
import { makeSnippet, type Snippet, type SnippetOptions } from '../../../src/search/engine/snippet.ts'
import { createTermAnalyser } from '../../../src/text/terms/terms.ts'

const analyser = createTermAnalyser()
const read = createTextReader(analyser)

function snippet(
  text: string,
  query: string,
  options: SnippetOptions & { language?: string; prefix?: boolean } = {},
) {
  const { language = 'fr', prefix } = options
  return makeSnippet(read, { text, language }, analyseQuery(analyser, query, { language, prefix }), options)
}

const marked = ({ text, marks }: Snippet) => marks.map(([start, end]) => text.slice(start, end))

describe('snippet', () => {
  it('marks words of the same family', () => {
    const found = snippet('Une facture, deux Factures ; la facturation.', 'factures')
    expect(found.text).toBe('Une facture, deux Factures ; la facturation.')
    expect(marked(found)).toEqual(['facture', 'Factures', 'facturation'])
  })

  it('marks accented words from a query without accents, and what follows an elision', () => {
    expect(marked(snippet("L'électricité et l’antenne du réseau", 'antenne reseau electricite'))).toEqual([
      'électricité',
      'antenne',
      'réseau',
    ])
  })

  it('marks a compound once, whole or by the part that was asked for', () => {
    expect(marked(snippet('Erreur E-204 affichée', 'E204'))).toEqual(['E-204'])
    expect(marked(snippet('Erreur E-204 affichée', 'E-204'))).toEqual(['E-204'])
    expect(marked(snippet('Erreur E-204 affichée', 'erreur 204'))).toEqual(['Erreur', '204'])
  })

  it('marks an unfinished word', () => {
    expect(marked(snippet('Le prélèvement automatique', 'prélèv', { prefix: true }))).toEqual(['prélèvement'])
  })

  it('does not mark stop words', () => {
    expect(marked(snippet('la box de la maison', 'la box de mon bureau'))).toEqual(['box'])
  })

  it('shows the passage that holds most of the words asked for', () => {
    const filler = (count: number) => Array.from({ length: count }, (_, n) => `mot${n}`).join(' ')
    const text = `facture ${filler(60)} résilier la facture du forfait ${filler(60)} forfait`
    const found = snippet(text, 'résilier facture forfait')
    expect(marked(found)).toEqual(['résilier', 'facture', 'forfait'])
    expect(found.text.startsWith('… mot')).toBe(true)
    expect(found.text.endsWith(' …')).toBe(true)
    expect(found.text.split(' ').length).toBe(32)
  })

  it('shows the beginning when nothing matches, and nothing of nothing', () => {
    expect(snippet('un deux trois quatre', 'absent', { words: 2 })).toEqual({ text: 'un deux …', marks: [] })
    expect(snippet(' \n ', 'absent')).toEqual({ text: '', marks: [] })
  })

  it('evens out white space without losing its place', () => {
    const found = snippet('  La\n\n  facture \t impayée ', 'facture')
    expect(found.text).toBe('La facture impayée')
    expect(marked(found)).toEqual(['facture'])
  })

  it('leaves markup as the text it is', () => {
    const found = snippet('<b onclick="x()">facture</b> & <script>', 'facture')
    expect(found.text).toBe('<b onclick="x()">facture</b> & <script>')
    expect(marked(found)).toEqual(['facture'])
  })

  it('keeps words without end within bounds, and the match in sight', () => {
    const found = snippet(`${'x'.repeat(3000)} facture ${'y'.repeat(3000)}`, 'facture')
    expect(found.text.length).toBeLessThan(420)
    expect(marked(found)).toEqual(['facture'])
  })

  it('marks only whole matches, in order and apart, whatever the text', () => {
    const pieces = fc.constantFrom(
      'facture',
      'E-204',
      ' ',
      '\n',
      '😀',
      '<i>',
      "l'",
      '-',
      'forfait',
      '\uD83D',
      'x',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 120 }), fc.integer({ min: 1, max: 40 }), (list, words) => {
        const { text, marks } = snippet(list.join(''), 'facture forfait E-204', { words })
        let last = 0
        for (const [start, end] of marks) {
          expect(start >= last && end > start && end <= text.length).toBe(true)
          expect(text.slice(start, end)).toMatch(/factur|forfait|204/i)
          last = end
        }
      }),
    )
  })
})
