import { LearningError } from './errors.ts'
import { OUT_OF_SCOPE } from './evaluate.ts'
import { type FittedRows, fitRows, predictRows } from './fit-rows.ts'
import { type Beliefs, rankBeliefs } from './queries/beliefs.ts'
import type { QueryPool, QueryStrategy } from './queries/query-strategy.ts'
import type { ReplayCorpus } from './replay-corpus.ts'
import { weighRows } from './vectorizer.ts'

/** How good a classifier is that was given so many labels. */
export interface ReplayPoint {
  /** Labels given. */
  readonly labels: number
  /** Share of right labels among tested texts in scope. */
  readonly accuracy: number
  /** Mean of that share over the labels of tested texts, each counting the same. */
  readonly balancedAccuracy: number
  /** Labels of which there is an example. */
  readonly labelsFound: number
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
  /** Rows shortlisted for each batch; 2,000 unless told. */
  readonly shortlist?: number
}

/**
 * Labels a corpus anew, as if its labels were not known: each batch is asked of the strategy, given the labels that the
 * corpus has, and a network is fitted on all labels so far, from the beginning. The same arguments give the same points.
 *
 * @throws LearningError `INVALID_ARGUMENT` where a number is no positive integer, or the first labels given are all the
 * same
 */
export function* replayLabelling(from: ReplayCorpus, options: ReplayOptions): Generator<ReplayPoint> {
  const { start, batch, until, seed } = options
  if (![start, batch, until, options.shortlist ?? 1].every((each) => Number.isSafeInteger(each) && each > 0))
    throw new LearningError('INVALID_ARGUMENT', 'a replay counts in positive integers')
  if (!Number.isSafeInteger(seed)) throw new LearningError('INVALID_ARGUMENT', 'a seed is an integer')
  const given = new Uint8Array(from.size)
  let labels = 0
  let fitted: Fit | undefined
  while (true) {
    const wanted = Math.min(batch, (labels < start ? start : until) - labels)
    const asked = wanted > 0 ? askNext(from, given, fitted, wanted, options) : new Int32Array(0)
    if (asked.length === 0) return
    for (const row of asked) given[row] = 1
    labels += asked.length
    if (labels < Math.min(start, until)) continue
    fitted = fitKnown(from, rowsWhere(given, 1), seed)
    yield { labels, ...judge(from, fitted) }
  }
}

/** A network of the labels that have been given; `known` are their classes in the corpus. */
interface Fit extends FittedRows {
  readonly known: Int32Array
}

function fitKnown(
  { corpus, targets, nameRow, hasName }: ReplayCorpus,
  examples: Int32Array,
  seed: number,
): Fit {
  const known = Int32Array.from(new Set(examples.map((row) => targets[row]!))).sort()
  if (known.length < 2) throw new LearningError('INVALID_ARGUMENT', 'the first texts all have the same label')
  const place = new Map(Array.from(known, (c, at) => [c, at]))
  const named = known.filter((c) => hasName[c] === 1)
  const classes = [...examples.map((row) => targets[row]!), ...named].map((c) => place.get(c)!)
  const names = named.map((c) => nameRow[c]!)
  const input = { corpus, examples, names, targets: Int32Array.from(classes), classes: known.length, seed }
  return { ...fitRows(input), known }
}

function askNext(
  from: ReplayCorpus,
  given: Uint8Array,
  fitted: Fit | undefined,
  count: number,
  { strategy, seed, shortlist = 2000 }: ReplayOptions,
): Int32Array {
  const open = rowsWhere(given, 0)
  const done = rowsWhere(given, 1)
  const labelled = new Int32Array(from.labels.length)
  for (const row of done) labelled[from.targets[row]!]!++
  const pool: QueryPool = {
    ids: Array.from(open, (row) => from.ids[row]!),
    labelled,
    seed: seed + done.length,
    ...(fitted && { beliefs: beliefsOf(from, fitted, open) }),
  }
  const rows = strategy.shortlist(pool, Math.max(shortlist, count))
  const textsOf = (positions: Int32Array) => weighRows(from.corpus, positions, from.likeness)
  const candidates = {
    rows,
    texts: textsOf(rows.map((at) => open[at]!)),
    names: from.names,
    asked: textsOf(fitted === undefined ? done : new Int32Array(0)),
  }
  return strategy.choose(pool, candidates, count).map((at) => open[at]!)
}

function beliefsOf({ corpus, labels }: ReplayCorpus, fitted: Fit, rows: Int32Array): Beliefs {
  const { classes, known } = fitted
  const among = rankBeliefs(predictRows(fitted, corpus, rows), classes, classes)
  return { ...among, ranked: Int32Array.from(among.ranked, (c) => known[c]!), classes: labels.length }
}

/** Tested texts out of scope have no right label, and no other text is given theirs (docs/evaluating.md). */
function judge({ corpus, labels, test }: ReplayCorpus, fitted: Fit): Omit<ReplayPoint, 'labels'> {
  const { classes, known } = fitted
  const probabilities = predictRows(fitted, corpus, test.rows)
  const tallies = new Map<string, { tested: number; right: number }>()
  test.labels.forEach((truth, at) => {
    if (truth === OUT_OF_SCOPE) return
    let best = -1
    for (let c = 0; c < classes; c++) {
      if (labels[known[c]!] === OUT_OF_SCOPE) continue
      if (best < 0 || probabilities[at * classes + c]! > probabilities[at * classes + best]!) best = c
    }
    const tally = tallies.get(truth) ?? { tested: 0, right: 0 }
    tallies.set(truth, tally)
    tally.tested++
    if (labels[known[best]!] === truth) tally.right++
  })
  const all = [...tallies.values()]
  const tested = all.reduce((sum, tally) => sum + tally.tested, 0)
  return {
    accuracy: tested > 0 ? all.reduce((sum, tally) => sum + tally.right, 0) / tested : 0,
    balancedAccuracy:
      all.length > 0 ? all.reduce((sum, tally) => sum + tally.right / tally.tested, 0) / all.length : 0,
    labelsFound: known.length,
  }
}

function rowsWhere(given: Uint8Array, value: number): Int32Array {
  return Int32Array.from(given.keys()).filter((row) => given[row] === value)
}
