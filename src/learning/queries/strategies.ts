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

/** Random sampling: every row is equally likely. The baseline of the other strategies. */
export const random: QueryStrategy = {
  shortlist: (pool, limit) => bestRows(pool, drawByChance(pool), limit),
  choose: (_, candidates, count) => firstCandidates(candidates, count),
}

/** How uncertain a model is of a row: the higher, the sooner to label it (Settles 2009, section 3.1). */
type Uncertainty = (classProbabilities: ClassProbabilities, row: number) => number

/** Uncertainty sampling: the rows of highest uncertainty; random rows while there is no model. */
function byUncertainty(uncertainty: Uncertainty): QueryStrategy {
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

/** One less the difference of the two highest probabilities (Scheffer et al. 2001). */
const marginUncertainty: Uncertainty = ({ ranks, probabilities }, row) => {
  const first = row * ranks
  return 1 - (probabilities[first]! - (ranks > 1 ? probabilities[first + 1]! : 0))
}

/** Margin sampling: rows whose two likeliest labels are closest. */
export const margin = byUncertainty(marginUncertainty)

/**
 * Entropy sampling: rows whose class probabilities have the highest Shannon entropy, in nats. Probability beyond the known
 * ranks counts as divided evenly among the other labels, which gives an upper bound.
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

/** Least-confidence sampling: rows whose highest probability is lowest (Lewis & Gale 1994). */
const leastConfidence = byUncertainty(({ ranks, probabilities }, row) => 1 - probabilities[row * ranks]!)

/** Diversity sampling: texts that together cover the corpus best, whatever their predictions. */
export const diversity: QueryStrategy = {
  shortlist: (pool, limit) => bestRows(pool, drawByChance(pool), limit),
  choose(_, candidates, count) {
    const coverage = createCoverage(candidates)
    return takeGreedily(candidates, count, coverage.gain, coverage.take)
  },
}

/**
 * The choice before there is a model. In turns: the text most similar to the name and description of the label that has
 * the fewest examples so far, and the text that adds most to the coverage of the corpus.
 */
const coldStart: QueryStrategy = {
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

/** The exponent by which the examples of a label lower the worth of further ones. */
const BALANCE = 0.25

/** The exponent of a text's own worth beside that of the texts it covers. */
const OWN_WORTH = 1

/**
 * The default: margin, class balance and diversity. The worth of a text is its margin uncertainty, lowered where its
 * predicted label has many examples. Of the texts of greatest worth, those are chosen that together cover most worth:
 * neither two similar ones nor one that is similar to no other. Before there is a model, see `coldStart`. How it was
 * found: docs/operate/learning-curve.md.
 */
const defaultMix: QueryStrategy = {
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
      // Counted as an example of its predicted label, so that a batch is not all of one label.
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

/** Every strategy by its name on the command line and in the API. */
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
      `unknown query strategy '${name}'; choose one of ${queryStrategyNames.join(', ')}`,
    )
  return queryStrategies[name as QueryStrategyName]
}
