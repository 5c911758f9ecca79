import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelDeps } from './deps.ts'

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
