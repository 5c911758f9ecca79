import { searchWords } from './search-words.ts'

/** What the search page runs: finds the articles that hold every word, by its stem or as a beginning. */
export const SEARCH_SCRIPT = `'use strict'
;(() => {
  const searchWords = ${searchWords}
  const { index, articles } = window.entraideSearch
  const search = lunr.Index.load(index)
  const input = document.getElementById('q')
  const status = document.getElementById('status')
  const list = document.getElementById('results')

  function matchesOf(word) {
    const stems = search.pipeline.runString(word)
    if (stems.length === 0) return undefined
    return new Map(
      search
        .query((query) => {
          for (const stem of stems) query.term(stem, { usePipeline: false, boost: 10 })
          query.term(word, { usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING })
        })
        .map(({ ref, score }) => [ref, score]),
    )
  }

  function find(text) {
    const words = searchWords(text).split(' ').filter((word) => word !== '')
    const matches = words.map(matchesOf).filter((found) => found !== undefined)
    if (matches.length === 0) return []
    const [first, ...others] = matches
    return [...first]
      .filter(([ref]) => others.every((found) => found.has(ref)))
      .map(([ref, score]) => [ref, others.reduce((sum, found) => sum + found.get(ref), score)])
      .sort((a, b) => b[1] - a[1])
      .map(([ref]) => articles[ref])
  }

  function show() {
    const text = input.value.trim()
    const found = text === '' ? [] : find(text)
    const { empty, none, one, many } = status.dataset
    const said = text === '' ? empty : found.length === 0 ? none : found.length === 1 ? one : many
    status.textContent = said.replace('{count}', String(found.length)).replace('{words}', () => text)
    list.replaceChildren(
      ...found.slice(0, 50).map(({ title, href, excerpt }) => {
        const item = document.createElement('li')
        const link = document.createElement('a')
        const more = document.createElement('p')
        link.href = href
        link.textContent = title
        more.className = 'quiet'
        more.textContent = excerpt
        item.append(link, more)
        return item
      }),
    )
  }

  input.value = new URLSearchParams(location.search).get('q') ?? ''
  input.addEventListener('input', show)
  input.focus()
  show()
})()
`
