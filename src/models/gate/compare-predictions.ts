import { type Classifier, likeliestOf } from '../../learning/classifier.ts'
import { type TrainingInput, trainClassifier } from '../../learning/training/train-classifier.ts'
import type { TrainingExample } from '../training/training-example.ts'
import type { Comparison, PairedPrediction } from './gate-evidence.ts'
import {
  heldOutPredictionsOf,
  LEAST_CONFIDENCE,
  type RankedPrediction,
  type VersionPredictions,
} from './held-out-predictions.ts'

/** The active version, as far as it can be compared. */
export interface Baseline {
  /** Its held-out predictions; absent where it was fitted further from a parent. */
  readonly heldOut?: VersionPredictions | undefined
  /** Those of the last version that was fitted from the beginning: its own, or of an ancestor. */
  readonly wholeFitHeldOut?: VersionPredictions | undefined
  /** Absent where its artefact cannot be read. */
  readonly classifier?: Classifier | undefined
}

/** A candidate with its predictions. */
export interface CandidatePredictions {
  readonly learned: readonly TrainingExample[]
  readonly audit: readonly TrainingExample[]
  /** Absent where the parent was fitted further. */
  readonly heldOut?: VersionPredictions | undefined
  readonly classifier: Classifier
}

/**
 * The threads on which candidate and active version can be compared without an advantage to either.
 *
 * @param auditSuffices whether the audit slice is large enough to compare on
 */
export function comparePredictions(
  candidate: CandidatePredictions,
  active: Baseline,
  { auditSuffices }: { readonly auditSuffices: boolean },
): Comparison[] {
  const now = byId(candidate.heldOut)
  return [
    ...(auditSuffices ? [{ on: 'audit-slice' as const, cases: onAudit(candidate, active) }] : []),
    { on: 'held-out', cases: onExamples(candidate.learned, byId(active.heldOut), now) },
    { on: 'recent', cases: onRecent(candidate.learned, active, now) },
    { on: 'relabelled', oddsOfOld: onRelabelled(candidate.learned, active.wholeFitHeldOut) },
  ]
}

/** Examples with held-out predictions of both versions and the same label in both trainings. */
function onExamples(
  learned: readonly TrainingExample[],
  then: ReadonlyMap<string, RankedPrediction>,
  now: ReadonlyMap<string, RankedPrediction>,
): PairedPrediction[] {
  return learned.flatMap(({ id, label, language }) => {
    const before = then.get(id)
    const after = now.get(id)
    if (before?.truth !== label || after === undefined) return []
    return [{ language, label, before: before.label === label, now: after.label === label }]
  })
}

/** Threads of the audit slice that neither version was trained on. */
function onAudit({ audit, classifier }: CandidatePredictions, active: Baseline): PairedPrediction[] {
  const baseline = active.classifier
  if (baseline === undefined) return []
  return audit
    .filter(({ unseen }) => unseen)
    .map(({ text, label, language }) => ({
      language,
      label,
      before: likeliestLabel(baseline, text) === label,
      now: likeliestLabel(classifier, text) === label,
    }))
}

/** Examples that the active version has not seen, with held-out predictions of the candidate. */
function onRecent(
  learned: readonly TrainingExample[],
  { classifier }: Baseline,
  now: ReadonlyMap<string, RankedPrediction>,
): PairedPrediction[] {
  if (classifier === undefined) return []
  return learned.flatMap(({ id, text, label, language, unseen }) => {
    const after = now.get(id)
    if (!unseen || after === undefined) return []
    return [
      { language, label, before: likeliestLabel(classifier, text) === label, now: after.label === label },
    ]
  })
}

/** Versions are compared by what they hold likeliest: stated costs are no fault of a candidate. */
function likeliestLabel(classifier: Classifier, text: string): string {
  return likeliestOf(classifier.classify(text)).label
}

/**
 * For each example whose label changed, the log odds of the old label against the new one in the held-out predictions
 * of the older version, which rest on its other examples. Revoked annotations do not count, nor labels that the older
 * version did not know.
 */
function onRelabelled(learned: readonly TrainingExample[], older: VersionPredictions | undefined): number[] {
  const then = byId(older)
  const known = new Set(older?.labels)
  return learned.flatMap(({ id, label, relabelled }) => {
    const before = then.get(id)
    if (!relabelled || before === undefined || before.truth === label || !known.has(label)) return []
    return [Math.log(confidenceIn(before, before.truth) / confidenceIn(before, label))]
  })
}

function confidenceIn({ likeliest }: RankedPrediction, label: string): number {
  const kept = likeliest.find((each) => each.label === label)?.confidence ?? 0
  return Math.max(kept, LEAST_CONFIDENCE)
}

function byId(predictions: VersionPredictions | undefined): Map<string, RankedPrediction> {
  return new Map(predictions?.rows.map((row) => [row.id, row]))
}

/** Added to the seed of a retraining, so that its folds are others. */
const OTHER_SEED = 1_000_003

/**
 * Repeats the comparison with another seed: trains one classifier on the labels of the active version and one on those
 * of the candidate, and compares the two. A difference that is due to the labels appears again; one that was due to
 * the seed or the folds does not.
 *
 * @param input what the candidate was trained with
 * @returns undefined where the labels of the active version are fewer than two
 */
export function compareRetrained(
  candidate: CandidatePredictions,
  { heldOut, wholeFitHeldOut }: Baseline,
  input: Omit<TrainingInput, 'seed' | 'parent'>,
  seed: number,
): Comparison[] | undefined {
  const { learned } = candidate
  const truths = new Map(heldOut?.rows.map(({ id, truth }) => [id, truth]))
  const then = learned.filter(({ unseen }) => !unseen)
  const labels = then.map(({ id, label }) => truths.get(id) ?? label)
  if (new Set(labels).size < 2) return undefined
  const train = (texts: readonly string[], theirs: readonly string[]) =>
    trainClassifier({ ...input, texts, labels: theirs, seed: seed + OTHER_SEED })
  const before = train(
    then.map(({ text }) => text),
    labels,
  )
  const now = train(input.texts, input.labels)
  const idsOf = (examples: readonly TrainingExample[]) => examples.map(({ id }) => id)
  return comparePredictions(
    { ...candidate, heldOut: heldOutPredictionsOf(now, idsOf(learned)) },
    { heldOut: heldOutPredictionsOf(before, idsOf(then)), wholeFitHeldOut, classifier: before },
    { auditSuffices: false },
  )
}
