import type { Database } from '../../platform/database/database.ts'
import { unpackPredictions } from '../gate/held-out-predictions.ts'
import type { ModelVersion } from './model-version.ts'
import type { VersionStore } from './version-store.ts'

/** Fits in a row that go on from a parent, at most; `refit.ts` allows ten. */
const LONGEST_LINE = 10

export type HeldOutStore = ReturnType<typeof createHeldOutStore>

/** What versions said of their examples out of fold; versions that a parent was fitted further for have none. */
export function createHeldOutStore(db: Database) {
  const predictions = () => db.sql<{ version_id: string; bytes: Buffer }>('held_out_predictions')

  async function of({ id }: Pick<ModelVersion, 'id'>): Promise<Uint8Array | undefined> {
    const row = await predictions().where({ version_id: id }).first('bytes')
    return row?.bytes
  }

  return {
    of,

    /** Those of a version, as `packPredictions` made them, once, in the transaction that adds it. */
    async add(versionId: string, bytes: Uint8Array): Promise<void> {
      await predictions().insert({ version_id: versionId, bytes: Buffer.from(bytes) })
    },

    /** Those of a version or, where it was fitted further, of the one whose whole fit it goes on from. */
    async ofWholeFit(
      version: ModelVersion,
      versions: Pick<VersionStore, 'byId'>,
    ): Promise<Uint8Array | undefined> {
      let each: ModelVersion | undefined = version
      for (let step = 0; step <= LONGEST_LINE && each !== undefined; step++) {
        const found = await of(each)
        if (found !== undefined) return found
        each = each.parentId === undefined ? undefined : await versions.byId(each.parentId)
      }
      return undefined
    },
  }
}

/** What was said of an example by a model that had not seen it. */
export interface HeldOutPrediction {
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
export async function readHeldOutPredictions(
  { heldOut, versions }: { readonly heldOut: HeldOutStore; readonly versions: VersionStore },
  version: ModelVersion,
): Promise<HeldOutPrediction[]> {
  const bytes = await heldOut.ofWholeFit(version, versions)
  if (bytes === undefined) return []
  const { rows } = await unpackPredictions(bytes)
  return rows.map(({ likeliest, ...row }) => ({ ...row, ...likeliest[0]! }))
}
