import type { Actor } from '../../access/actor.ts'
import type { Facet } from '../../labels/facet.ts'
import type { TrainingProgress } from '../../learning/training/train-classifier.ts'
import { isoNow } from '../../platform/clock.ts'
import type { ModelDeps } from '../deps.ts'
import { modelErrors } from '../errors.ts'
import type { ModelRefused, ModelTrained } from '../events.ts'
import { decideActivation } from '../gate/decide-activation.ts'
import { replaceActive } from '../registry/activate-version.ts'
import type { Files } from '../registry/hash-artefact.ts'
import type { ModelVersion, TrainingReport } from '../registry/model-version.ts'
import type { ActiveForFit } from './fit-candidate.ts'
import { readExamples } from './read-examples.ts'
import { runTraining } from './request-training.ts'
import { type TrainingLease, takeTrainingLease } from './training-lease.ts'

export interface FacetTraining {
  readonly facet: string
  readonly actor: Actor
  /** 1 by default. The same annotations and seed give the same artefact. */
  readonly seed?: number
  readonly onProgress?: (progress: TrainingProgress) => void
  readonly signal?: AbortSignal
  /** False to fail with TRAINING_IN_PROGRESS rather than wait while the facet is being trained. */
  readonly wait?: boolean
  /** Agents' annotations since the last training without which the training is refused (TRAINING_NOT_DUE). */
  readonly annotationsNeeded?: number
}

/**
 * Trains a version of a facet's model on its labelled threads, compares it with the active one on threads that neither
 * was trained on, and activates or rejects it, with the reason. Trainings of one facet run one after another, in
 * whatever process.
 *
 * @throws CodedError FACET_NOT_FOUND, TOO_FEW_LABELS, TRAINING_IN_PROGRESS, TRAINING_NOT_DUE, TRAINING_TAKEN_OVER,
 *   ACTIVE_VERSION_CHANGED; nothing is kept then
 */
export async function trainFacet(deps: ModelDeps, training: FacetTraining): Promise<ModelVersion> {
  const facet = await deps.facets.require(training.facet)
  const { wait = true, annotationsNeeded = 0, signal: stop } = training
  const lease = await takeTrainingLease(deps.db, deps.clock, facet, { wait, signal: stop })
  try {
    const annotations = await newAnnotations(deps, facet.id)
    if (annotations < annotationsNeeded)
      throw modelErrors.TRAINING_NOT_DUE({
        facet: facet.name,
        annotations,
        needed: annotationsNeeded,
      })
    const signal = AbortSignal.any([lease.lost, ...(stop ? [stop] : [])])
    return await trainUnderLease(deps, facet, training, lease, signal)
  } finally {
    await lease.release()
  }
}

/** Annotations and revocations by people on a facet since the training of its latest version. */
export async function newAnnotations(
  deps: Pick<ModelDeps, 'annotations' | 'versions'>,
  facetId: string,
): Promise<number> {
  const last = await deps.versions.latest(facetId)
  return Math.max(0, (await deps.annotations.agentAnnotations(facetId)) - (last?.annotationsSeen ?? 0))
}

async function trainUnderLease(
  deps: ModelDeps,
  facet: Facet,
  { actor, seed = 1, onProgress }: FacetTraining,
  lease: TrainingLease,
  signal: AbortSignal,
): Promise<ModelVersion> {
  const annotationsSeen = await deps.annotations.agentAnnotations(facet.id)
  const labelsReadAt = isoNow(deps.clock)
  const baseline = await deps.versions.active(facet.id)
  const tally = { labelledByAgents: 0 }
  const fit = await runTraining(
    {
      home: deps.home,
      seed,
      riskBudget: facet.riskBudget,
      labelBudgets: (await deps.facets.labelBudgets()).get(facet.id) ?? {},
      costs: await deps.facets.costs.of(facet.id),
      descriptions: await deps.facets.descriptions(facet.id),
      active: baseline && (await readActive(deps, baseline)),
      onProgress,
    },
    readExamples(deps, facet.id, baseline, tally),
    signal,
  )
  if (fit.outcome === 'too-few') throw modelErrors.TOO_FEW_LABELS({ facet: facet.name, reason: fit.reason })
  await deps.artefacts.put(fit.artefactHash, fit.files)
  const decision = decideActivation(fit.report, facet)
  const report: TrainingReport = { ...fit.report, ...tally, reason: decision.reason, labelsReadAt }
  return deps.db.transaction(async () => {
    await lease.confirm()
    await deps.versions.lock(facet.id)
    const active = await deps.versions.active(facet.id)
    if (active?.id !== baseline?.id) throw modelErrors.ACTIVE_VERSION_CHANGED({ facet: facet.name })
    const version = await deps.versions.add({
      facetId: facet.id,
      status: decision.activate ? 'candidate' : 'rejected',
      parentId: baseline?.id,
      artefactHash: fit.artefactHash,
      report,
      reason: decision.reason.en,
      annotationsSeen,
    })
    if (fit.heldOut !== undefined) await deps.heldOut.add(version.id, fit.heldOut)
    await deps.audit.record('model.trained', actor, version.id, {
      after: { facet: facet.name, version: version.number, reason: decision.reason.en },
    })
    const trained: ModelTrained = {
      type: 'model.trained',
      facet: facet.name,
      facetId: facet.id,
      versionId: version.id,
      version: version.number,
    }
    await deps.outbox.append(trained)
    if (decision.activate) await replaceActive(deps, facet, active, version, actor)
    else await deps.outbox.append(refusalOf(facet, version, active))
    return deps.versions.require(facet, version.number)
  })
}

function refusalOf(facet: Facet, version: ModelVersion, active: ModelVersion | undefined): ModelRefused {
  return {
    type: 'model.refused',
    facet: facet.name,
    facetId: facet.id,
    versionId: version.id,
    version: version.number,
    active: active?.number,
  }
}

async function readActive(deps: ModelDeps, version: ModelVersion): Promise<ActiveForFit> {
  const heldOut = await deps.heldOut.of(version)
  const wholeFitHeldOut = (await deps.heldOut.ofWholeFit(version, deps.versions))?.bytes
  return {
    version: version.number,
    files: await readArtefact(deps, version),
    heldOut,
    wholeFitHeldOut,
  }
}

/** No files for an artefact that cannot be read, so that the facet can still be trained. */
async function readArtefact(deps: ModelDeps, version: ModelVersion): Promise<Files> {
  return deps.artefacts.read(version.artefactHash).catch((error) => {
    if (error.code === 'ARTEFACT_CORRUPT') return {}
    throw error
  })
}
