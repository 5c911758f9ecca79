import { setImmediate } from 'node:timers/promises'
import { cosine, type TermVector, vectorOf } from '../../search/find-near-duplicates.ts'
import type { AskedQuery } from '../../search/log/asked-queries.ts'
import { readWords } from '../../search/log/asked-words.ts'

/** Searches that ask the same, what was asked most first. */
export type QueryGroup = readonly [AskedQuery, ...AskedQuery[]]

/** Searches this alike ask the same: of two words that are as rare, both; of four, three. */
const LEAST_LIKENESS = 0.7
/** Searches compared between two yields to the event loop. */
const A_TURN = 20

/**
 * Puts searches of one language together that ask the same: each with the group whose most asked search is the most
 * like it, if that is like enough. What others ask changes no group but by its weight.
 *
 * @param queries what was asked most first
 * @param weightOf how much it says that two searches share a term
 */
export async function groupQueries(
  queries: readonly AskedQuery[],
  weightOf: (term: string) => number,
): Promise<QueryGroup[]> {
  const groups: { readonly head: TermVector; readonly members: [AskedQuery, ...AskedQuery[]] }[] = []
  const groupsWith = new Map<string, number[]>()
  for (const [at, query] of queries.entries()) {
    if (at % A_TURN === A_TURN - 1) await setImmediate()
    // A word of an unknown language has the terms of two: it counts once.
    const terms = readWords(query.terms).map(([term = '']) => `${query.language} ${term}`)
    const vector = vectorOf(new Map(terms.map((term) => [term, 1])), (term) =>
      weightOf(term.slice(term.indexOf(' ') + 1)),
    )
    let best: number | undefined
    let likeness = LEAST_LIKENESS
    for (const place of new Set(terms.flatMap((term) => groupsWith.get(term) ?? []))) {
      const alike = cosine(groups[place]!.head, vector)
      if (alike < likeness || (alike === likeness && best !== undefined)) continue
      best = place
      likeness = alike
    }
    if (best !== undefined) {
      groups[best]!.members.push(query)
      continue
    }
    for (const term of terms) groupsWith.set(term, [...(groupsWith.get(term) ?? []), groups.length])
    groups.push({ head: vector, members: [query] })
  }
  return groups.map(({ members }) => members)
}
