import type { Database } from '../platform/index.ts'
import type { ModelVersion } from './model-version.ts'
import type { VersionStore } from './version-store.ts'

/** Fits in a row that go on from a parent, at most; `refit.ts` allows ten. */
const LONGEST_LINE = 10

export type OutOfFoldStore = ReturnType<typeof createOutOfFoldStore>

/** What versions said of their examples out of fold; versions that a parent was fitted further for have none. */
export function createOutOfFoldStore(db: Database) {
  const predictions = () => db.sql<{ version_id: string; bytes: Buffer }>('held_out_predictions')

  async function of({ id }: Pick<ModelVersion, 'id'>): Promise<Uint8Array | undefined> {
    const row = await predictions().where({ version_id: id }).first('bytes')
    return row?.bytes
  }

  return {
    of,

    /** Those of a version, as `packOutOfFold` made them, once, in the transaction that adds it. */
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
