import type { Audience } from '../../access/audience.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import type { VersionStore } from '../../models/registry/version-store.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import { triageErrors } from '../errors.ts'
import type { ChangeCount, ChangeStore, ShownChange } from './change-store.ts'

export interface ActivationDeps {
  readonly facets: Pick<FacetStore, 'require'>
  readonly versions: Pick<VersionStore, 'active' | 'list'>
  readonly changes: Pick<ChangeStore, 'count' | 'examples'>
}

/** What the version in force changed. */
export interface Activation {
  readonly facet: string
  /** Number of the version. */
  readonly version: number
  /** The version that it replaced; absent for the first one. */
  readonly previousVersion?: number
  readonly activatedAt?: string
  /** Decisions of people that it learned from and the previous version had not seen; 0 after a rollback. */
  readonly newAnnotations: number
  /** Of all threads triaged with it so far: a sweep goes through them after the activation. */
  readonly predictions: ChangeCount
  /** Some of the changed threads that the reader may see. */
  readonly examples: readonly ShownChange[]
}

const EXAMPLES = 20
/** Versions among which the replaced one is looked for. */
const VERSIONS = 100

/**
 * What the latest activation of a facet changed.
 *
 * @throws CodedError FACET_NOT_FOUND, ACTIVATION_NONE
 */
export async function latestActivation(
  { facets, versions, changes }: ActivationDeps,
  { facet: name, reader }: { readonly facet: string; readonly reader: Audience },
): Promise<Activation> {
  const facet = await facets.require(name)
  const active = await versions.active(facet.id)
  if (active === undefined) throw triageErrors.ACTIVATION_NONE({ facet: facet.name })
  const { items } = await versions.list(facet.id, { limit: VERSIONS })
  const previous = replacedOf(items)
  const examples = await changes.examples(active.id, reader, EXAMPLES)
  return {
    facet: facet.name,
    version: active.number,
    previousVersion: previous?.number,
    activatedAt: active.activatedAt,
    newAnnotations: Math.max(0, active.annotationsSeen - (previous?.annotationsSeen ?? 0)),
    predictions: await changes.count(active.id),
    examples: examples.map(({ before, after, ...example }) => ({
      ...example,
      before: { ...before, confidence: fourDigits(before.confidence) },
      after: { ...after, confidence: fourDigits(after.confidence) },
    })),
  }
}

/** The version that was retired last. @param versions the newest first */
function replacedOf(versions: readonly ModelVersion[]): ModelVersion | undefined {
  const retired = versions.filter(({ status }) => status === 'retired')
  return retired.reduce<ModelVersion | undefined>(
    (last, each) => ((each.retiredAt ?? '') > (last?.retiredAt ?? '') || last === undefined ? each : last),
    undefined,
  )
}
