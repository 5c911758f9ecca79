import type { TriageDeps } from '../deps.ts'
import type { Prediction } from '../predictions/prediction.ts'
import type { PredictionChange } from './change-store.ts'

type Fresh = Prediction & { readonly threadId: string }

/** Counts what new predictions change of those by earlier versions; before they replace them, in the same transaction. */
export async function recordChanges(
  { predictions, changes }: Pick<TriageDeps, 'predictions' | 'changes'>,
  fresh: readonly Fresh[],
): Promise<void> {
  if (fresh.length === 0) return
  const known = await predictions.of([...new Set(fresh.map(({ threadId }) => threadId))])
  const found = new Map<string, { compared: number; changed: PredictionChange[] }>()
  for (const after of fresh) {
    const before = known.get(after.threadId)?.find(({ facetId }) => facetId === after.facetId)
    if (before === undefined || before.versionId === after.versionId) continue
    const of = found.get(after.versionId) ?? { compared: 0, changed: [] }
    found.set(after.versionId, of)
    of.compared += 1
    if (before.label !== after.label || before.decision !== after.decision)
      of.changed.push({ threadId: after.threadId, before, after })
  }
  for (const [versionId, { compared, changed }] of found) await changes.add(versionId, compared, changed)
}
