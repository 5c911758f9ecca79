import type { Actor } from '../access/actor.ts'
import type { LabelDeps } from './deps.ts'
import { labelErrors } from './errors.ts'
import { budgetChanged, protectionChanged } from './events.ts'
import { CATEGORY, DEFAULT_RISK_BUDGET, type Facet, type Label, labelName } from './facet.ts'
import type { FacetStore } from './facet-store.ts'

type FacetDefinitionDeps = Pick<LabelDeps, 'db' | 'facets' | 'audit' | 'outbox'>

export interface FacetDefinition {
  /** In kebab-case. */
  readonly name: string
  readonly description?: string
  readonly riskBudget?: number
  /** False by default. */
  readonly requireParity?: boolean
  readonly actor: Actor
}

/** Creates the facet `category`, which always exists. Called at every start. */
export async function ensureCategoryFacet(facets: FacetStore): Promise<Facet> {
  return facets.ensure(CATEGORY)
}

/** Adds a facet. @throws CodedError FACET_EXISTS */
export async function createFacet(deps: FacetDefinitionDeps, definition: FacetDefinition): Promise<Facet> {
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
  /** Takes effect at once: thresholds follow from the active model version's held-out predictions. */
  readonly riskBudget?: number
  /** Takes effect from the next training on. */
  readonly requireParity?: boolean
  readonly actor: Actor
}

/** Changes a facet's description, risk budget or required parity. @throws CodedError FACET_NOT_FOUND */
export async function changeFacet(
  deps: FacetDefinitionDeps,
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

type LabelDefinitionDeps = Pick<LabelDeps, 'db' | 'facets' | 'audit' | 'outbox'>

export interface LabelDefinition {
  readonly facet: string
  readonly label: string
  readonly description?: string
  readonly actor: Actor
}

/** Adds a label to a facet. @throws CodedError FACET_NOT_FOUND, LABEL_EXISTS, LABEL_EMPTY */
export async function createLabel(deps: LabelDefinitionDeps, definition: LabelDefinition): Promise<Label> {
  const name = labelName(definition.label)
  if (name === '') throw labelErrors.LABEL_EMPTY()
  const facet = await deps.facets.require(definition.facet)
  return deps.db.transaction(async () => {
    const label = await deps.facets.addLabel(facet, name, definition.description ?? '')
    await deps.audit.record('label.created', definition.actor, label.id, { after: label })
    return label
  })
}

export interface LabelChange {
  readonly facet: string
  readonly label: string
  readonly description?: string
  /** Null removes the label's own budget: that of the facet applies again. */
  readonly riskBudget?: number | null
  /** Probability from which the label protects threads; null ends the protection. See `Label`. */
  readonly protectFrom?: number | null
  readonly actor: Actor
}

/**
 * Changes a label's description, its own risk budget, which takes effect at once, see `FacetChange`, or from which
 * probability on it protects threads, which a job then locks or unlocks.
 *
 * @throws CodedError FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export async function changeLabel(deps: LabelDefinitionDeps, definition: LabelChange): Promise<Label> {
  const { facet: name, label, actor, ...change } = definition
  const facet = await deps.facets.require(name)
  return deps.db.transaction(async () => {
    const before = await deps.facets.requireLabel(facet, labelName(label))
    await deps.facets.changeLabel(before.id, change)
    const after = await deps.facets.requireLabel(facet, before.name)
    await deps.audit.record('label.changed', actor, before.id, { before, after })
    if (after.riskBudget !== before.riskBudget) await deps.outbox.append(budgetChanged(facet))
    if (after.protectFrom !== before.protectFrom) await deps.outbox.append(protectionChanged(facet))
    return after
  })
}
