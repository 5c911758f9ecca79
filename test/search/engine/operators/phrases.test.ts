import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSearchEngine, type SearchEngine } from '../../../../src/search/engine/create-search-engine.ts'
import type { SearchDocument } from '../../../../src/search/engine/document.ts'
import { readQuery } from '../../../../src/search/engine/operators/read-query.ts'

const document = (
  id: string,
  title: string,
  body = '',
  more: Partial<SearchDocument> = {},
): SearchDocument => ({
  id,
  kind: 'article',
  language: 'fr',
  audience: 'public',
  title,
  body,
  tags: [],
  ...more,
})

function engineWith(...documents: readonly SearchDocument[]): SearchEngine {
  const engine = createSearchEngine({ index: { sealAt: 8, fanOut: 2 }, toleratedRemovals: 3 })
  for (const each of documents) engine.put(each)
  return engine
}

const find = (engine: SearchEngine, q: string) =>
  engine
    .query({ ...readQuery(q), audience: 'public', limit: 100 })
    .hits.map(({ id }) => id)
    .sort()

describe('a quoted phrase', () => {
  const engine = engineWith(
    document('title', 'Changer le mot de passe'),
    document('body', 'Sécurité', 'Notez les mots de passe sur papier.'),
    document('apart', 'Le mot du jour', 'Une passe étroite.'),
    document('turned', 'Passe et mot de la fin'),
    document('between', 'Mot très secret de passe'),
    document('across', 'Mot de', 'passe'),
    document('mail', 'Mon e-mail perdu'),
    document('email', 'Mon email perdu'),
    document('code', 'Erreur E-204 sur la box', 'Vue avec 16.4.1 hier.'),
    document('english', 'It does not work', 'The airplane mode is off.', { language: 'en' }),
    document('other', 'Flugmodus airplane modes', '', { language: 'de' }),
    document('tags', 'Divers', '', { tags: ['carte sim', 'perdue'] }),
  )
  it.each<[string, string[]]>([
    ['"mot de passe"', ['body', 'title']],
    ['« Mots de Passe »', ['body', 'title']],
    ['"mot passe"', []],
    ['"passe mot"', []],
    ['"mon email perdu"', ['email', 'mail']],
    ['"mon e-mail perdu"', ['email', 'mail']],
    ['"mail perdu"', ['mail']],
    ['"email mail"', []],
    ['"erreur e204"', ['code']],
    ['"erreur E-204 sur"', ['code']],
    ['"avec 16.4.1 hier"', ['code']],
    ['"airplane mode"', ['english', 'other']],
    ['airplane "not work"', ['english']],
    ['"carte sim"', ['tags']],
    ['"sim perdue"', []],
    ['title:"mot de passe"', ['title']],
    ['passe title:mots', ['across', 'apart', 'between', 'title', 'turned']],
    ['passe -"mot de passe" -turned', ['across', 'apart', 'between', 'turned']],
    ['passe -title:passe', ['across', 'apart', 'body']],
    ['mot -passe', []],
    ['airplane lang:en', ['english']],
    ['airplane -lang:en', ['other']],
    ['airplane source:nowhere', []],
    ['lang:fr', []],
    ['-passe', []],
  ])('%s', (q, ids) => expect(find(engine, q)).toEqual(ids))

  it('is found deep in a long text, after removals, merges and a snapshot', () => {
    const filler = Array.from({ length: 3_000 }, (_, n) => `mot${n}`).join(' ')
    const long = engineWith(
      document('gone', 'x', 'mode avion'),
      document('long', 'Guide', `${filler} mode avion ${filler}`),
      ...Array.from({ length: 12 }, (_, n) => document(`d${n}`, 'mode', 'avion')),
    )
    long.remove('gone')
    for (let n = 0; n < 12; n++) long.remove(`d${n}`)
    expect(find(long, '"mode avion"')).toEqual(['long'])
    const restored = createSearchEngine()
    restored.restore(long.snapshot())
    expect(find(restored, '"mode avion"')).toEqual(['long'])
    expect(find(long, '"avion mode"')).toEqual([])
  })

  it('stands in a text exactly where its words follow each other, as written out plainly', () => {
    const word = fc.constantFrom('modem', 'box', 'de', 'la', 'réseau', 'lente')
    const sentence = fc.array(word, { maxLength: 12 })
    fc.assert(
      fc.property(
        fc.array(sentence, { maxLength: 6 }),
        fc.array(word, { minLength: 1, maxLength: 3 }),
        (texts, phrase) => {
          const some = engineWith(
            ...texts.map((text, n) =>
              document(`d${n}`, text.slice(0, 2).join(' '), `modem. ${text.join(' ')}`),
            ),
          )
          const wanted = ` ${phrase.join(' ')} `
          const expected = texts.flatMap((text, n) =>
            [text.slice(0, 2), ['modem', ...text]].some((each) => ` ${each.join(' ')} `.includes(wanted))
              ? [`d${n}`]
              : [],
          )
          const holding = find(some, `modem "${phrase.join(' ')}"`)
          expect(holding).toEqual(expected.sort())
          const without = find(some, `modem -"${phrase.join(' ')}"`)
          expect([...holding, ...without].sort()).toEqual(texts.map((_, n) => `d${n}`).sort())
        },
      ),
    )
  })

  it('is marked as a whole, and its words alone are not', () => {
    const marked = (text: string, q: string) => {
      const { analysis } = engine.query({ ...readQuery(q), audience: 'public' })
      const { text: passage, marks } = engine.snippet(text, 'fr', analysis)
      return marks.map(([start, end]) => passage.slice(start, end))
    }
    const text = `Un mot. ${'Et puis. '.repeat(40)} Le mot de passe de la box, et l’e-mail perdu.`
    expect(marked(text, '"mot de passe"')).toEqual(['mot de passe'])
    expect(marked(text, 'box "mots de passe"')).toEqual(['mot de passe', 'box'])
    expect(marked(text, '"email perdu"')).toEqual(['e-mail perdu'])
    expect(marked(text, 'mot')).toContain('mot')
  })
})
