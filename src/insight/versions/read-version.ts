import type { Audience } from '../../access/audience.ts'
import type { Facet } from '../../labels/facet.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import type { HeldOutCase } from '../held-out-cases.ts'
import type { VersionFigureDeps } from './deps.ts'

/** Which version is asked about, and by whom. */
export interface VersionQuestion {
  readonly facet: string
  readonly version: number
  readonly reader: Audience
}

/** A held-out prediction that figures count. */
export interface JudgedPrediction {
  /** Of the thread, or of the starter example. */
  readonly id: string
  readonly truth: string
  readonly label: string
  /** In [0, 1]. */
  readonly confidence: number
  readonly assigned: boolean
  /** Whether there is a thread to show: not of starter examples, nor where it was merged into another. */
  readonly isShown: boolean
}

/** What figures of a version rest on. */
export interface Basis {
  /** Whose held-out predictions: an ancestor's where the version was fitted further. */
  readonly version: number
  readonly predictions: number
  /** Those of starter examples, which are no threads. */
  readonly starterExamples: number
}

export interface ReadVersion {
  readonly facet: Facet
  readonly version: ModelVersion
  readonly basis: Basis
  /** Labels that the version knew. */
  readonly labels: readonly string[]
  readonly predictions: readonly JudgedPrediction[]
}

export type ReadDeps = Pick<VersionFigureDeps, 'facets' | 'versions' | 'heldOutCases'>

/**
 * A version with its held-out predictions of threads that the reader may see, and of starter examples.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND
 */
export async function readVersion(deps: ReadDeps, asked: VersionQuestion): Promise<ReadVersion> {
  const facet = await deps.facets.require(asked.facet)
  const version = await deps.versions.require(facet, asked.version)
  const {
    threads,
    starters,
    labels,
    version: owner = version.number,
  } = await deps.heldOutCases.of(version, asked.reader)
  const predictions = [
    ...threads.map(ofThread),
    ...starters.map(({ id, truth, label, confidence, assigned }): JudgedPrediction => {
      return { id, truth, label, confidence, assigned, isShown: false }
    }),
  ]
  const basis = { version: owner, predictions: predictions.length, starterExamples: starters.length }
  return { facet, version, basis, labels, predictions }
}

function ofThread({ threadId: id, merged, ...rest }: HeldOutCase): JudgedPrediction {
  const { truth, label, confidence, assigned } = rest
  return { id, truth, label, confidence, assigned, isShown: !merged }
}

export function isRight({ truth, label }: Pick<JudgedPrediction, 'truth' | 'label'>): boolean {
  return truth === label
}
