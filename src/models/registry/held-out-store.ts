import type { Database } from '../../platform/database/database.ts'
import {
  type HeldOutPrediction,
  unpackPredictions,
  type VersionPredictions,
} from '../gate/held-out-predictions.ts'
import type { ModelVersion } from './model-version.ts'
import type { VersionStore } from './version-store.ts'

/** Most versions in a row that were fitted further; `refit.ts` allows ten. */
const LONGEST_LINE = 10

export type HeldOutStore = ReturnType<typeof createHeldOutStore>

/** The held-out predictions of versions; a version that was fitted further from a parent has none. */
export function createHeldOutStore(db: Database) {
  const predictions = () => db.sql<{ version_id: string; bytes: Buffer }>('held_out_predictions')

  async function of({ id }: Pick<ModelVersion, 'id'>): Promise<Uint8Array | undefined> {
    const row = await predictions().where({ version_id: id }).first('bytes')
    return row?.bytes
  }

  return {
    of,

    /** Adds the predictions of a version, from `packPredictions`, in the transaction that adds the version. */
    async add(versionId: string, bytes: Uint8Array): Promise<void> {
      await predictions().insert({ version_id: versionId, bytes: Buffer.from(bytes) })
    },

    /** Those of a version or, where it was fitted further, of the ancestor that was fitted from the beginning. */
    async ofWholeFit(
      version: ModelVersion,
      versions: Pick<VersionStore, 'byId'>,
    ): Promise<{ readonly version: number; readonly bytes: Uint8Array } | undefined> {
      let each: ModelVersion | undefined = version
      for (let step = 0; step <= LONGEST_LINE && each !== undefined; step++) {
        const bytes = await of(each)
        if (bytes !== undefined) return { version: each.number, bytes }
        each = each.parentId === undefined ? undefined : await versions.byId(each.parentId)
      }
      return undefined
    },
  }
}

interface ReadDeps {
  readonly heldOut: HeldOutStore
  readonly versions: VersionStore
}

/** Held-out predictions, and whose they are. */
export interface OwnedPredictions extends VersionPredictions {
  /** Number of the version that was fitted from the beginning. */
  readonly version: number
}

/** Held-out predictions of a version or, where it was fitted further, of the ancestor fitted from the beginning. */
export async function readVersionPredictions(
  { heldOut, versions }: ReadDeps,
  version: ModelVersion,
): Promise<OwnedPredictions | undefined> {
  const found = await heldOut.ofWholeFit(version, versions)
  return found && { version: found.version, ...(await unpackPredictions(found.bytes)) }
}

/** The rows of {@link readVersionPredictions}. */
export async function readHeldOutPredictions(
  deps: ReadDeps,
  version: ModelVersion,
): Promise<readonly HeldOutPrediction[]> {
  return (await readVersionPredictions(deps, version))?.rows ?? []
}
