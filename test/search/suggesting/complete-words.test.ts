import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIENCES, type Audience, visibleTo } from '../../../src/access/audience.ts'
import { completeWords } from '../../../src/search/suggesting/complete-words.ts'
import { createTitleIndex, type TitledDocument } from '../../../src/search/suggesting/title-index.ts'
import { readTyped } from '../../../src/search/suggesting/typed-text.ts'

const SOURCES = ['forum', 'tickets']
const NONE: ReadonlySet<string> = new Set()

function article(id: string, title: string, given: Partial<TitledDocument> = {}): TitledDocument {
  return { id, kind: 'article', language: 'fr', audience: 'public', title, ...given }
}

/** What is completed among titles. */
function completing(documents: readonly TitledDocument[]) {
  const titles = createTitleIndex()
  for (const document of documents) titles.put(document)
  const complete = (
    q: string,
    audience: Audience = 'public',
    { visibleSources = SOURCES, without = NONE, languages = 'fr', limit = 3 } = {},
  ) => {
    const view = titles.view({ audience, visibleSources, without })
    return completeWords(view.words(languages === 'any' ? undefined : languages), readTyped(q), limit)
  }
  return { titles, complete, texts: (q: string) => complete(q).map(({ text }) => text) }
}

const FRENCH = [
  'Activer l’itinérance à l’étranger',
  'Activer l’itinérance en mer',
  'Utiliser ses données à l’étranger',
  'Lire sa facture',
  'Payer une facture',
  'Comment résilier son forfait',
  'Comment changer de forfait',
  'Déménagement : garder son numéro',
].map((title, n) => article(`a${n}`, title))

describe('completions', () => {
  it('finish the word that is typed, with its accents and after its elision, the words of most titles first', () => {
    const { complete, texts } = completing(FRENCH)
    expect(texts('fa')).toEqual(['facture'])
    expect(texts('itin')).toEqual(['itinérance'])
    expect(texts("l'itin")).toEqual(["l'itinérance"])
    expect(texts('Activer L’ITIN')).toEqual(['Activer L’itinérance'])
    expect(texts('DEMEN')).toEqual(['DEMEN'.replace('DEMEN', 'déménagement')])
    expect(complete('mon fac')).toEqual([{ text: 'mon facture', typed: 7 }])
    expect(texts('f')).toEqual(['facture', 'forfait'])
  })

  it('go on after a whole word, through the word that says something', () => {
    const { texts } = completing(FRENCH)
    expect(texts('donnees ')).toEqual(['donnees à l’étranger'])
    expect(texts('données à ')).toEqual(['données à l’étranger'])
    expect(texts("données à l'")).toEqual(["données à l'étranger"])
    expect(texts('itinérance')).toEqual(['itinérance à l’étranger', 'itinérance en mer'])
    expect(texts('comment ')).toEqual(['comment changer', 'comment résilier'])
    expect(texts('comment ré')).toEqual(['comment résilier'])
    // Something else follows a colon than what stands before it.
    expect(texts('déménagement ')).toEqual([])
    expect(texts('facture?')).toEqual([])
  })

  it('forgive one slip where nothing begins as typed, and never correct a word that there is', () => {
    const { texts } = completing([...FRENCH, article('x', 'Forfaits et fortune')])
    for (const slip of ['itinr', 'ittin', 'itimé', 'itniér', 'tiiné', 'xtinér'])
      expect([slip, ...texts(slip)]).toEqual([slip, 'itinérance'])
    expect(texts('iti nr')).toEqual([])
    expect(texts('xti')).toEqual([])
    expect(texts('mer')).toEqual([])
  })

  it('give a word and its plural once, and no stop word', () => {
    const { texts } = completing(
      ['Une facture', 'La facture', 'Des factures sans détail'].map((t, n) => article(`${n}`, t)),
    )
    expect(texts('fact')).toEqual(['facture'])
    expect(texts('de')).toEqual(['détail'])
  })

  it('hold no long number', () => {
    const { texts } = completing([article('n', 'Rappeler 0612345678 ou C12345678, offre 5G')])
    expect([...texts('061'), ...texts('c12'), ...texts('rappeler ')]).toEqual([])
    expect(texts('offre ')).toEqual(['offre 5g'])
  })

  it('are of the language asked for, or of any', () => {
    const { complete } = completing([
      article('f', 'Roaming fini'),
      article('e', 'Roaming finished', { language: 'en' }),
    ])
    expect(complete('fini').map(({ text }) => text)).toEqual([])
    expect(complete('fin', 'public', { languages: 'en' }).map(({ text }) => text)).toEqual(['finished'])
    expect(complete('fin', 'public', { languages: 'any' }).map(({ text }) => text)).toEqual([
      'fini',
      'finished',
    ])
    expect(complete('fin', 'public', { languages: 'xx' })).toEqual([])
  })

  it('answer nothing to nothing, and harm nobody', () => {
    const { complete } = completing(FRENCH)
    const hostile = [
      '',
      '   ',
      '\0',
      '\ud800',
      '\udc00fac',
      '’',
      "l'",
      '""',
      '-',
      'title:',
      'é'.repeat(1_000_000),
      '"'.repeat(500),
    ]
    for (const q of hostile) for (const { text } of complete(q)) expect(text).not.toMatch(/[\0\p{Cs}]/u)
    expect(complete('\ud800fac\0').map(({ text }) => text)).toEqual([])
    expect(complete('"fac').map(({ text }) => text)).toEqual(['"facture'])
    expect(complete('-title:fac').map(({ text }) => text)).toEqual(['-title:facture'])
    for (const name of ['constructor', '__proto__', 'toString']) expect(complete(name)).toEqual([])
  })
})

const WORDS = ['roaming', 'facture', 'factures', 'l’été', 'à', 'mer', 'merle', 'mère', 'où', 'merci']
const arbitraryTitle = fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((words) => words.join(' '))
const arbitraryDocument = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  kind: fc.constantFrom('article' as const, 'thread' as const),
  language: fc.constantFrom('fr', 'en'),
  audience: fc.constantFrom(...AUDIENCES),
  title: arbitraryTitle,
  source: fc.constantFrom(...SOURCES),
})
const arbitraryTyped = fc.constantFrom(
  'm',
  'me',
  'mer',
  'fact',
  'faxt',
  'à ',
  'roaming ',
  'roaming m',
  "l'",
  "l'e",
  'r',
)

describe('what a reader is completed', () => {
  it('is what the documents that they may see complete, and nothing of others in word, number or order', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryDocument, { maxLength: 12 }),
        fc.constantFrom(...AUDIENCES),
        fc.subarray(SOURCES),
        fc.subarray(['a', 'b', 'c']),
        arbitraryTyped,
        (documents, audience, visibleSources, locked, q) => {
          const now = [...new Map(documents.map((each) => [each.id, each])).values()]
          const seen = now.filter(
            (each) =>
              visibleTo(audience).includes(each.audience) &&
              (each.kind === 'article' || visibleSources.includes(each.source)) &&
              !locked.includes(each.id),
          )
          const view = { visibleSources, without: new Set(locked), limit: 5 }
          const all = completing(documents).complete(q, audience, view)
          expect(all).toEqual(completing(seen).complete(q, audience, view))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('does not depend on the order in which documents came, changed and went', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryDocument, { maxLength: 30 }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'x'), { maxLength: 4 }).map((ids): string[] => ids),
        arbitraryTyped,
        (documents, removed, q) => {
          const world = completing(documents)
          for (const id of removed) world.titles.remove(id)
          const left = [...new Map(documents.map((each) => [each.id, each])).values()].filter(
            ({ id }) => !removed.includes(id),
          )
          expect(world.titles.size).toBe(left.length)
          expect(world.complete(q, 'internal')).toEqual(completing(left.toReversed()).complete(q, 'internal'))
        },
      ),
      { numRuns: 500 },
    )
  })
})
