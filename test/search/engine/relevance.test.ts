import { describe, expect, it } from 'vitest'
import { createSearchEngine } from '../../../src/search/engine/create-search-engine.ts'
import { corpus, judgements } from './relevance-corpus.ts'

const engine = createSearchEngine()
for (const document of corpus) engine.put(document)

function first(text: string, language: string | undefined): string | undefined {
  return engine.query({ text, language, audience: 'public' }).hits[0]?.id
}

describe('relevance', () => {
  it.each(judgements)('%s (%s) → %s', (query, language, best) => expect(first(query, language)).toBe(best))

  it.each(judgements)('%s (language unknown) → %s', (query, _, best) =>
    expect(first(query, undefined)).toBe(best),
  )

  it.each(judgements)('%s → %s, found with its last letter still to come', (query, language, best) => {
    const { hits } = engine.query({
      text: query.slice(0, -1),
      language,
      audience: 'public',
      prefix: true,
      limit: 3,
    })
    expect(hits.map(({ id }) => id)).toContain(best)
  })
})
