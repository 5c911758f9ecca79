import type { Actor } from '../access/index.ts'
import type { LabelDeps } from './deps.ts'
import { labelErrors } from './errors.ts'
import { budgetChanged } from './events.ts'
import { type Label, labelName } from './facet.ts'

type Deps = Pick<LabelDeps, 'db' | 'facets' | 'audit' | 'outbox'>

export interface LabelDefinition {
  readonly facet: string
  readonly label: string
  readonly description?: string
  readonly actor: Actor
}

/** Adds a label to a facet. @throws CodedError FACET_NOT_FOUND, LABEL_EXISTS, LABEL_EMPTY */
export async function createLabel(deps: Deps, definition: LabelDefinition): Promise<Label> {
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
  /** Null takes the label's own away: the facet's counts again. */
  readonly riskBudget?: number | null
  readonly actor: Actor
}

/**
 * Says anew what a label means, or how much error it may have. A budget counts at once, see `changeFacet`.
 *
 * @throws CodedError FACET_NOT_FOUND, LABEL_NOT_FOUND
 */
export async function changeLabel(deps: Deps, asked: LabelChange): Promise<Label> {
  const { facet: name, label, actor, ...change } = asked
  const facet = await deps.facets.require(name)
  return deps.db.transaction(async () => {
    const before = await deps.facets.requireLabel(facet, labelName(label))
    await deps.facets.changeLabel(before.id, change)
    const after = await deps.facets.requireLabel(facet, before.name)
    await deps.audit.record('label.changed', actor, before.id, { before, after })
    if (after.riskBudget !== before.riskBudget) await deps.outbox.append(budgetChanged(facet))
    return after
  })
}
