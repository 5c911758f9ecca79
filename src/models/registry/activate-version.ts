import type { Actor } from '../../access/actor.ts'
import type { Facet } from '../../labels/facet.ts'
import type { ModelDeps } from '../deps.ts'
import type { ModelActivated } from '../events.ts'
import type { ModelVersion } from './model-version.ts'

export interface Activation {
  readonly facet: string
  readonly version: number
  readonly actor: Actor
}

/**
 * Makes any version of a facet the active one: rolls back, or overrules the gate. Activating the active one changes
 * nothing.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND, ARTEFACT_CORRUPT (nothing is changed then)
 */
export async function activateVersion(deps: ModelDeps, activation: Activation): Promise<ModelVersion> {
  const facet = await deps.facets.require(activation.facet)
  const wanted = await deps.versions.require(facet, activation.version)
  await deps.artefacts.read(wanted.artefactHash)
  return deps.db.transaction(async () => {
    await deps.versions.lock(facet.id)
    const active = await deps.versions.active(facet.id)
    if (active?.id !== wanted.id) await replaceActive(deps, facet, active, wanted, activation.actor)
    return deps.versions.require(facet, activation.version)
  })
}

/** Within a transaction that holds the facet's lock. */
export async function replaceActive(
  deps: ModelDeps,
  facet: Facet,
  active: ModelVersion | undefined,
  version: ModelVersion,
  actor: Actor,
): Promise<void> {
  const activatedAt = await deps.versions.activate(version)
  await deps.audit.record('model.activated', actor, version.id, {
    before: { facet: facet.name, version: active?.number },
    after: { facet: facet.name, version: version.number },
  })
  const event: ModelActivated = {
    type: 'model.activated',
    facet: facet.name,
    facetId: facet.id,
    versionId: version.id,
    version: version.number,
    replaced: active?.number,
    activatedAt,
  }
  await deps.outbox.append(event)
}
