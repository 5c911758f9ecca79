import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSearchEngine, type SearchEngine } from '../../../src/search/engine/create-search-engine.ts'
import type { SearchDocument } from '../../../src/search/engine/document.ts'
import {
  createSynonymTable,
  readEntry,
  type SynonymTable,
} from '../../../src/search/engine/synonyms/synonym-table.ts'
import { rankDocuments } from '../../../src/search/rank-documents.ts'
import { readLine } from '../../../src/search/synonyms/synonym-text.ts'
import { createTermAnalyser } from '../../../src/text/terms/terms.ts'

const analyser = createTermAnalyser()

function tableOf(...lines: readonly string[]): SynonymTable {
  const table = createSynonymTable()
  for (const [id, line] of lines.entries()) table.put(id, readEntry(analyser, readLine(line)))
  return table
}

function engineWith(titles: Readonly<Record<string, string | Partial<SearchDocument>>>): SearchEngine {
  const engine = createSearchEngine()
  for (const [id, given] of Object.entries(titles))
    engine.put({
      id,
      kind: 'article',
      language: 'fr',
      audience: 'public',
      title: typeof given === 'string' ? given : '',
      body: '',
      tags: [],
      ...(typeof given === 'string' ? {} : given),
    })
  return engine
}

/** Ids of what fits, best first. */
function found(engine: SearchEngine, text: string, synonyms?: SynonymTable): string[] {
  const query = {
    text,
    synonyms,
    audience: 'public',
    visibleSources: [],
    without: new Set<string>(),
  } as const
  const { hits, fits } = rankDocuments(engine, { ...query, limit: 10, offset: 0 })
  return fits ? hits.map(({ id }) => id) : []
}

describe('synonyms', () => {
  it('find what is written with another word, in both directions, below what is written as asked', () => {
    const engine = engineWith({ a: 'Changer de forfait', b: 'Changer d’abonnement', c: 'Ranger le garage' })
    const table = tableOf('fr: forfait, abonnement')
    expect(found(engine, 'forfait')).toEqual(['a'])
    expect(found(engine, 'forfait', table)).toEqual(['a', 'b'])
    expect(found(engine, 'mes abonnements', table)).toEqual(['b', 'a'])
  })

  it('lead one way where a line says so', () => {
    const engine = engineWith({ a: 'Obtenir le code RIO', b: 'Le relevé d’identité opérateur' })
    const table = tableOf('rio => fr: relevé d’identité opérateur')
    expect(found(engine, 'rio', table).sort()).toEqual(['a', 'b'])
    expect(found(engine, 'relevé d’identité opérateur', table)).toEqual(['b'])
  })

  it('lead one step: what they find finds nothing more, in circles too', () => {
    const engine = engineWith({ a: 'alpha', b: 'bravo', c: 'charlie' })
    const table = tableOf('alpha => bravo', 'bravo => charlie', 'charlie => alpha')
    expect(found(engine, 'alpha', table)).toEqual(['a', 'b'])
    expect(found(engine, 'charlie', table)).toEqual(['c', 'a'])
  })

  it('find a phrase by a word, where all of it is there, and a word by a phrase', () => {
    const engine = engineWith({
      both: 'Fournisseur d’accès introuvable',
      half: 'Un accès au garage',
      word: 'Quel FAI choisir',
    })
    const table = tableOf('fai; fr: fournisseur d’accès')
    expect(found(engine, 'fai', table)).toEqual(['word', 'both'])
    expect(found(engine, 'fournisseur d’accès', table)).toContain('word')
    expect(found(engine, 'accès', table)).not.toContain('word')
  })

  it('read compounds as one word and as their parts', () => {
    const engine = engineWith({ a: 'Une puce neuve' })
    const table = tableOf('fr: carte-sim, puce')
    for (const q of ['carte-sim', 'carte SIM', 'cartes sim']) expect(found(engine, q, table)).toEqual(['a'])
  })

  it('lead from one language to the other, whichever the reader chose', () => {
    const engine = engineWith({
      fr: 'Que faire après un décès',
      en: { title: 'What to do after a death', language: 'en' },
    })
    const table = tableOf('en: death; fr: décès')
    const french = engine.query({
      text: 'death',
      synonyms: table,
      language: 'fr',
      audience: 'public',
      filter: { languages: ['fr'] },
    })
    expect(french.hits.map(({ id }) => id)).toEqual(['fr'])
    expect(found(engine, 'deaths', table)).toEqual(['en', 'fr'])
  })

  it('of one language stay out of queries in the other', () => {
    const engine = engineWith({ bread: 'La baguette', pain: { title: 'An ache', language: 'en' } })
    const table = tableOf('fr: pain, baguette', 'en: pain, ache')
    const ask = (language: string) =>
      engine.query({ text: 'pain', synonyms: table, language, audience: 'public' }).hits.map(({ id }) => id)
    expect(ask('fr')).toEqual(['bread'])
    expect(ask('en')).toEqual(['pain'])
  })

  it('are marked where they are found, a phrase where all of it is', () => {
    const engine = engineWith({ a: 'Le relevé d’identité opérateur' })
    const table = tableOf('rio => fr: relevé d’identité opérateur')
    const { analysis } = engine.query({ text: 'rio', synonyms: table, audience: 'public' })
    const marked = (title: string) =>
      engine.marks(title, 'fr', analysis).map(([start, end]) => title.slice(start, end))
    expect(marked('Le relevé d’identité opérateur')).toEqual(['relevé', 'identité', 'opérateur'])
    expect(marked('Un relevé de compteur')).toEqual([])
  })

  it('are not corrected away, on either side of a line', () => {
    const engine = engineWith({ a: 'Une facture', b: 'Votre note de frais' })
    const correct = (text: string, synonyms?: SynonymTable) =>
      engine
        .query({ text, synonyms, correct: true, audience: 'public', language: 'fr' })
        .hits.map(({ id }) => id)
    expect(correct('fracture')).toEqual(['a'])
    expect(correct('fracture', tableOf('fr: fracture => note'))).toEqual(['b'])
    expect(correct('fracture', tableOf('fr: note => fracture'))).toEqual([])
  })

  it('count as words that a document holds when it is said that nothing fits', () => {
    const engine = engineWith({ a: 'Résilier après un décès', b: 'Une facture' })
    expect(found(engine, 'bereavement')).toEqual([])
    expect(found(engine, 'bereavement', tableOf('en: bereavement; fr: décès'))).toEqual(['a'])
  })

  it('work while the last word is being typed', () => {
    const engine = engineWith({ a: 'Changer d’abonnement' })
    const typed = (text: string) =>
      engine
        .query({
          text,
          synonyms: tableOf('fr: forfait, abonnement'),
          prefix: true,
          language: 'fr',
          audience: 'public',
        })
        .hits.map(({ id }) => id)
    expect(typed('mon forfait')).toEqual(['a'])
  })

  it('see nothing that the reader may not see', () => {
    const engine = engineWith({
      open: 'abonnement',
      closed: { title: 'abonnement secret', audience: 'internal' },
    })
    const own = engineWith({ open: 'abonnement' })
    const table = tableOf('forfait, abonnement', 'forfait => abonnement secret')
    const query = { text: 'forfait', synonyms: table, audience: 'public', correct: true } as const
    expect(engine.query(query)).toEqual(own.query(query))
  })

  const words = fc.constantFrom('alpha', 'bravo', 'charlie', 'delta bravo', 'echo', 'wi-fi')
  const lines = fc.array(
    fc.oneof(
      fc.tuple(words, words).map(([a, b]) => `${a}, ${b} x`),
      fc.tuple(words, words).map(([a, b]) => `${a} => ${b} y`),
    ),
    { maxLength: 8 },
  )

  it('are the same whatever was put and removed before, and each as it would be changed', () => {
    fc.assert(
      fc.property(lines, lines, words, (kept, gone, asked) => {
        const table = tableOf(...kept)
        const find = (synonyms: Pick<SynonymTable, 'find'>) =>
          synonyms
            .find([{ fr: asked.split(' ')[0], en: asked.split(' ')[0] }], ['fr', 'en'])
            .map((each) => JSON.stringify(each))
            .sort()
        const more = gone.map((line) => readEntry(analyser, readLine(line)))
        const changed = find(table.changed(new Set(kept.keys()), more))
        for (const [at, entry] of more.entries()) table.put(1000 + at, entry)
        expect(find(table)).toEqual(find(tableOf(...kept, ...gone)))
        for (const at of more.keys()) table.remove(1000 + at)
        expect(find(table)).toEqual(find(tableOf(...kept)))
        expect(changed).toEqual(find(tableOf(...gone)))
      }),
      { numRuns: 100 },
    )
  })
})
