import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIENCES } from '../../src/access/audience.ts'
import { countFacets } from '../../src/search/count-facets.ts'
import { createSearchEngine, type SearchEngine } from '../../src/search/engine/create-search-engine.ts'
import type { SearchDocument } from '../../src/search/engine/document.ts'
import { readQuery } from '../../src/search/engine/operators/read-query.ts'
import { type RankedQuery, rankDocuments } from '../../src/search/rank-documents.ts'
import { documents, text } from './engine/arbitraries.ts'

const smallEngine = () => createSearchEngine({ index: { sealAt: 8, fanOut: 2 }, toleratedRemovals: 3 })
const everything = { visibleSources: ['forum', ''], without: new Set<string>(), limit: 1000, offset: 0 }

function engineWith(all: readonly SearchDocument[]): SearchEngine {
  const engine = smallEngine()
  for (const document of all) engine.put(document)
  return engine
}

const some = fc.uniqueArray(documents, { selector: ({ id }) => id, maxLength: 12 })
const audience = fc.constantFrom(...AUDIENCES)
const operator = fc.constantFrom(
  '"réseau forfait"',
  '-facture',
  'title:bill',
  'lang:fr',
  '-lang:en',
  'source:forum',
  '-"the car"',
)
const question = fc
  .tuple(text, fc.array(operator, { maxLength: 2 }))
  .map(([words, more]) => [words, ...more].join(' '))
const filters = fc.record(
  {
    kind: fc.constantFrom('article' as const, 'thread' as const),
    category: fc.constantFrom('billing', 'network'),
    source: fc.constantFrom('forum'),
    language: fc.constantFrom('fr', 'en', 'und'),
  },
  { requiredKeys: [] },
)
const FACETS = ['kind', 'language', 'category', 'source'] as const

const asked = (q: string, more: Partial<RankedQuery>): RankedQuery => ({
  ...readQuery(q),
  audience: 'public',
  ...everything,
  ...more,
})

const facetsOf = (engine: SearchEngine, query: RankedQuery) =>
  countFacets(engine, query, rankDocuments(engine, query))

describe('facets', () => {
  it('count what each choice finds, in place of another of its facet, with the other filters', () => {
    fc.assert(
      fc.property(some, question, audience, filters, (all, q, reader, chosen) => {
        const engine = engineWith(all)
        const query = asked(q, { audience: reader, ...chosen })
        const facets = facetsOf(engine, query)
        const values = {
          kind: ['article', 'thread'],
          language: ['fr', 'en', 'und'],
          category: ['billing', 'network'],
          source: ['forum'],
        }
        for (const facet of FACETS) {
          const found = values[facet].flatMap((value) => {
            const { total } = rankDocuments(engine, { ...query, [facet]: value })
            return total > 0 ? [{ value, count: total }] : []
          })
          const byValue = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1)
          expect([facet, facets[facet].toSorted(byValue)]).toEqual([facet, found.toSorted(byValue)])
        }
      }),
      { numRuns: 150 },
    )
  })

  it('are for a reader what they would be if what he may not see were not there', () => {
    fc.assert(
      fc.property(some, question, audience, (all, q, reader) => {
        const seen = all.filter((each) => AUDIENCES.indexOf(each.audience) >= AUDIENCES.indexOf(reader))
        const query = asked(q, { audience: reader })
        expect(facetsOf(engineWith(all), query)).toEqual(facetsOf(engineWith(seen), query))
        expect(rankDocuments(engineWith(all), query)).toEqual(rankDocuments(engineWith(seen), query))
      }),
      { numRuns: 100 },
    )
  })

  it('do not depend on the order in which documents came, were removed and were merged', () => {
    fc.assert(
      fc.property(some, some, question, (kept, others, q) => {
        const engine = smallEngine()
        for (const other of others) engine.put(other)
        for (const { id } of others) engine.remove(id)
        for (const document of kept.toReversed()) engine.put(document)
        const query = asked(q, { audience: 'internal' })
        expect(facetsOf(engine, query)).toEqual(facetsOf(engineWith(kept), query))
        expect(rankDocuments(engine, query)).toEqual(rankDocuments(engineWith(kept), query))
      }),
      { numRuns: 100 },
    )
  })

  it('a stricter query never adds: neither a filter, nor an operator that excludes', () => {
    const exclusion = fc.constantFrom(
      '-facture',
      '-"the car"',
      '-title:bill',
      '-lang:en',
      'source:forum',
      '-source:forum',
    )
    fc.assert(
      fc.property(
        some,
        question,
        exclusion,
        audience,
        filters,
        (all, q, more, reader, { language: _, ...chosen }) => {
          const engine = engineWith(all)
          const loose = rankDocuments(engine, asked(q, { audience: reader }))
          for (const strict of [
            asked(q, { audience: reader, ...chosen }),
            asked(`${q} ${more}`, { audience: reader }),
          ]) {
            const found = rankDocuments(engine, strict)
            expect(found.total).toBeLessThanOrEqual(loose.total)
            const ids = new Set(loose.hits.map(({ id }) => id))
            for (const { id } of found.hits) expect(ids).toContain(id)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
