import { BY_PEOPLE } from '../labels/annotation.ts'
import type { ProtectiveLabel } from '../labels/facet.ts'
import { announceLocks } from '../threads/protections/announce-locks.ts'
import type { ProtectionGround } from '../threads/protections/protection.ts'
import type { Doubt } from '../threads/protections/protection-store.ts'
import type { TriageDeps } from './deps.ts'
import type { StoredPrediction } from './predictions/prediction-store.ts'

type ProtectDeps = Pick<
  TriageDeps,
  'db' | 'facets' | 'threadLabels' | 'annotations' | 'predictions' | 'protections' | 'outbox'
>

/**
 * Locks those of up to 500 threads that are sensitive by a label in force or by a prediction that is likely enough, and
 * unlocks those that no longer are. Where a person's label contradicts the lock, that person has asked to release the
 * thread: a second one has to confirm. Idempotent.
 */
export async function protectThreads(deps: ProtectDeps, threadIds: readonly string[]): Promise<void> {
  await deps.db.transaction(async () => {
    const protective = await deps.facets.protective()
    const { grounds, doubts } = await groundsOf(deps, threadIds, protective)
    const changed = await deps.protections.recompute(threadIds, grounds, doubts)
    if (changed.length > 0) await announceLocks(deps, changed)
  })
}

async function groundsOf(
  deps: ProtectDeps,
  threadIds: readonly string[],
  protective: readonly ProtectiveLabel[],
): Promise<{ grounds: Map<string, ProtectionGround>; doubts: Map<string, Doubt> }> {
  const grounds = new Map<string, ProtectionGround>()
  const doubts = new Map<string, Doubt>()
  if (protective.length === 0) return { grounds, doubts }
  const labels = await deps.threadLabels.labelsOf(threadIds)
  const predictions = await deps.predictions.of(threadIds)
  const inherited = await deps.protections.inherited(threadIds)
  const facets = [...new Set(protective.map(({ facet }) => facet))]
  for (const threadId of threadIds) {
    const found: ProtectionGround[] = []
    for (const facet of facets) {
      const own = protective.filter((each) => each.facet === facet)
      const given = labels.get(threadId)?.find((each) => each.facet === facet)
      if (given === undefined) found.push(...likelyGrounds(own, predictions.get(threadId) ?? []))
      else if (own.some(({ label }) => label === given.label))
        found.push({ facet, label: given.label, basis: 'label' })
      else if (BY_PEOPLE.includes(given.provenance)) {
        const { actor } = await deps.annotations.require(given.annotationId)
        doubts.set(threadId, { by: actor, reason: `Labelled ${facet}: ${given.label}` })
        continue
      }
      const ground = inherited.get(threadId)
      if (own.some(({ label }) => ground?.facet === facet && ground.label === label)) found.push(ground!)
    }
    const strongest = found.sort((a, b) => (b.probability ?? 1) - (a.probability ?? 1))[0]
    if (strongest !== undefined) grounds.set(threadId, strongest)
  }
  return { grounds, doubts }
}

/** The protective labels of a facet that a prediction gives a high enough probability. */
function likelyGrounds(
  protective: readonly ProtectiveLabel[],
  predictions: readonly StoredPrediction[],
): ProtectionGround[] {
  return protective.flatMap(({ facet, label, from }) => {
    const prediction = predictions.find((each) => each.facet === facet)
    const probability = prediction?.alternatives.find((each) => each.label === label)?.confidence ?? 0
    return probability >= from ? [{ facet, label, basis: 'prediction' as const, probability }] : []
  })
}
