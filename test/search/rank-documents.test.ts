import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIENCES } from '../../src/access/audience.ts'
import { createSearchEngine, type SearchEngine } from '../../src/search/engine/create-search-engine.ts'
import type { SearchDocument } from '../../src/search/engine/document.ts'
import { type RankedQuery, rankDocuments } from '../../src/search/rank-documents.ts'
import { documents, queries, text } from './engine/arbitraries.ts'

const smallEngine = () => createSearchEngine({ index: { sealAt: 8, fanOut: 2 }, toleratedRemovals: 3 })

const everything = { visibleSources: ['forum', ''], without: new Set<string>(), limit: 1000, offset: 0 }

function rank(engine: SearchEngine, q: string, more: Partial<RankedQuery> = {}) {
  return rankDocuments(engine, { text: q, audience: 'public', ...everything, ...more })
}

function engineWith(all: readonly SearchDocument[]): SearchEngine {
  const engine = smallEngine()
  for (const document of all) engine.put(document)
  return engine
}

const article = (
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

const idsOf = (engine: SearchEngine, q: string, more: Partial<RankedQuery> = {}) =>
  rank(engine, q, more).hits.map(({ id }) => id)

const some = fc.uniqueArray(documents, { selector: ({ id }) => id, maxLength: 12 })
const asked = fc.tuple(
  queries.map((query) => query.text),
  fc.constantFrom(...AUDIENCES),
)

describe('ranking', () => {
  it('is the same whatever the order in which documents came, were removed and were merged', () => {
    fc.assert(
      fc.property(some, some, asked, fc.boolean(), (kept, others, [q, audience], compacted) => {
        const engine = smallEngine()
        for (const other of others) engine.put(other)
        for (const document of kept.toReversed()) engine.put({ ...document, title: 'facture modem' })
        for (const { id } of others) engine.remove(id)
        for (const document of kept.toReversed()) engine.put(document)
        if (compacted) engine.snapshot()
        expect(rank(engine, q, { audience })).toEqual(rank(engineWith(kept), q, { audience }))
      }),
    )
  })

  it('is for a reader what it would be if what he may not see were not there', () => {
    const typed = fc.oneof(
      text,
      fc.constantFrom('factrue', 'facturationn du forfiat', 'internatioanl bill', 'reseauxx l eau', 'e sim'),
    )
    fc.assert(
      fc.property(some, typed, fc.constantFrom(...AUDIENCES), (all, q, audience) => {
        const seen = all.filter((each) => AUDIENCES.indexOf(each.audience) >= AUDIENCES.indexOf(audience))
        expect(rank(engineWith(all), q, { audience })).toEqual(rank(engineWith(seen), q, { audience }))
      }),
    )
  })

  it('gives pages that join into the whole', () => {
    fc.assert(
      fc.property(some, asked, fc.integer({ min: 1, max: 4 }), (all, [q, audience], limit) => {
        const engine = engineWith(all)
        const whole = rank(engine, q, { audience })
        const pages = Array.from({ length: 12 }, (_, page) =>
          rank(engine, q, { audience, limit, offset: page * limit }),
        )
        expect(pages.flatMap(({ hits }) => hits)).toEqual(whole.hits)
        for (const { total } of pages) expect(total).toBe(whole.total)
        if (whole.fits) expect(whole.total).toBe(whole.hits.length)
      }),
    )
  })

  it('is of the documents asked for alone: a stricter filter never adds one', () => {
    const filters = fc.record(
      {
        kind: fc.constantFrom('article', 'thread'),
        category: fc.constantFrom('billing', 'network'),
        source: fc.constantFrom('forum'),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(some, asked, filters, (all, [q, audience], filter) => {
        const engine = engineWith(all)
        const loose = idsOf(engine, q, { audience })
        const byId = new Map(all.map((each) => [each.id, each]))
        for (const id of idsOf(engine, q, { audience, ...filter })) {
          expect(loose).toContain(id)
          expect(byId.get(id)).toMatchObject(filter)
        }
      }),
    )
  })

  it('puts first the title that asks the same, and gives no weight to a heading that many share', () => {
    const engine = engineWith([
      article('asks', 'Comment résilier mon abonnement avant la fin ?', 'Écrivez-nous une lettre.'),
      article(
        'tells',
        'Abonnement',
        'Comment résilier mon abonnement avant la fin : il suffit de nous écrire.',
      ),
      article('other', 'Abonnement', 'La fin du mois approche.'),
    ])
    expect(idsOf(engine, 'comment résilier avant la fin mon abonnement')[0]).toBe('asks')
  })

  it('says that nothing fits, and what is nearest, where the words asked for are mostly unknown', () => {
    const engine = engineWith([
      article('box', 'Le voyant de la box reste rouge', 'Débranchez la box dix secondes.'),
      article('bill', 'Lire sa facture', 'La facture est dans votre espace client.'),
    ])
    const answer = rank(engine, 'Quel roi fonda un monastère près de la box en 1204 ?')
    expect(answer).toMatchObject({ fits: false, total: 0, hits: [{ id: 'box' }] })
    expect(rank(engine, 'pourquoi ma box est rouge')).toMatchObject({ fits: true, total: 1 })
  })

  it('counts what fits, not each document with one of the words', () => {
    const engine = engineWith([
      article('both', 'Annuler une commande'),
      ...Array.from({ length: 9 }, (_, n) => article(`one-${n}`, 'Suivre une commande')),
    ])
    expect(rank(engine, 'annuler commande')).toMatchObject({ total: 1, hits: [{ id: 'both' }] })
    expect(rank(engine, 'commande').total).toBe(10)
  })
})

describe('misspelt words', () => {
  const engine = engineWith([
    article('moving', 'Prévenir de son déménagement', 'Dites-nous où vous allez.'),
    article('bill', 'Lire une facture', 'Vos factures sont dans votre espace client.'),
    article('wifi', 'Changer le nom du wifi'),
    article('e204', 'Erreur E-204 de la box', 'Redémarrez.'),
    article('mail', 'Configurer sa messagerie', 'Recevez vos e-mails sur votre téléphone.'),
    article('roaming', 'Activate roaming', 'Before you travel.', { language: 'en' }),
    article('password', 'Change your password', 'On the settings page.', { language: 'en' }),
    article('hidden', 'Restructuration confidentielle', '', { audience: 'internal' }),
  ])

  it.each([
    ['déménagemnt', 'moving'],
    ['demenagement', 'moving'],
    ['mon demenagmeent', 'moving'],
    ['facturre', 'bill'],
    ['fcature', 'bill'],
    ['roming', 'roaming'],
    ['passwrod', 'password'],
    ['wi fi', 'wifi'],
    ['wi-fi', 'wifi'],
    ['mail', 'mail'],
    ['lafacture', 'bill'],
    ["l'érreur e204", 'e204'],
  ])('finds what %s means', (q, id) => {
    expect(idsOf(engine, q)[0]).toBe(id)
  })

  it.each(['E-205', 'e203', '0204'])('takes %s, a code, at its word', (q) => {
    expect(idsOf(engine, q)).toEqual([])
  })

  it('never takes a word that there is for another', () => {
    const two = engineWith([article('court', 'Trajet court'), article('cours', 'Un cours de tir')])
    expect(idsOf(two, 'court')).toEqual(['court'])
  })

  it('corrects to no word that the reader may not see', () => {
    expect(idsOf(engine, 'confidentiele')).toEqual([])
    expect(idsOf(engine, 'confidentiele', { audience: 'internal' })).toEqual(['hidden'])
  })
})
