import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../platform/database/database.ts'
import type { ModelDeps } from '../deps.ts'
import { modelErrors } from '../errors.ts'
import { type Files, hashArtefact } from './hash-artefact.ts'

interface PartRow {
  artefact_hash: string
  name: string
  part: number
  bytes: Buffer
}

/** Bytes a part: one short transaction each. */
const PART = 512 * 1024

export type ArtefactStore = ReturnType<typeof createArtefactStore>

/** Artefacts by their hash. What has the same hash is the same, so that it is stored once. */
export function createArtefactStore(db: Database) {
  const parts = () => db.sql<PartRow>('artefact_files')

  async function partNumbers(hash: string): Promise<Map<string, number[]>> {
    const rows = await parts()
      .where({ artefact_hash: hash })
      .select('name', 'part')
      .orderBy([{ column: 'name' }, { column: 'part' }])
    const numbers = new Map<string, number[]>()
    for (const { name, part } of rows) numbers.set(name, [...(numbers.get(name) ?? []), part])
    return numbers
  }

  return {
    /**
     * Stores the parts that are not there yet, each on its own. Interrupted, it leaves parts that no version names
     * and that the next try completes.
     */
    async put(hash: string, files: Files): Promise<void> {
      const there = await partNumbers(hash)
      for (const [name, bytes] of Object.entries(files)) {
        const stored = new Set(there.get(name))
        for (let part = 0; part * PART < Math.max(1, bytes.length); part++) {
          if (stored.has(part)) continue
          const slice = Buffer.from(bytes.subarray(part * PART, (part + 1) * PART))
          await parts().insert({ artefact_hash: hash, name, part, bytes: slice }).onConflict().ignore()
          await setImmediate()
        }
      }
    },

    /** The files of an artefact, checked against its hash. @throws CodedError ARTEFACT_CORRUPT */
    async read(hash: string): Promise<Files> {
      const files: Record<string, Uint8Array> = {}
      for (const [name, numbers] of await partNumbers(hash)) {
        const pieces: Buffer[] = []
        for (const part of numbers) {
          const row = await parts().where({ artefact_hash: hash, name, part }).first('bytes')
          if (row !== undefined) pieces.push(row.bytes)
          await setImmediate()
        }
        files[name] = Buffer.concat(pieces)
      }
      if (Object.keys(files).length === 0)
        throw modelErrors.ARTEFACT_CORRUPT({ hash, reason: 'it has no files' })
      if ((await hashArtefact(files)) !== hash)
        throw modelErrors.ARTEFACT_CORRUPT({ hash, reason: 'its content does not match its hash' })
      return files
    },
  }
}

export interface ArtefactExport {
  readonly facet: string
  readonly version: number
  /** `<folder>/<facet>/<version>/` is written, in the place of what was there. */
  readonly folder: string
}

/**
 * Lays a version's artefact out as files, for anyone's TensorFlow.js. The folder appears when it is complete.
 *
 * @returns the folder of the version
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND, ARTEFACT_CORRUPT
 */
export async function exportArtefact(
  deps: Pick<ModelDeps, 'facets' | 'versions' | 'artefacts'>,
  { facet: name, version: number, folder }: ArtefactExport,
): Promise<string> {
  const facet = await deps.facets.require(name)
  const version = await deps.versions.require(facet, number)
  const files = await deps.artefacts.read(version.artefactHash)
  const target = join(folder, facet.name, String(version.number))
  const building = `${target}.${process.pid}.tmp`
  await rm(building, { recursive: true, force: true })
  await mkdir(building, { recursive: true })
  for (const [file, bytes] of Object.entries(files)) await writeFile(join(building, file), bytes)
  await rm(target, { recursive: true, force: true })
  await rename(building, target)
  return target
}
