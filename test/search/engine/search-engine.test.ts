import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSearchEngine, type SearchEngine } from '../../../src/search/engine/create-search-engine.ts'
import { AUDIENCES, type SearchDocument } from '../../../src/search/engine/document.ts'
import { type Change, changes, queries } from './arbitraries.ts'
import { naiveQuery } from './naive-engine.ts'

/** Small limits, so that a few documents already seal, merge and compact. */
function smallEngine(): SearchEngine {
  return createSearchEngine({ index: { sealAt: 8, fanOut: 2 }, toleratedRemovals: 3 })
}

/** Applies the changes to an engine and returns the documents that should then be there. */
function apply(engine: SearchEngine, script: readonly Change[]): SearchDocument[] {
  const left = new Map<string, SearchDocument>()
  for (const change of script) {
    if ('put' in change) {
      engine.put(change.put)
      left.set(change.put.id, change.put)
    } else expect(engine.remove(change.remove)).toBe(left.delete(change.remove))
  }
  return [...left.values()]
}

const document = (fields: Partial<SearchDocument> & { id: string }): SearchDocument => ({
  kind: 'article',
  language: 'en',
  audience: 'public',
  title: '',
  body: '',
  tags: [],
  ...fields,
})

const everything = { limit: 1000 }

describe('search engine', () => {
  it('ranks as BM25F written out plainly does, whatever was put and removed before', () => {
    fc.assert(
      fc.property(changes, queries, (script, query) => {
        const engine = smallEngine()
        const documents = apply(engine, script)
        const { hits, total } = engine.query({ ...query, ...everything })
        const expected = naiveQuery(documents, query)
        expect(engine.size).toBe(documents.length)
        expect(total).toBe(expected.length)
        const scoreOf = new Map(expected.map(({ id, score }) => [id, score]))
        for (const { id, score } of hits) expect(score).toBeCloseTo(scoreOf.get(id)!, 9)
        // Scores that differ by rounding alone may change places; all others come in the same order.
        for (const [rank, { score }] of hits.entries()) expect(score).toBeCloseTo(expected[rank]!.score, 9)
      }),
      { numRuns: 300 },
    )
  })

  it('answers a reader exactly as an engine that holds only what he may see', () => {
    fc.assert(
      fc.property(changes, queries, (script, query) => {
        const engine = smallEngine()
        const documents = apply(engine, script)
        const own = createSearchEngine()
        const mayBeSeen = (audience: SearchDocument['audience']) =>
          AUDIENCES.indexOf(audience) >= AUDIENCES.indexOf(query.audience)
        for (const put of documents.filter(({ audience }) => mayBeSeen(audience))) own.put(put)
        expect(engine.query({ ...query, ...everything })).toEqual(own.query({ ...query, ...everything }))
      }),
      { numRuns: 300 },
    )
  })

  it('chooses what an unfinished word may become by what the reader may see alone', () => {
    const engine = smallEngine()
    const own = createSearchEngine()
    const endings = Array.from('bcdfghjklmnpqrtv', (letter) => [
      `${letter}ax`,
      `${letter}ux`,
      `${letter}ox`,
    ]).flat()
    for (const [n, ending] of endings.entries()) {
      const seen = document({ id: `public-${n}`, body: `modem${ending}` })
      engine.put(seen)
      own.put(seen)
      // Terms that few may see, each more frequent than any that all may see.
      for (const copy of ['x', 'y']) {
        engine.put(document({ id: `${copy}-${n}`, body: `modemz${ending}`, audience: 'internal' }))
        if (n % 2 === 0) engine.put(document({ ...seen, id: `${copy}+${n}`, audience: 'internal' }))
      }
    }
    const query = { text: 'modem', audience: 'public', prefix: true, ...everything } as const
    expect(own.query(query).total).toBe(32)
    expect(engine.query(query)).toEqual(own.query(query))
  })

  it('gives pages that join into the whole ranking', () => {
    fc.assert(
      fc.property(changes, queries, fc.integer({ min: 1, max: 4 }), (script, query, limit) => {
        const engine = smallEngine()
        apply(engine, script)
        const whole = engine.query({ ...query, ...everything })
        const pages = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].flatMap(
          (page) => engine.query({ ...query, limit, offset: page * limit }).hits,
        )
        expect(pages).toEqual(whole.hits)
      }),
    )
  })

  it('never stumbles over a text, an id or a name', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anything, anything, anything), { maxLength: 6 }),
        anything,
        (rows, query) => {
          const engine = smallEngine()
          for (const [id, body, language] of rows) {
            engine.put(document({ id, body, title: query, language, category: body, source: id }))
          }
          for (const prefix of [false, true]) {
            const { hits, total } = engine.query({ text: query, audience: 'public', prefix })
            expect(hits.length).toBe(Math.min(10, total))
          }
          const restored = createSearchEngine()
          restored.restore(engine.snapshot())
          expect(restored.query({ text: query, audience: 'public' })).toEqual(
            engine.query({ text: query, audience: 'public' }),
          )
        },
      ),
    )
  })

  it('finds the new words of a replaced document, and no longer the old ones', () => {
    const engine = smallEngine()
    engine.put(document({ id: 'a', body: 'roaming abroad' }))
    engine.put(document({ id: 'a', body: 'voicemail greeting' }))
    const find = (text: string) => engine.query({ text, audience: 'public' }).hits.map(({ id }) => id)
    expect(engine.size).toBe(1)
    expect(find('roaming')).toEqual([])
    expect(find('voicemail')).toEqual(['a'])
    expect(engine.has('a')).toBe(true)
    expect(engine.remove('a')).toBe(true)
    expect(engine.remove('a')).toBe(false)
    expect(find('voicemail')).toEqual([])
  })

  it('puts equal scores in the order of their ids', () => {
    const engine = smallEngine()
    for (const id of ['b', 'é', 'a', 'B', '10', '9']) engine.put(document({ id, body: 'router' }))
    const { hits, total } = engine.query({ text: 'router', audience: 'public', limit: 4 })
    expect(hits.map(({ id }) => id)).toEqual(['10', '9', 'B', 'a'])
    expect(total).toBe(6)
  })

  it('weighs a title above a body', () => {
    const engine = smallEngine()
    engine.put(document({ id: 'body', title: 'screen frozen', body: 'router' }))
    engine.put(document({ id: 'title', title: 'router frozen', body: 'screen' }))
    expect(engine.query({ text: 'router', audience: 'public' }).hits[0]?.id).toBe('title')
  })

  it('finds nothing for a query without words, without a limit or without readers', () => {
    const engine = smallEngine()
    engine.put(document({ id: 'a', body: 'router', audience: 'partner' }))
    expect(engine.query({ text: ' ?! ', audience: 'internal' }).total).toBe(0)
    expect(engine.query({ text: 'router', audience: 'internal', limit: 0 })).toMatchObject({
      total: 1,
      hits: [],
    })
    expect(engine.query({ text: 'router', audience: 'customer' })).toMatchObject({ total: 0, hits: [] })
  })

  it('refuses an audience that does not exist, of a reader or of a document', () => {
    const engine = smallEngine()
    const audience = 'everyone' as 'public'
    engine.put(document({ id: 'a', body: 'router' }))
    expect(() => engine.query({ text: 'router', audience })).toThrow(RangeError)
    expect(() => engine.put(document({ id: 'a', body: 'modem', audience }))).toThrow(RangeError)
    expect(engine.query({ text: 'router', audience: 'public' }).total).toBe(1)
  })

  it('answers a pasted log in no time worth speaking of', () => {
    const engine = smallEngine()
    engine.put(document({ id: 'a', body: 'router' }))
    const started = performance.now()
    engine.query({ text: 'router reboot '.repeat(200_000), audience: 'public', prefix: true })
    expect(performance.now() - started).toBeLessThan(500)
  })
})
