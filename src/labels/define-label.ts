import type { Actor } from '../access/index.ts'
import type { LabelDeps } from './deps.ts'
import { labelErrors } from './errors.ts'
import { type Label, labelName } from './facet.ts'

type Deps = Pick<LabelDeps, 'db' | 'facets' | 'audit'>

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

export interface LabelDescription {
  readonly facet: string
  readonly label: string
  readonly description: string
  readonly actor: Actor
}

/** Says anew what a label means. @throws CodedError FACET_NOT_FOUND, LABEL_NOT_FOUND */
export async function describeLabel(deps: Deps, change: LabelDescription): Promise<Label> {
  const facet = await deps.facets.require(change.facet)
  return deps.db.transaction(async () => {
    const before = await deps.facets.requireLabel(facet, labelName(change.label))
    const after = { ...before, description: change.description }
    await deps.facets.describeLabel(before.id, change.description)
    await deps.audit.record('label.described', change.actor, before.id, { before, after })
    return after
  })
}
