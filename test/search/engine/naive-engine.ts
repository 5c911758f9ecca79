import { analyseQuery } from '../../../src/search/engine/analyse-query.ts'
import { DEFAULT_RANKING } from '../../../src/search/engine/bm25f.ts'
import type { SearchQuery } from '../../../src/search/engine/create-search-engine.ts'
import { AUDIENCES, type SearchDocument } from '../../../src/search/engine/document.ts'
import type { Hit } from '../../../src/search/engine/top-hits.ts'
import { createTermAnalyser } from '../../../src/text/terms/terms.ts'

const analyser = createTermAnalyser()
const FIELDS = ['title', 'issue', 'body', 'tags'] as const
type Field = (typeof FIELDS)[number]

/** BM25F as the paper writes it, over plain objects: what the engine must agree with. */
export function naiveQuery(
  documents: readonly SearchDocument[],
  query: SearchQuery & { readonly text: string },
): Hit[] {
  const visible = documents.filter(
    (document) => AUDIENCES.indexOf(document.audience) >= AUDIENCES.indexOf(query.audience),
  )
  const bags = visible.map((document) => bagsOf(document))
  const mean = (field: Field) => {
    const lengths = bags.map((bag) => bag[field].length).filter((length) => length > 0)
    return lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  }
  const frequency = (bag: Bags, term: string) => {
    let sum = 0
    for (const field of FIELDS) {
      const tf = bag[field].filter((terms) => terms.includes(term)).length
      const { weight, b } = DEFAULT_RANKING.fields[field]
      if (tf > 0) sum += (weight * tf) / (1 - b + (b * bag[field].length) / mean(field))
    }
    return sum
  }
  const holding = (term: string) => bags.filter((bag) => frequency(bag, term) > 0).length
  const known = [...new Set(bags.flatMap((bag) => FIELDS.flatMap((field) => bag[field].flat())))]

  const scores = visible.map(() => 0)
  for (const { terms, unfinished } of analyseQuery(analyser, query.text, query).groups) {
    const weighted = terms.map((term) => ({ term, weight: 1 }))
    if (unfinished) {
      const longer = known
        .filter((term) => unfinished.prefix.length >= 3 && term.startsWith(unfinished.prefix))
        .sort((a, b) => holding(b) - holding(a) || (a < b ? -1 : 1))
        .slice(0, 32)
      for (const term of [...longer, ...unfinished.stems]) {
        if (!terms.includes(term)) weighted.push({ term, weight: 0.7 })
      }
    }
    const best = bags.map((bag) =>
      Math.max(...weighted.map(({ term, weight }) => weight * frequency(bag, term))),
    )
    const matching = best.filter((tf) => tf > 0).length
    const idf = Math.log(1 + (visible.length - matching + 0.5) / (matching + 0.5))
    const { k1 } = DEFAULT_RANKING
    best.forEach((tf, i) => {
      scores[i]! += (idf * (k1 + 1) * tf) / (k1 + tf)
    })
  }

  const { kinds, languages, categories, sources } = query.filter ?? {}
  return visible
    .map((document, i) => ({ document, score: scores[i]! }))
    .filter(({ score }) => score > 0)
    .filter(({ document }) => kinds === undefined || kinds.includes(document.kind))
    .filter(({ document }) => languages === undefined || languages.includes(document.language))
    .filter(({ document }) => categories === undefined || categories.includes(document.category ?? ''))
    .filter(({ document }) => sources === undefined || sources.includes(document.source ?? ''))
    .map(({ document, score }) => ({ id: document.id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

/** A field's words, each with the terms that stand for it. */
type Bags = Record<Field, (readonly string[])[]>

function bagsOf(document: SearchDocument): Bags {
  const words = (texts: readonly string[]) => {
    const bag: (readonly string[])[] = []
    for (const text of texts) analyser.visit(text, document.language, (terms) => bag.push(terms))
    return bag
  }
  return {
    title: words([document.title]),
    issue: words([document.issue ?? '']),
    body: words([document.body]),
    tags: words(document.tags),
  }
}
