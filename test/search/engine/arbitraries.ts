import fc from 'fast-check'
import type { SearchQuery } from '../../../src/search/engine/create-search-engine.ts'
import { AUDIENCES, type SearchDocument } from '../../../src/search/engine/document.ts'

/** Few words, so that documents and queries meet: families, stop words, accents, codes, words of both languages. */
const words = (
  'facture factures facturation Réseau reseaux forfait forfaits the car with avec bill bills billing ' +
  "billed E-204 e204 l'eau eSIM 16.4.1 internationaux international peut-on naïve"
).split(' ')

export const text = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((list) => list.join(' '))
const languages = ['fr', 'en', 'und'] as const
const categories = ['billing', 'network'] as const
const sources = ['forum', ''] as const
export const ids = Array.from({ length: 12 }, (_, n) => `d${n}`)

export const documents: fc.Arbitrary<SearchDocument> = fc.record(
  {
    id: fc.constantFrom(...ids),
    kind: fc.constantFrom('article', 'thread'),
    language: fc.constantFrom(...languages),
    audience: fc.constantFrom(...AUDIENCES),
    title: text,
    issue: text,
    body: text,
    tags: fc.array(text, { maxLength: 2 }),
    category: fc.constantFrom(...categories),
    source: fc.constantFrom(...sources),
  },
  { requiredKeys: ['id', 'kind', 'language', 'audience', 'title', 'body', 'tags'] },
)

const subset = <T>(values: readonly T[]) => fc.subarray([...values])

export const queries: fc.Arbitrary<SearchQuery & { readonly text: string }> = fc.record(
  {
    text: fc.oneof(
      text,
      fc
        .tuple(text, fc.constantFrom('fac', 'factu', 'facturati', 'int', 'bil', 'e2', 'forfa', 'fo'))
        .map(([start, end]) => `${start} ${end}`),
    ),
    audience: fc.constantFrom(...AUDIENCES),
    language: fc.constantFrom(...languages),
    prefix: fc.boolean(),
    filter: fc.record(
      {
        kinds: subset(['article', 'thread'] as const),
        languages: subset(languages),
        categories: subset([...categories, 'unknown']),
        sources: subset(['forum', 'other']),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['text', 'audience'] },
)

export type Change = { readonly put: SearchDocument } | { readonly remove: string }

export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: documents.map((put) => ({ put })) },
    { weight: 1, arbitrary: fc.constantFrom(...ids).map((remove) => ({ remove })) },
  ),
  { maxLength: 40 },
)
