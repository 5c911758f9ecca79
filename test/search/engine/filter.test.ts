import { describe, expect, it } from 'vitest'
import { createSearchEngine } from '../../../src/search/engine/create-search-engine.ts'
import type { SearchDocument } from '../../../src/search/engine/document.ts'
import type { SearchFilter } from '../../../src/search/engine/filter.ts'

const base: SearchDocument = {
  id: 'base',
  kind: 'thread',
  language: 'fr',
  audience: 'public',
  title: 'box internet',
  body: '',
  tags: [],
}
const documents: SearchDocument[] = [
  { ...base, id: 'article', kind: 'article', category: 'internet' },
  { ...base, id: 'english', language: 'en' },
  { ...base, id: 'forum', source: 'forum', category: 'internet' },
  { ...base, id: 'plain' },
  { ...base, id: 'secret', audience: 'internal', category: 'secret', source: 'crm' },
]
const engine = createSearchEngine()
for (const document of documents) engine.put(document)

const find = (filter: SearchFilter, audience: SearchDocument['audience'] = 'public') => {
  const { hits, total } = engine.query({ text: 'box', audience, filter })
  expect(total).toBe(hits.length)
  return hits.map(({ id }) => id)
}

describe('filters', () => {
  it.each<[string, SearchFilter, string[]]>([
    ['kind', { kinds: ['article'] }, ['article']],
    ['language', { languages: ['en'] }, ['english']],
    ['category', { categories: ['internet'] }, ['article', 'forum']],
    ['source', { sources: ['forum', 'nowhere'] }, ['forum']],
    ['several', { kinds: ['thread'], languages: ['fr'], categories: ['internet'] }, ['forum']],
    ['nothing', { sources: [] }, []],
    ['an unknown name', { categories: ['unknown'] }, []],
    ['the empty name', { categories: [''], sources: [''] }, []],
  ])('lets through by %s', (_, filter, expected) => expect(find(filter)).toEqual(expected))

  it('do not change the scores of what they let through', () => {
    const all = engine.query({ text: 'box internet', audience: 'public' }).hits
    const some = engine.query({
      text: 'box internet',
      audience: 'public',
      filter: { kinds: ['article'] },
    }).hits
    expect(some).toEqual(all.filter(({ id }) => id === 'article'))
  })

  it('show nothing beyond the audience, even when they name it', () => {
    expect(find({ categories: ['secret'] })).toEqual([])
    expect(find({ sources: ['crm'] }, 'partner')).toEqual([])
    expect(find({ sources: ['crm'] }, 'internal')).toEqual(['secret'])
  })
})
