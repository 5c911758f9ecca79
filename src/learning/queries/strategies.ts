import { LearningError } from '../errors.ts'
import { createCosines, createCoverage } from './coverage.ts'
import {
  type Candidates,
  type ClassProbabilities,
  checkClassProbabilities,
  type QueryPool,
  type QueryStrategy,
} from './query-strategy.ts'
import { bestRows, drawByChance, firstCandidates, takeGreedily } from './selection.ts'

/** How little the model knows of a row: the higher, the sooner to ask (Resolves 2009, section 3.1). */
export type Uncertainty = (classProbabilities: ClassProbabilities, row: number) => number

/** Asks about the rows of highest uncertainty; at random while there is no model. */
export function byUncertainty(uncertainty: Uncertainty): QueryStrategy {
  return {
    shortlist(pool, limit) {
      const { classProbabilities } = pool
      if (classProbabilities === undefined) return bestRows(pool, drawByChance(pool), limit)
      checkClassProbabilities(classProbabilities, pool.ids.length)
      return bestRows(
        pool,
        Float64Array.from(pool.ids, (_, row) => uncertainty(classProbabilities, row)),
        limit,
      )
    },
    choose: (_, candidates, count) => firstCandidates(candidates, count),
  }
}

/** One less the lead of the first label over the second (Scheffer et al. 2001). */
export const marginUncertainty: Uncertainty = ({ ranks, probabilities }, row) => {
  const first = row * ranks
  return 1 - (probabilities[first]! - (ranks > 1 ? probabilities[first + 1]! : 0))
}

/** Asks about what is torn between two labels. */
export const margin = byUncertainty(marginUncertainty)

/**
 * Asks about what could be many labels: Shannon's entropy, in nats. What is left of the probability beyond the ranks told
 * is taken as shared evenly by the other labels, which is the most that it can be.
 */
export const entropy = byUncertainty(({ ranks, classes, probabilities }, row) => {
  let sum = 0
  let rest = 1
  for (let at = row * ranks; at < (row + 1) * ranks; at++) {
    const p = probabilities[at]!
    rest -= p
    if (p > 0) sum -= p * Math.log(p)
  }
  return classes > ranks && rest > 0 ? sum - rest * Math.log(rest / (classes - ranks)) : sum
})

/** Asks about what has no likely label: one less the highest probability (Lewis & Gale 1994). */
export const leastConfidence = byUncertainty(
  ({ ranks, probabilities }, row) => 1 - probabilities[row * ranks]!,
)

/** Asks about any row as likely as about any other; what the others are measured against. */
export const random: QueryStrategy = {
  shortlist: (pool, limit) => bestRows(pool, drawByChance(pool), limit),
  choose: (_, candidates, count) => firstCandidates(candidates, count),
}

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

/** Asks about texts that together speak for as much of the corpus as they can, whatever the model thinks of them. */
export const diversity: QueryStrategy = {
  shortlist: (pool, limit) => bestRows(pool, drawByChance(pool), limit),
  choose(_, candidates, count) {
    const coverage = createCoverage(candidates)
    return takeGreedily(candidates, count, coverage.gain, coverage.take)
  },
}

/** How much a label's examples count against asking for more of it. */
const BALANCE = 0.25
/** How much a text's own worth counts beside that of the texts it speaks for. */
const OWN_WORTH = 1

/**
 * Margin, class balance and diversity. A text is worth what the model is unsure of it, less where the label it would be
 * given has many examples; of the texts worth most, those are asked about that speak for as much of that worth as they
 * can between them, so neither two that are alike nor one that is like no other. Before there is a model, see
 * `coldStart`. How it was found: docs/operate/learning-curve.md.
 */
export const defaultMix: QueryStrategy = {
  shortlist(pool, limit) {
    const { classProbabilities } = pool
    if (classProbabilities === undefined) return coldStart.shortlist(pool, limit)
    checkClassProbabilities(classProbabilities, pool.ids.length)
    const worth = worthOf(classProbabilities, pool.labelled)
    return bestRows(
      pool,
      Float64Array.from(pool.ids, (_, row) => worth(row)),
      limit,
    )
  },
  choose(pool, candidates, count) {
    const { classProbabilities } = pool
    if (classProbabilities === undefined) return coldStart.choose(pool, candidates, count)
    return chooseAmong(pool, classProbabilities, candidates, count)
  },
}

function chooseAmong(
  { labelled }: QueryPool,
  classProbabilities: ClassProbabilities,
  candidates: Candidates,
  count: number,
): Int32Array {
  const { rows } = candidates
  const examples = Float64Array.from(labelled)
  const worth = worthOf(classProbabilities, examples)
  const coverage = createCoverage(candidates, (i) => worth(rows[i]!))
  return takeGreedily(
    candidates,
    count,
    (i) => coverage.gain(i) * worth(rows[i]!) ** OWN_WORTH,
    (i) => {
      coverage.take(i)
      // As if it had the label that is expected: a batch does not ask for one label alone.
      const label = likeliest(classProbabilities, rows[i]!)
      examples[label] = examples[label]! + 1
    },
  )
}

function worthOf(
  classProbabilities: ClassProbabilities,
  examples: ArrayLike<number>,
): (row: number) => number {
  return (row) =>
    marginUncertainty(classProbabilities, row) *
    (1 + examples[likeliest(classProbabilities, row)]!) ** -BALANCE
}

function likeliest({ ranks, ranked }: ClassProbabilities, row: number): number {
  return ranked[row * ranks]!
}

/** Every strategy, by the name that people give. */
const queryStrategies = {
  default: defaultMix,
  margin,
  entropy,
  'least-confidence': leastConfidence,
  diversity,
  random,
} as const satisfies Record<string, QueryStrategy>

export type QueryStrategyName = keyof typeof queryStrategies

export const queryStrategyNames = Object.keys(queryStrategies) as readonly QueryStrategyName[]

/** @throws LearningError `INVALID_ARGUMENT` where no strategy has this name */
export function requireQueryStrategy(name: string): QueryStrategy {
  if (!Object.hasOwn(queryStrategies, name))
    throw new LearningError(
      'INVALID_ARGUMENT',
      `no strategy is called '${name}': ${queryStrategyNames.join(', ')}`,
    )
  return queryStrategies[name as QueryStrategyName]
}
