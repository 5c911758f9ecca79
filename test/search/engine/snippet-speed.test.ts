import { expect, it } from 'vitest'
import { createSearchEngine } from '../../../src/search/engine/create-search-engine.ts'

const engine = createSearchEngine()

/** The quickest of five runs, so that a busy machine does not count. */
function snippetMs(text: string, query: string, words?: number): number {
  const { analysis } = engine.query({ text: query, audience: 'public', language: 'fr' })
  const times = [1, 2, 3, 4, 5].map(() => {
    const began = performance.now()
    const { marks } = engine.snippet(text, 'fr', analysis, { words })
    expect(marks.length).toBeGreaterThan(0)
    return performance.now() - began
  })
  return Math.min(...times)
}

it.each([
  ['www.', 'www'],
  ['www ', 'www'],
  ['1.', '1'],
])('a post of nothing but "%s" costs a search no more than in proportion to its length', (piece, query) => {
  const short = piece.repeat(Math.floor(5_000 / piece.length))
  const long = piece.repeat(Math.floor(50_000 / piece.length))
  snippetMs(short, query)
  // Ten times the text is 100 times the work where each match looks at all those behind it.
  expect(snippetMs(long, query)).toBeLessThan(20 * snippetMs(short, query) + 100)
  expect(snippetMs(long, query, long.length)).toBeLessThan(20 * snippetMs(short, query, short.length) + 100)
})
