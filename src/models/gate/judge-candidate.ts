import type { JudgedRow } from '../../learning/evaluation/evaluate.ts'
import { fisherExact } from '../../learning/statistics/proportions.ts'
import type { ComparedFigures, HoldOutReport } from '../registry/model-version.ts'
import type { TrainingExample } from '../training/training-example.ts'
import type { CandidatePredictions, Predecessor } from './compare-predictions.ts'
import type { Comparison, GateEvidence, GateTest, PairedPrediction, ParityEvidence } from './gate-evidence.ts'
import type { OutOfFoldRow } from './held-out-predictions.ts'
import { figuresOf, fingerprint, judgeMajority, judgeOutOfFold, judgeTextsBy } from './judge-hold-out.ts'

/**
 * Fewest threads of the audit slice, labelled blind and unseen by both versions, that can judge a candidate alone.
 * With fewer, out-of-fold predictions stand in, so that the candidate is fitted whole.
 */
export const LARGE_ENOUGH = 200

/** What a candidate is judged beside. */
interface Beside {
  /** Number of the active version. */
  readonly version: number | undefined
  readonly predecessor: Predecessor | undefined
  readonly comparisons: readonly Comparison[]
  readonly tests: readonly GateTest[]
}

/** Judges a candidate: on the audit slice where it is large enough, else on its out-of-fold predictions. */
export function judgeCandidate(
  candidate: CandidatePredictions,
  { version, predecessor, comparisons, tests }: Beside,
): { readonly holdOut: HoldOutReport; readonly gate: GateEvidence } {
  const judged = judge(candidate)
  const truths = judged.rows.map(({ truth }) => truth)
  const compared =
    version !== undefined && predecessor ? compareFigures(candidate, version, predecessor) : undefined
  const parity = weighParity(inLanguages(judged, comparisons))
  return {
    holdOut: {
      basis: judged.basis,
      threads: judged.rows.length,
      fingerprint: fingerprint(judged.examples),
      candidate: figuresOf(judged.rows),
      ...(compared && { compared }),
      majority: judgeMajority(candidate.learned, truths),
    },
    gate: {
      ...(version !== undefined && tests.length > 0 && { version }),
      tests,
      ...(parity && { parity }),
    },
  }
}

interface Judged {
  readonly basis: 'audit-slice' | 'out-of-fold'
  readonly examples: readonly TrainingExample[]
  /** Of `examples`, in their order. */
  readonly rows: readonly JudgedRow[]
}

/** There always is either: a parent is fitted further only where the audit slice is large enough. */
function judge({ learned, audit, outOfFold, classifier }: CandidatePredictions): Judged {
  if (audit.length >= LARGE_ENOUGH || outOfFold === undefined)
    return { basis: 'audit-slice', examples: audit, rows: judgeTextsBy(classifier, audit) }
  const examples = new Map(learned.map((example) => [example.id, example]))
  return {
    basis: 'out-of-fold',
    examples: outOfFold.rows.map(({ id }) => examples.get(id)!),
    rows: judgeOutOfFold(outOfFold.rows),
  }
}

/** The figures of both on the same threads. */
function compareFigures(
  { audit, outOfFold, classifier }: CandidatePredictions,
  version: number,
  predecessor: Predecessor,
): ComparedFigures | undefined {
  const fair = audit.filter(({ unseen }) => unseen)
  const rival = predecessor.classifier
  if (rival !== undefined && fair.length >= LARGE_ENOUGH)
    return beside(version, judgeTextsBy(classifier, fair), judgeTextsBy(rival, fair))
  const then = new Map(predecessor.outOfFold?.rows.map((row) => [row.id, row]))
  const pairs = (outOfFold?.rows ?? []).flatMap((row): [OutOfFoldRow, OutOfFoldRow][] => {
    const before = then.get(row.id)
    return before?.truth === row.truth ? [[row, before]] : []
  })
  if (pairs.length === 0) return undefined
  return beside(
    version,
    judgeOutOfFold(pairs.map(([now]) => now)),
    judgeOutOfFold(pairs.map(([, before]) => before)),
  )
}

function beside(
  version: number,
  candidate: readonly JudgedRow[],
  active: readonly JudgedRow[],
): ComparedFigures {
  return {
    version,
    threads: candidate.length,
    candidate: figuresOf(candidate),
    active: figuresOf(active),
  }
}

/** The threads on which the versions are compared, where there are; else those on which the candidate was judged. */
function inLanguages(judged: Judged, comparisons: readonly Comparison[]): readonly JudgedInLanguage[] {
  for (const each of comparisons)
    if (each.on !== 'relabelled' && each.on === judged.basis && each.cases.length > 0) return each.cases
  return judged.examples.map(({ language }, at) => {
    const { truth, label } = judged.rows[at]!
    return { language, now: label === truth }
  })
}

/** Fewest threads of each language; with fewer only gross differences could be told from chance. */
const ENOUGH = 30
const ALPHA = 0.05
/** How much further apart than before the languages may be and still count as no further. */
const TOLERANCE = 0.01

/** A thread and whether the candidate is right; before: whether the version compared with is. */
export type JudgedInLanguage = Pick<PairedPrediction, 'language' | 'now'> & { readonly before?: boolean }

/**
 * Whether the candidate's accuracy differs between French and English beyond chance (p < 0.05, Fisher's exact test),
 * and by more than a point more than that of the version compared with, on the same threads.
 *
 * @returns undefined with fewer than 30 threads in either language
 */
export function weighParity(cases: readonly JudgedInLanguage[]): ParityEvidence | undefined {
  const french = cases.filter(({ language }) => language === 'fr')
  const english = cases.filter(({ language }) => language === 'en')
  if (french.length < ENOUGH || english.length < ENOUGH) return undefined
  const now = { french: right(french), english: right(english) }
  const p = fisherExact(
    { of: french.length, successes: now.french },
    { of: english.length, successes: now.english },
  )
  const isCompared = cases.every(({ before }) => before !== undefined)
  const before = { french: rightBefore(french), english: rightBefore(english) }
  const gap = (counts: { readonly french: number; readonly english: number }) =>
    counts.french / french.length - counts.english / english.length
  const side = Math.sign(gap(now))
  const widened = !isCompared || side * gap(now) > side * gap(before) + TOLERANCE
  return {
    french: { threads: french.length, right: now.french },
    english: { threads: english.length, right: now.english },
    p,
    ...(isCompared && { before }),
    differs: p < ALPHA && widened,
  }
}

function right(cases: readonly JudgedInLanguage[]): number {
  return cases.filter(({ now }) => now).length
}

function rightBefore(cases: readonly JudgedInLanguage[]): number {
  return cases.filter(({ before }) => before === true).length
}
