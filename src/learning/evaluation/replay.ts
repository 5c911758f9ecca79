import { LearningError } from '../errors.ts'
import { weighRows } from '../features/vectorizer.ts'
import {
  type ClassProbabilities,
  type QueryPool,
  type QueryStrategy,
  rankClassProbabilities,
} from '../queries/query-strategy.ts'
import { type FittedRows, fitRows } from '../training/fit-corpus.ts'
import { predictRows } from '../training/predict.ts'
import { OUT_OF_SCOPE } from './evaluate.ts'
import type { ReplayCorpus } from './replay-corpus.ts'

/** Default size of the shortlist of a batch. */
const SHORTLIST = 1000
/** Labels of a row whose probabilities strategies receive; those beyond have almost none. */
const RANKS = 10

/** Figures of a classifier trained on so many labels. */
export interface ReplayPoint {
  /** Labels given so far. */
  readonly labels: number
  /** Share of right labels among tested texts in scope. */
  readonly accuracy: number
  /** Mean of that share over the labels of tested texts, each counting the same. */
  readonly balancedAccuracy: number
  /** Labels of which there is an example. */
  readonly labelsFound: number
  /** Rows of the texts that were labelled, in the order in which they were asked about. */
  readonly asked: Int32Array
}

export interface ReplayOptions {
  readonly strategy: QueryStrategy
  /** Labels given before the first fit, chosen by the strategy without a model. */
  readonly start: number
  /** Labels given between two fits. */
  readonly batch: number
  /** Labels given in all, at most. */
  readonly until: number
  readonly seed: number
  /** Rows shortlisted for each batch; 1,000 by default. */
  readonly shortlist?: number
}

/**
 * Simulates the labelling of a corpus whose labels are known: the strategy chooses each batch, the batch gets the labels
 * of the corpus, and a network is fitted from the beginning to all labels so far and to the texts still without one. The
 * same arguments give the same points.
 *
 * @throws LearningError `INVALID_ARGUMENT` where a number is no positive integer, `TOO_FEW_LABELS` where the first labels
 * given are all the same
 */
export function* replayLabelling(from: ReplayCorpus, options: ReplayOptions): Generator<ReplayPoint> {
  const { start, batch, until, seed } = options
  if (![start, batch, until, options.shortlist ?? 1].every((each) => Number.isSafeInteger(each) && each > 0))
    throw new LearningError('INVALID_ARGUMENT', 'the counts of a replay must be positive integers')
  if (!Number.isSafeInteger(seed)) throw new LearningError('INVALID_ARGUMENT', 'a seed must be an integer')
  const given = new Uint8Array(from.targets.length)
  const order: number[] = []
  let fitted: FittedRows | undefined
  while (true) {
    const wanted = Math.min(batch, (order.length < start ? Math.min(start, until) : until) - order.length)
    const asked = wanted > 0 ? askNext(from, given, fitted, wanted, options) : new Int32Array(0)
    if (asked.length === 0) return
    for (const row of asked) given[row] = 1
    order.push(...asked)
    const labels = order.length
    if (labels < Math.min(start, until)) continue
    const examples = rowsWhere(given, 1)
    const targets = examples.map((row) => from.targets[row]!)
    fitted = fitRows({
      corpus: from.corpus,
      examples,
      targets,
      names: from.nameRow,
      seed,
      unlabelled: rowsWhere(given, 0),
    })
    yield { labels, asked: Int32Array.from(order), ...testFit(from, fitted) }
  }
}

function askNext(
  from: ReplayCorpus,
  given: Uint8Array,
  fitted: FittedRows | undefined,
  count: number,
  { strategy, seed, shortlist = SHORTLIST }: ReplayOptions,
): Int32Array {
  const open = rowsWhere(given, 0)
  const done = rowsWhere(given, 1)
  const labelled = new Int32Array(from.labels.length)
  for (const row of done) labelled[from.targets[row]!]!++
  let classProbabilities: ClassProbabilities | undefined
  const pool: QueryPool = {
    ids: Array.from(open, (row) => String(row)),
    labelled,
    seed: seed + done.length,
    // Predicting the whole pool is half of a replay's time, and random has no use for it.
    get classProbabilities() {
      if (fitted !== undefined) classProbabilities ??= classProbabilitiesOf(from, fitted, open)
      return classProbabilities
    },
  }
  const rows = strategy.shortlist(pool, Math.max(shortlist, count))
  const textsOf = (positions: Int32Array) => weighRows(from.corpus, positions, from.likeness)
  const candidates = {
    rows,
    texts: textsOf(rows.map((at) => open[at]!)),
    names: from.names,
    asked: textsOf(done),
  }
  return strategy.choose(pool, candidates, count).map((at) => open[at]!)
}

function classProbabilitiesOf(
  { corpus, labels }: ReplayCorpus,
  fitted: FittedRows,
  rows: Int32Array,
): ClassProbabilities {
  const { known } = fitted
  const classes = known.length
  const among = rankClassProbabilities(predictRows(fitted, corpus, rows), classes, Math.min(RANKS, classes))
  return { ...among, ranked: Int32Array.from(among.ranked, (c) => known[c]!), classes: labels.length }
}

/** Test texts out of scope are left out, and no text is predicted to be out of scope (docs/operate/evaluating.md). */
function testFit(
  { corpus, labels, test }: ReplayCorpus,
  fitted: FittedRows,
): Omit<ReplayPoint, 'labels' | 'asked'> {
  const { known } = fitted
  const classes = known.length
  const probabilities = predictRows(fitted, corpus, test.rows)
  const countsByLabel = new Map<string, { tested: number; right: number }>()
  test.labels.forEach((truth, at) => {
    if (truth === OUT_OF_SCOPE) return
    let best = -1
    for (let c = 0; c < classes; c++) {
      if (labels[known[c]!] === OUT_OF_SCOPE) continue
      if (best < 0 || probabilities[at * classes + c]! > probabilities[at * classes + best]!) best = c
    }
    const counts = countsByLabel.get(truth) ?? { tested: 0, right: 0 }
    countsByLabel.set(truth, counts)
    counts.tested++
    if (labels[known[best]!] === truth) counts.right++
  })
  const all = [...countsByLabel.values()]
  const tested = all.reduce((sum, counts) => sum + counts.tested, 0)
  return {
    accuracy: tested > 0 ? all.reduce((sum, counts) => sum + counts.right, 0) / tested : 0,
    balancedAccuracy:
      all.length > 0 ? all.reduce((sum, counts) => sum + counts.right / counts.tested, 0) / all.length : 0,
    labelsFound: known.length,
  }
}

function rowsWhere(given: Uint8Array, value: number): Int32Array {
  return Int32Array.from(given.keys()).filter((row) => given[row] === value)
}

/** A point of several replays of one strategy, which differ by their seed. */
export interface ReplayedPoint {
  readonly labels: number
  /** Mean over the seeds. */
  readonly accuracy: number
  readonly lowest: number
  readonly highest: number
  readonly balancedAccuracy: number
  readonly labelsFound: number
}

/** The points that all replays have: where one ended early, no later ones. */
export function summariseReplays(replays: readonly (readonly ReplayPoint[])[]): ReplayedPoint[] {
  const shared = Math.min(...replays.map((points) => points.length))
  return Array.from({ length: shared }, (_, at) => {
    const points = replays.map((replay) => replay[at]!)
    const accuracies = points.map(({ accuracy }) => accuracy)
    return {
      labels: Math.max(...points.map(({ labels }) => labels)),
      accuracy: mean(accuracies),
      lowest: Math.min(...accuracies),
      highest: Math.max(...accuracies),
      balancedAccuracy: mean(points.map((point) => point.balancedAccuracy)),
      labelsFound: mean(points.map((point) => point.labelsFound)),
    }
  })
}

/** Labels from which on the accuracy is never below a bound; undefined where its last point is. */
export function labelsToReach(
  points: readonly { readonly labels: number; readonly accuracy: number }[],
  bound: number,
): number | undefined {
  const below = points.findLastIndex(({ accuracy }) => accuracy < bound)
  return points[below + 1]?.labels
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
