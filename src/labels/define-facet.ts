import type { Actor } from '../access/index.ts'
import type { LabelDeps } from './deps.ts'
import { budgetChanged } from './events.ts'
import { CATEGORY, DEFAULT_RISK_BUDGET, type Facet } from './facet.ts'
import type { FacetStore } from './facet-store.ts'

type Deps = Pick<LabelDeps, 'db' | 'facets' | 'audit' | 'outbox'>

export interface FacetDefinition {
  /** In kebab-case. */
  readonly name: string
  readonly description?: string
  readonly riskBudget?: number
  /** False unless told. */
  readonly requireParity?: boolean
  readonly actor: Actor
}

/** Makes the facet that always is; called at every start. */
export async function ensureCategoryFacet(facets: FacetStore): Promise<Facet> {
  return facets.ensure(CATEGORY)
}

/** Adds an axis of classification. @throws CodedError FACET_EXISTS */
export async function createFacet(deps: Deps, definition: FacetDefinition): Promise<Facet> {
  const { name, description = '', riskBudget = DEFAULT_RISK_BUDGET, actor } = definition
  const { requireParity = false } = definition
  return deps.db.transaction(async () => {
    const facet = await deps.facets.add({ name, description, riskBudget, requireParity })
    await deps.audit.record('facet.created', actor, facet.id, { after: facet })
    return facet
  })
}

export interface FacetChange {
  readonly facet: string
  readonly description?: string
  /** Counts at once: thresholds follow from what the model in force said of posts it had not seen. */
  readonly riskBudget?: number
  /** Counts from the next training on. */
  readonly requireParity?: boolean
  readonly actor: Actor
}

/** Changes what a facet is said to mean, how much error it may make, or what the gate asks of it. @throws CodedError FACET_NOT_FOUND */
export async function changeFacet(
  deps: Deps,
  { facet: name, actor, ...change }: FacetChange,
): Promise<Facet> {
  return deps.db.transaction(async () => {
    const before = await deps.facets.require(name)
    await deps.facets.change(before.id, change)
    const after = await deps.facets.require(name)
    await deps.audit.record('facet.changed', actor, before.id, { before, after })
    if (after.riskBudget !== before.riskBudget) await deps.outbox.append(budgetChanged(after))
    return after
  })
}
