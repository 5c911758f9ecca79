import { type TrainingInput, trainClassifier } from '../learning/index.ts'
import { type CandidateVerdicts, compareVerdicts, type Predecessor } from './compare-verdicts.ts'
import type { Comparison } from './gate-evidence.ts'
import { outOfFoldOf } from './out-of-fold.ts'

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
  candidate: CandidateVerdicts,
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
  return compareVerdicts(
    { ...candidate, ...(nowOutOfFold && { outOfFold: nowOutOfFold }) },
    {
      ...(beforeOutOfFold && { outOfFold: beforeOutOfFold }),
      ...(witness && { witness }),
      classifier: before,
    },
    { auditSuffices: false },
  )
}
