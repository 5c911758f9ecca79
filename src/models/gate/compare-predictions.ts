import type { Classifier } from '../../learning/classifier.ts'
import { type TrainingInput, trainClassifier } from '../../learning/training/train-classifier.ts'
import type { TrainingExample } from '../training/training-example.ts'
import type { Comparison, PairedPrediction } from './gate-evidence.ts'
import { LEAST_CONFIDENCE, type OutOfFold, type OutOfFoldRow, outOfFoldOf } from './held-out-predictions.ts'

/** What there is of the active version. */
export interface Predecessor {
  /** What it said of its examples out of fold; absent where it was fitted further. */
  readonly outOfFold?: OutOfFold
  /** The same of the version whose whole fit it goes on from. */
  readonly witness?: OutOfFold
  /** Absent where its artefact cannot be read. */
  readonly classifier?: Classifier
}

export interface CandidatePredictions {
  readonly learned: readonly TrainingExample[]
  readonly audit: readonly TrainingExample[]
  /** Absent where the parent was fitted further. */
  readonly outOfFold?: OutOfFold
  readonly classifier: Classifier
}

/**
 * The threads on which candidate and active version can be compared without favour to either.
 *
 * @param auditSuffices whether the audit slice is large enough to be a ground
 */
export function comparePredictions(
  candidate: CandidatePredictions,
  active: Predecessor,
  { auditSuffices }: { readonly auditSuffices: boolean },
): Comparison[] {
  const now = byId(candidate.outOfFold)
  return [
    ...(auditSuffices ? [{ on: 'audit-slice' as const, cases: onAudit(candidate, active) }] : []),
    { on: 'out-of-fold', cases: onExamples(candidate.learned, byId(active.outOfFold), now) },
    { on: 'recent', cases: onRecent(candidate.learned, active, now) },
    { on: 'relabelled', oddsOfOld: onRelabelled(candidate.learned, active.witness) },
  ]
}

/** Predicted by both without having been seen, and labelled the same: whatever was removed or relabelled is left out. */
function onExamples(
  learned: readonly TrainingExample[],
  then: ReadonlyMap<string, OutOfFoldRow>,
  now: ReadonlyMap<string, OutOfFoldRow>,
): PairedPrediction[] {
  return learned.flatMap(({ id, label, language }) => {
    const before = then.get(id)
    const after = now.get(id)
    if (before?.truth !== label || after === undefined) return []
    return [{ language, label, before: saidOf(before) === label, now: saidOf(after) === label }]
  })
}

/** Neither has learned from them. */
function onAudit({ audit, classifier }: CandidatePredictions, active: Predecessor): PairedPrediction[] {
  const rival = active.classifier
  if (rival === undefined) return []
  return audit
    .filter(({ unseen }) => unseen)
    .map(({ text, label, language }) => ({
      language,
      label,
      before: rival.classify(text).label === label,
      now: classifier.classify(text).label === label,
    }))
}

/** The active version has not seen them; the candidate is judged out of fold. */
function onRecent(
  learned: readonly TrainingExample[],
  { classifier }: Predecessor,
  now: ReadonlyMap<string, OutOfFoldRow>,
): PairedPrediction[] {
  if (classifier === undefined) return []
  return learned.flatMap(({ id, text, label, language, unseen }) => {
    const after = now.get(id)
    if (!unseen || after === undefined) return []
    return [
      { language, label, before: classifier.classify(text).label === label, now: saidOf(after) === label },
    ]
  })
}

/**
 * By what the older version said of them out of fold, which its other examples taught it: is the old label likelier,
 * or the new one? Verdicts taken back do not count, nor labels that it did not know.
 */
function onRelabelled(learned: readonly TrainingExample[], witness: OutOfFold | undefined): number[] {
  const then = byId(witness)
  const known = new Set(witness?.labels)
  return learned.flatMap(({ id, label, relabelled }) => {
    const before = then.get(id)
    if (!relabelled || before === undefined || before.truth === label || !known.has(label)) return []
    return [Math.log(confidenceIn(before, before.truth) / confidenceIn(before, label))]
  })
}

function saidOf({ likeliest }: OutOfFoldRow): string {
  return likeliest[0]!.label
}

function confidenceIn({ likeliest }: OutOfFoldRow, label: string): number {
  const kept = likeliest.find((each) => each.label === label)?.confidence ?? 0
  return Math.max(kept, LEAST_CONFIDENCE)
}

function byId(predictions: OutOfFold | undefined): Map<string, OutOfFoldRow> {
  return new Map(predictions?.rows.map((row) => [row.id, row]))
}

/** Added to the seed, so that the folds are others. */
const OTHER_SEED = 1_000_003

/**
 * A second look: trains the labels of then and those of now, both with one other seed, and compares what comes out.
 * What differs then is due to the labels; what was due to the seed, or to how examples were dealt into folds, does not
 * come again.
 *
 * @param input what the candidate was trained with
 * @returns undefined where too little is left of the labels of then
 */
export function compareAnew(
  candidate: CandidatePredictions,
  { outOfFold, witness }: Predecessor,
  input: Omit<TrainingInput, 'seed' | 'parent'>,
  seed: number,
): Comparison[] | undefined {
  const { learned } = candidate
  const truths = new Map(outOfFold?.rows.map(({ id, truth }) => [id, truth]))
  const then = learned.filter(({ unseen }) => !unseen)
  const labels = then.map(({ id, label }) => truths.get(id) ?? label)
  if (new Set(labels).size < 2) return undefined
  const train = (texts: readonly string[], theirs: readonly string[]) =>
    trainClassifier({ ...input, texts, labels: theirs, seed: seed + OTHER_SEED })
  const before = train(
    then.map(({ text }) => text),
    labels,
  )
  const beforeOutOfFold = outOfFoldOf(
    before,
    then.map(({ id }) => id),
  )
  const nowOutOfFold = outOfFoldOf(
    train(input.texts, input.labels),
    learned.map(({ id }) => id),
  )
  return comparePredictions(
    { ...candidate, ...(nowOutOfFold && { outOfFold: nowOutOfFold }) },
    {
      ...(beforeOutOfFold && { outOfFold: beforeOutOfFold }),
      ...(witness && { witness }),
      classifier: before,
    },
    { auditSuffices: false },
  )
}
