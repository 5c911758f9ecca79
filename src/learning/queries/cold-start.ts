import { bestRows } from './best-rows.ts'
import { drawByChance } from './chance.ts'
import { createCosines } from './cosines.ts'
import { createCoverage } from './coverage.ts'
import type { QueryStrategy } from './query-strategy.ts'
import { takeGreedily } from './take-greedily.ts'

/**
 * What to ask before there is a model. In turns: what is most like the name and description of a label that has the
 * fewest examples so far, and what speaks for most of the corpus.
 */
export const coldStart: QueryStrategy = {
  shortlist: (pool, limit) => bestRows(pool, drawByChance(pool), limit),
  choose({ labelled }, candidates, count) {
    const { texts, names } = candidates
    const coverage = createCoverage(candidates)
    const cosines = createCosines(texts)
    const likeness = Array.from({ length: names.size }, (_, label) =>
      cosines.to(names, label, new Float64Array(texts.size)),
    )
    const examples = Array.from(labelled)
    const named = [...likeness.keys()].filter((label) => likeness[label]!.some((value) => value > 0))
    let turn = -1
    let wanted: number | undefined
    const worth = (candidate: number, _: unknown, taken: number): number => {
      if (turn !== taken) {
        turn = taken
        wanted = taken % 2 === 0 ? scarcest(named, examples) : undefined
      }
      return wanted === undefined ? coverage.gain(candidate) : likeness[wanted]![candidate]!
    }
    return takeGreedily(candidates, count, worth, (candidate) => {
      if (wanted !== undefined) examples[wanted] = examples[wanted]! + 1
      coverage.take(candidate)
    })
  },
}

/** The label with the fewest examples, the first of equals. */
function scarcest(labels: readonly number[], examples: readonly number[]): number | undefined {
  let fewest: number | undefined
  for (const label of labels) if (fewest === undefined || examples[label]! < examples[fewest]!) fewest = label
  return fewest
}
