import { describe, expect, it } from 'vitest'
import { analyseQuery } from '../../../src/search/engine/analyse-query.ts'
import { createSearchEngine, type SearchQuery } from '../../../src/search/engine/create-search-engine.ts'
import { createTermAnalyser } from '../../../src/text/terms/terms.ts'

const engine = createSearchEngine()
const put = (id: string, language: string, title: string, body = '') =>
  engine.put({ id, kind: 'article', language, audience: 'public', title, body, tags: [] })

put('fr-facture', 'fr', 'Comprendre ma facture', 'Le prélèvement de la facturation a lieu le 5.')
put('fr-tea', 'fr', 'Commander du thé', 'Le salon de la boutique sert du thé.')
put('fr-esim', 'fr', 'Activer une eSIM', 'Scannez le code reçu.')
put('en-bill', 'en', 'Understanding my bill', 'The charge is taken on the 5th.')
put('en-esim', 'en', 'Activating an eSIM', 'Scan the code you were sent.')
put('en-car', 'en', 'Using the phone in a car', 'Pair it with the car over Bluetooth.')
put('code', 'en', 'Error E-204 on the set-top box', 'Seen with firmware 16.4.1 at 192.168.1.254.')
put('either', 'und', 'Reseaux internationaux networks', 'Roaming')

const find = (text: string, options: Partial<SearchQuery> = {}) =>
  engine.query({ text, audience: 'public', ...options }).hits.map(({ id }) => id)

describe('words and languages of a query', () => {
  it.each([
    ['factures', 'fr-facture'],
    ['prelevements', 'fr-facture'],
    ["l'esim", 'fr-esim'],
    ['bills', 'en-bill'],
    ['charged', 'en-bill'],
  ])('finds %s in a text of the same family, language unknown', (text, id) => {
    expect(find(text)).toContain(id)
  })

  it.each(['E-204', 'e204', 'E_204', 'error 204', '16.4.1', 'firmware 16.4', '192.168.1.254', 'settop'])(
    'finds the code however it is spelt: %s',
    (text) => expect(find(text)[0]).toBe('code'),
  )

  it('finds a product name in both languages, from either', () => {
    for (const language of ['fr', 'en', undefined]) {
      expect(find('e-SIM', { language }).sort()).toEqual(['en-esim', 'fr-esim'])
    }
  })

  it('finds a text of unknown language from either language', () => {
    expect(find('international', { language: 'fr' })).toEqual(['either'])
    expect(find('network', { language: 'en' })).toEqual(['either'])
  })

  it('counts a word once, though both languages read it', () => {
    const known = engine.query({ text: 'roaming', audience: 'public', language: 'en' })
    const unknown = engine.query({ text: 'roaming', audience: 'public' })
    expect(unknown.hits).toEqual(known.hits)
  })

  it('takes no stop word of one language for a word of the other', () => {
    expect(find('where is the code')).not.toContain('fr-tea')
    expect(find('thé')).toEqual(['fr-tea'])
    expect(find('pairing it in my car')[0]).toBe('en-car')
  })

  it('takes a query of nothing but stop words at its word', () => {
    expect(find('car')).toEqual(['en-car'])
    expect(find('the', { language: 'fr' })).toEqual(['fr-tea'])
  })

  it('asks for each word once', () => {
    const { groups } = analyseQuery(createTermAnalyser(), 'bill Bills BILL billing', { language: 'en' })
    expect(groups.map(({ terms }) => terms)).toEqual([['bill']])
  })
})

describe('as you type', () => {
  it.each([
    ['com', 'fr-facture'],
    ['ma factu', 'fr-facture'],
    ['facturati', 'fr-facture'],
    ['prélèvem', 'fr-facture'],
    ['understa', 'en-bill'],
    ['activat', 'en-esim'],
    ['blueto', 'en-car'],
    ['E-20', 'code'],
  ])('finds %s before the word is finished', (text, id) => {
    expect(find(text, { prefix: true })).toContain(id)
  })

  it('leaves a word alone once something follows it', () => {
    expect(find('blueto ', { prefix: true })).toEqual([])
    expect(find('blueto', { prefix: false })).toEqual([])
  })

  it('ranks the word itself above what it may become', () => {
    const small = createSearchEngine()
    const add = (id: string, title: string) =>
      small.put({ id, kind: 'article', language: 'en', audience: 'public', title, body: '', tags: [] })
    add('a', 'modemlike')
    add('b', 'modems')
    const ids = small.query({ text: 'modem', audience: 'public', prefix: true }).hits.map(({ id }) => id)
    expect(ids).toEqual(['b', 'a'])
  })
})
