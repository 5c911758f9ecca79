import type { Audience } from '../../access/audience.ts'
import type { Facet } from '../../labels/facet.ts'
import { OUT_OF_SCOPE } from '../../learning/evaluation/evaluate.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import type { Sentences } from '../../text/wording.ts'
import { auditCases } from '../audit/audit-report.ts'
import type { InsightDeps } from '../deps.ts'
import { describeParity } from './describe-parity.ts'
import { compareLanguages, hasEnough, type JudgedCase, type Parity, type ParityBasis } from './parity.ts'

export interface JudgedVersion {
  readonly basis: ParityBasis
  readonly cases: readonly JudgedCase[]
}

export interface ParityReport extends Parity {
  readonly facet: string
  /** Number of the version in force; absent while there is none. */
  readonly version?: number
  readonly basis: ParityBasis
  readonly summary: Sentences
}

type ParityDeps = Pick<InsightDeps, 'facets' | 'versions' | 'cases' | 'threads' | 'ruleSets' | 'heldOutCases'>

/**
 * Compares French and English by the active version, over the threads that the reader may see.
 *
 * @throws CodedError FACET_NOT_FOUND
 */
export async function parityReport(
  deps: ParityDeps,
  { facet: name, reader }: { readonly facet: string; readonly reader: Audience },
): Promise<ParityReport> {
  const facet = await deps.facets.require(name)
  const version = await deps.versions.active(facet.id)
  const { basis, cases } =
    version === undefined
      ? ({ basis: 'audit-slice', cases: [] } as const)
      : await judgeVersion(deps, facet, version, reader)
  const parity = compareLanguages(cases)
  return {
    facet: facet.name,
    version: version?.number,
    basis,
    ...parity,
    summary: describeParity(facet.name, basis, parity),
  }
}

/**
 * The active version's cases of the audit slice; while that has too few threads of either language, the held-out
 * predictions from when the version was trained.
 */
export async function judgeVersion(
  deps: ParityDeps,
  facet: Facet,
  version: ModelVersion,
  reader: Audience,
): Promise<JudgedVersion> {
  const drawn = await auditCases(deps, facet, { judged: 'active', reader })
  const tested = drawn
    .filter(
      ({ trueLabel, mayHaveLearned }) =>
        trueLabel !== undefined && trueLabel !== OUT_OF_SCOPE && !mayHaveLearned,
    )
    .map(({ language, audience, trueLabel, label, confidence, assigned }): JudgedCase => {
      return { language, audience, isRight: trueLabel === label, confidence, assigned }
    })
  if (hasEnough(tested)) return { basis: 'audit-slice', cases: tested }
  const { threads: heldOut } = await deps.heldOutCases.of(version, reader)
  return hasEnough(heldOut) ? { basis: 'held-out', cases: heldOut } : { basis: 'audit-slice', cases: tested }
}
