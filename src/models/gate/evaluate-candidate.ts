import { createHash } from 'node:crypto'
import { type Classifier, likeliestOf } from '../../learning/classifier.ts'
import { type ClassifiedRow, evaluate } from '../../learning/evaluation/evaluate.ts'
import { fisherExact } from '../../learning/statistics/proportions.ts'
import type { ComparedFigures, EvaluationFigures, VersionEvaluation } from '../registry/model-version.ts'
import type { Example, TrainingExample } from '../training/training-example.ts'
import type { Baseline, CandidatePredictions } from './compare-predictions.ts'
import type { Comparison, GateEvidence, GateTest, PairedPrediction, ParityEvidence } from './gate-evidence.ts'
import type { RankedPrediction } from './held-out-predictions.ts'

/**
 * Fewest threads of the audit slice, labelled blind and unseen by both versions, on which a candidate is evaluated
 * alone. With fewer it is evaluated on held-out predictions, for which it is fitted from the beginning.
 */
export const ENOUGH_AUDITED = 200

/** The active version and how the candidate compares with it. */
interface ComparedWith {
  /** Number of the active version. */
  readonly version: number | undefined
  readonly baseline: Baseline | undefined
  readonly comparisons: readonly Comparison[]
  readonly tests: readonly GateTest[]
}

/** What the gate decides on. */
export interface CandidateEvaluation {
  readonly evaluation: VersionEvaluation
  readonly gate: GateEvidence
}

/** Evaluates a candidate: on the audit slice where it is large enough, otherwise on its held-out predictions. */
export function evaluateCandidate(
  candidate: CandidatePredictions,
  { version, baseline, comparisons, tests }: ComparedWith,
): CandidateEvaluation {
  const tested = classifyTested(candidate)
  const truths = tested.rows.map(({ truth }) => truth)
  return {
    evaluation: {
      basis: tested.basis,
      threads: tested.rows.length,
      fingerprint: fingerprint(tested.examples),
      candidate: figuresOf(tested.rows),
      compared: version !== undefined && baseline ? compareFigures(candidate, version, baseline) : undefined,
      majority: evaluateMajority(candidate.learned, truths),
    },
    gate: {
      version: tests.length > 0 ? version : undefined,
      tests,
      parity: testParity(inLanguages(tested, comparisons)),
    },
  }
}

/** The threads that a candidate is evaluated on. */
interface TestedThreads {
  readonly basis: VersionEvaluation['basis']
  readonly examples: readonly TrainingExample[]
  /** Of `examples`, in their order. */
  readonly rows: readonly ClassifiedRow[]
}

/** Either exists: a parent is fitted further only where the audit slice is large enough. */
function classifyTested({ learned, audit, heldOut, classifier }: CandidatePredictions): TestedThreads {
  if (audit.length >= ENOUGH_AUDITED || heldOut === undefined)
    return { basis: 'audit-slice', examples: audit, rows: classifyExamples(classifier, audit) }
  const examples = new Map(learned.map((example) => [example.id, example]))
  return {
    basis: 'held-out',
    examples: heldOut.rows.map(({ id }) => examples.get(id)!),
    rows: heldOut.rows,
  }
}

/** The figures of both versions on the same threads. */
function compareFigures(
  { audit, heldOut, classifier }: CandidatePredictions,
  version: number,
  baseline: Baseline,
): ComparedFigures | undefined {
  const unseen = audit.filter((example) => example.unseen)
  if (baseline.classifier !== undefined && unseen.length >= ENOUGH_AUDITED)
    return figuresOfBoth(
      version,
      classifyExamples(classifier, unseen),
      classifyExamples(baseline.classifier, unseen),
    )
  const then = new Map(baseline.heldOut?.rows.map((row) => [row.id, row]))
  const pairs = (heldOut?.rows ?? []).flatMap((row): [RankedPrediction, RankedPrediction][] => {
    const before = then.get(row.id)
    return before?.truth === row.truth ? [[row, before]] : []
  })
  if (pairs.length === 0) return undefined
  return figuresOfBoth(
    version,
    pairs.map(([now]) => now),
    pairs.map(([, before]) => before),
  )
}

function figuresOfBoth(
  version: number,
  candidate: readonly ClassifiedRow[],
  active: readonly ClassifiedRow[],
): ComparedFigures {
  return {
    version,
    threads: candidate.length,
    candidate: figuresOf(candidate),
    active: figuresOf(active),
  }
}

function classifyExamples(classifier: Classifier, examples: readonly Example[]): ClassifiedRow[] {
  return examples.map(({ text, label: truth }) => {
    const classification = classifier.classify(text)
    const { label: given, decision, costs } = classification
    const row = { truth, ...likeliestOf(classification), assigned: decision === 'assigned' }
    return costs === undefined ? row : { ...row, decided: { label: given, score: costs.score } }
  })
}

/** Figures of at least one thread. */
function figuresOf(rows: readonly ClassifiedRow[]): EvaluationFigures {
  const right = rows.filter((row) => row.label === row.truth).length
  const figures = evaluate(rows)
  return {
    right,
    accuracy: right / rows.length,
    macroF1: figures.macro_f1,
    coverage: figures.coverage,
    wrongAmongAssigned: figures.selective_risk,
    calibrationError: figures.ece,
  }
}

/** How often the commonest label of `learned` is right; of equally common labels, the first by name. */
function evaluateMajority(learned: readonly Pick<Example, 'label'>[], truths: readonly string[]) {
  const counts = new Map<string, number>()
  for (const { label } of learned) counts.set(label, (counts.get(label) ?? 0) + 1)
  const [label] = [...counts].reduce((best, each) =>
    each[1] > best[1] || (each[1] === best[1] && each[0] < best[0]) ? each : best,
  )
  const right = truths.filter((truth) => truth === label).length
  return { label, right, accuracy: right / truths.length }
}

/** Equal for equal examples in the same order. */
function fingerprint(examples: readonly Example[]): string {
  const hash = createHash('sha256')
  for (const { text, label } of examples) hash.update(JSON.stringify([text, label]))
  return hash.digest('hex').slice(0, 16)
}

/** The threads on which the versions are compared, where there are any; otherwise those of the evaluation. */
function inLanguages(tested: TestedThreads, comparisons: readonly Comparison[]): readonly LanguageCase[] {
  for (const each of comparisons)
    if (each.on !== 'relabelled' && each.on === tested.basis && each.cases.length > 0) return each.cases
  return tested.examples.map(({ language }, at) => {
    const { truth, label } = tested.rows[at]!
    return { language, now: label === truth }
  })
}

/** Fewest threads of each language; fewer would show only gross differences. */
const ENOUGH_PER_LANGUAGE = 30
const ALPHA = 0.05
/** Increase of the difference between the languages that still counts as none. */
const TOLERANCE = 0.01

/** A thread, whether the candidate is right and, in `before`, whether the version compared with is. */
export type LanguageCase = Pick<PairedPrediction, 'language' | 'now'> & { readonly before?: boolean }

/**
 * Tests whether the candidate's accuracy differs between French and English beyond chance (p < 0.05, Fisher's exact
 * test), and by over a point more than that of the version compared with, on the same threads.
 *
 * @returns undefined with fewer than 30 threads in either language
 */
export function testParity(cases: readonly LanguageCase[]): ParityEvidence | undefined {
  const french = cases.filter(({ language }) => language === 'fr')
  const english = cases.filter(({ language }) => language === 'en')
  if (french.length < ENOUGH_PER_LANGUAGE || english.length < ENOUGH_PER_LANGUAGE) return undefined
  const now = { french: countRight(french), english: countRight(english) }
  const p = fisherExact({ count: now.french, of: french.length }, { count: now.english, of: english.length })
  const isCompared = cases.every(({ before }) => before !== undefined)
  const before = { french: countRightBefore(french), english: countRightBefore(english) }
  const gap = (counts: { readonly french: number; readonly english: number }) =>
    counts.french / french.length - counts.english / english.length
  const side = Math.sign(gap(now))
  const widened = !isCompared || side * gap(now) > side * gap(before) + TOLERANCE
  return {
    french: { threads: french.length, right: now.french },
    english: { threads: english.length, right: now.english },
    p,
    before: isCompared ? before : undefined,
    differs: p < ALPHA && widened,
  }
}

function countRight(cases: readonly LanguageCase[]): number {
  return cases.filter(({ now }) => now).length
}

function countRightBefore(cases: readonly LanguageCase[]): number {
  return cases.filter(({ before }) => before === true).length
}
