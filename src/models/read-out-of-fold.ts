import type { ModelVersion } from './model-version.ts'
import { unpackOutOfFold } from './out-of-fold.ts'
import type { OutOfFoldStore } from './out-of-fold-store.ts'
import type { VersionStore } from './version-store.ts'

/** What was said of an example by a model that had not seen it. */
export interface UnseenVerdict {
  /** Of the thread, or of a starter example. */
  readonly id: string
  /** The label it had. */
  readonly truth: string
  readonly label: string
  readonly confidence: number
  /** By the thresholds of the training. */
  readonly assigned: boolean
}

/** What was said of examples out of fold when a version, or the one that it was fitted further from, was trained. */
export async function readOutOfFold(
  { outOfFold, versions }: { readonly outOfFold: OutOfFoldStore; readonly versions: VersionStore },
  version: ModelVersion,
): Promise<UnseenVerdict[]> {
  const bytes = await outOfFold.ofWholeFit(version, versions)
  if (bytes === undefined) return []
  const { rows } = await unpackOutOfFold(bytes)
  return rows.map(({ likeliest, ...row }) => ({ ...row, ...likeliest[0]! }))
}
