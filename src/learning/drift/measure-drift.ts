import { holm } from '../statistics/holm.ts'
import {
  estimateShare,
  fisherGreater,
  type Proportion,
  type ShareEstimate,
} from '../statistics/proportions.ts'
import { compareRanks } from '../statistics/rank-tests.ts'
import { countDocuments, type DriftReference, type ObservedPost, type ReadPost } from './observed-post.ts'

import { type RisenTerm, risenTerms } from './risen-terms.ts'
import { type ShareShift, shareShift } from './share-shift.ts'

/** Kinds of drift. */
export const DRIFT_KINDS = ['vocabulary', 'label-shares', 'confidence', 'coverage'] as const
export type DriftKind = (typeof DRIFT_KINDS)[number]

/** One label's predicted share. */
export interface LabelShift {
  readonly label: string
  readonly before: ShareEstimate
  readonly now: ShareEstimate
  /** Fisher's exact two-sided p-value (twice the lesser tail), adjusted after Holm for all labels. */
  readonly p: number
}

/** Differences between recent and reference posts, with the p-value of each. */
export interface DriftFigures {
  readonly posts: number
  readonly referencePosts: number
  readonly vocabulary: {
    /** Share of words that no post had that the model learned from. */
    readonly unknownShare: { readonly before: number; readonly now: number }
    /** Chance that a post of now has a greater such share than one from before. */
    readonly effect: number
    readonly p: number
    readonly risen: readonly RisenTerm[]
  }
  readonly labels: ShareShift & { readonly shifts: readonly LabelShift[] }
  readonly confidence: {
    readonly median: { readonly before: number; readonly now: number }
    /** Chance that a post from before has a greater confidence than one of now. */
    readonly effect: number
    readonly p: number
  }
  readonly coverage: {
    readonly before: ShareEstimate
    readonly now: ShareEstimate
    /** Of a fall. */
    readonly p: number
  }
}

/** A kind of drift that stands out from chance and is large enough to matter. */
export interface DriftAlarm<Group> {
  readonly group: Group
  readonly kind: DriftKind
  /** Adjusted after Holm for all that was tried in all groups. */
  readonly p: number
}

export interface DriftGroup<Group> {
  readonly group: Group
  readonly reference: DriftReference
  readonly posts: readonly ReadPost[]
}

export interface DriftMeasure<Group> {
  readonly figures: readonly (DriftFigures & { readonly group: Group })[]
  readonly alarms: readonly DriftAlarm<Group>[]
}

/**
 * Significance level of alarms: the probability of any alarm in one measurement of posts that are like the earlier
 * ones, once in a thousand days.
 */
const ALARM_LEVEL = 0.001
/** Significance level from which words and labels are reported. */
const REPORT_LEVEL = 0.05

/** Least sizes of a difference for an alarm, since with many posts any difference is significant. */
const LEAST_EFFECT = 0.56
const LEAST_INDEX = 0.1
const LEAST_FALL = 0.05

/**
 * Measures groups of posts (all, each language), each against its own reference; alarms are adjusted together. A
 * generator, so that the caller can let other work run between steps.
 */
export function* measureDrift<Group>(
  groups: readonly DriftGroup<Group>[],
): Generator<undefined, DriftMeasure<Group>> {
  const figures: (DriftFigures & { readonly group: Group })[] = []
  for (const { group, reference, posts } of groups) {
    figures.push({ group, ...(yield* figuresOf(reference, posts)) })
  }
  const tests = figures.flatMap((each) => testsOf(each).map((test) => ({ ...test, group: each.group })))
  const adjusted = holm(tests.map(({ p }) => p))
  const alarms = new Map<string, DriftAlarm<Group>>()
  tests.forEach(({ group, kind, matters }, at) => {
    const p = adjusted[at]!
    const key = `${groups.findIndex((each) => each.group === group)} ${kind}`
    const known = alarms.get(key)
    if (p <= ALARM_LEVEL && matters && (known === undefined || p < known.p))
      alarms.set(key, { group, kind, p })
  })
  return { figures, alarms: [...alarms.values()] }
}

/** The tests of a group; `matters` is whether the difference is large enough. */
function testsOf({ vocabulary, labels, confidence, coverage }: DriftFigures) {
  const strongest = Math.min(1, ...labels.shifts.map(({ p }) => p))
  const words = Math.min(1, ...vocabulary.risen.map(({ p }) => p))
  return [
    { kind: 'vocabulary', p: vocabulary.p, matters: vocabulary.effect >= LEAST_EFFECT },
    { kind: 'vocabulary', p: words, matters: true },
    { kind: 'label-shares', p: labels.p, matters: labels.psi >= LEAST_INDEX },
    { kind: 'label-shares', p: strongest, matters: true },
    { kind: 'confidence', p: confidence.p, matters: confidence.effect >= LEAST_EFFECT },
    {
      kind: 'coverage',
      p: coverage.p,
      matters: coverage.before.share - coverage.now.share >= LEAST_FALL,
    },
  ] as const
}

function* figuresOf(
  { posts: old, termDocuments }: DriftReference,
  posts: readonly ReadPost[],
): Generator<undefined, DriftFigures> {
  const unknown = compareRanks(posts.map(unknownShare), old.map(unknownShare))
  yield
  const confidence = compareRanks(
    old.map((post) => post.confidence),
    posts.map((post) => post.confidence),
  )
  yield
  const counts = { before: countLabels(old), now: countLabels(posts) }
  const assigned = (all: readonly ObservedPost[]): Proportion => ({
    count: all.filter((post) => post.assigned).length,
    of: all.length,
  })
  const documents = yield* countDocuments(posts)
  const risen = risenTerms(
    { posts: old.length, documents: termDocuments },
    { posts: posts.length, documents },
    REPORT_LEVEL,
  )
  yield
  return {
    posts: posts.length,
    referencePosts: old.length,
    vocabulary: {
      unknownShare: { before: unknownMass(old), now: unknownMass(posts) },
      effect: unknown.effect,
      p: unknown.p,
      risen,
    },
    labels: {
      ...shareShift(counts.before, counts.now),
      shifts: labelShifts(counts.before, old.length, counts.now, posts.length),
    },
    confidence: {
      median: { before: medianConfidence(old), now: medianConfidence(posts) },
      effect: confidence.effect,
      p: confidence.p,
    },
    coverage: {
      before: estimateShare(assigned(old)),
      now: estimateShare(assigned(posts)),
      p: fisherGreater(complement(assigned(posts)), complement(assigned(old))),
    },
  }
}

function complement({ count, of }: Proportion): Proportion {
  return { count: of - count, of }
}

/** All labels, those whose share moved most beyond chance first. */
function labelShifts(
  before: ReadonlyMap<string, number>,
  n: number,
  now: ReadonlyMap<string, number>,
  m: number,
): LabelShift[] {
  const labels = [...new Set([...before.keys(), ...now.keys()])].sort()
  const shares = labels.map((label) => ({
    before: { count: before.get(label) ?? 0, of: n },
    now: { count: now.get(label) ?? 0, of: m },
  }))
  const p = holm(
    shares.map((share) =>
      Math.min(
        1,
        2 * Math.min(fisherGreater(share.now, share.before), fisherGreater(share.before, share.now)),
      ),
    ),
  )
  return labels
    .map((label, at) => ({
      label,
      before: estimateShare(shares[at]!.before),
      now: estimateShare(shares[at]!.now),
      p: p[at]!,
    }))
    .sort((a, b) => a.p - b.p || b.now.share - a.now.share)
}

function countLabels(posts: readonly ObservedPost[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { label } of posts) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

function unknownShare({ words, unknownWords }: ObservedPost): number {
  return words === 0 ? 0 : unknownWords / words
}

function unknownMass(posts: readonly ObservedPost[]): number {
  let words = 0
  let unknown = 0
  for (const post of posts) {
    words += post.words
    unknown += post.unknownWords
  }
  return words === 0 ? 0 : unknown / words
}

function medianConfidence(posts: readonly ObservedPost[]): number {
  if (posts.length === 0) return 0
  const sorted = posts.map(({ confidence }) => confidence).sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
