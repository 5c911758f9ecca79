import { describe, expect, it } from 'vitest'
import { fold } from '../../src/text/terms/fold.ts'
import { stem } from '../../src/text/terms/stems.ts'
import { createTermAnalyser, stemLanguage } from '../../src/text/terms/terms.ts'

const analyser = createTermAnalyser()

describe('fold', () => {
  it.each([
    ['Élève', 'eleve'],
    ['ŒUVRE', 'oeuvre'],
    ['Straße', 'strasse'],
    ['ﬁbre', 'fibre'],
    ['İstanbul', 'istanbul'],
    ['E204', 'e204'],
    ['16.4', '16.4'],
    ['\u0301', ''],
  ])('%s → %s', (word, folded) => expect(fold(word)).toBe(folded))
})

describe('stems', () => {
  it.each([
    'facture factures facturation facturer facturé',
    'forfait forfaits',
    'numéro numéros numero',
    'résilier résilié résiliée résiliation resiliation',
    'prélèvement prélèvements prelevement',
    'annuler annulé annulées annulation',
    'réseau réseaux reseau',
    'activer activation activée',
  ])('brings French words of one family together: %s', (family) => {
    expect(new Set(family.split(' ').map((word) => stem(fold(word), 'fr'))).size).toBe(1)
  })

  it.each(['bill bills billing billed', 'activate activation activated activating', 'transfer transfers'])(
    'brings English words of one family together: %s',
    (family) => expect(new Set(family.split(' ').map((word) => stem(word, 'en'))).size).toBe(1),
  )

  it('leaves codes, versions and other scripts as they are', () => {
    for (const word of ['e204s', '16.4.1', 'пароли', 'parolиes']) {
      expect(stem(word, 'fr')).toBe(word)
      expect(stem(word, 'en')).toBe(word)
    }
  })
})

describe('terms', () => {
  it('reads a word in its language, and in both when that is not known', () => {
    expect(analyser.terms('Services', 'fr')).toEqual([stem('services', 'fr')])
    expect(analyser.terms('internationaux', 'und')).toEqual(['international', 'internationaux'])
    expect(analyser.terms('eSIM', 'und')).toEqual(['esim'])
  })

  it('has none for a stop word of the language', () => {
    expect(analyser.terms('Avec', 'fr')).toEqual([])
    expect(analyser.terms('with', 'en')).toEqual([])
    expect(analyser.terms('car', 'en')).toEqual(['car'])
  })

  it('answers the same once its memory is full', () => {
    const small = createTermAnalyser({ cachedWords: 2 })
    const words = ['factures', 'lignes', 'mobiles', 'factures', 'constructor', '__proto__']
    for (const word of words) expect(small.terms(word, 'fr')).toEqual(analyser.terms(word, 'fr'))
  })

  it('knows regional tags, and no language by its first letters only', () => {
    expect(stemLanguage('fr-CA')).toBe('fr')
    expect(stemLanguage('EN')).toBe('en')
    expect(stemLanguage('fro')).toBeUndefined()
    expect(stemLanguage('und')).toBeUndefined()
    expect(stemLanguage('')).toBeUndefined()
  })
})
