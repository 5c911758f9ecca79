import type { Actor } from '../../access/actor.ts'
import type { TriageDeps } from '../deps.ts'
import { triageErrors } from '../errors.ts'
import { startSweep } from '../sweep.ts'
import { requireValidRuleSet } from './check-rule-set.ts'
import { contentOf, type RuleSet, type StoredRuleSet } from './routing-rule.ts'

export interface RuleSetChange {
  readonly ruleSet: RuleSet
  /** The version that the change was made from. */
  readonly basedOn: number
  /** The earlier version whose rules these are. */
  readonly restoredFrom?: number
  readonly actor: Actor
}

/**
 * Puts a rule set in force; a job routes all threads again.
 *
 * @throws CodedError ROUTING_RULES_CONFLICT when the version in force is not the one that the change is based on, and as
 *   `checkRuleSet`
 */
export async function saveRuleSet(deps: TriageDeps, change: RuleSetChange): Promise<StoredRuleSet> {
  const { basedOn, restoredFrom, actor } = change
  const ruleSet = contentOf(change.ruleSet)
  await requireValidRuleSet(deps, ruleSet)
  return deps.db.transaction(async () => {
    const { version: current, ...before } = await deps.ruleSets.current()
    const version =
      current === basedOn ? await deps.ruleSets.append(current, ruleSet, actor, restoredFrom) : undefined
    if (version === undefined) {
      const inForce = await deps.ruleSets.current()
      throw triageErrors.ROUTING_RULES_CONFLICT({ current: inForce.version })
    }
    await deps.audit.record('routing-rules.saved', actor, `routing-rules/${version}`, {
      before,
      after: { ...ruleSet, restoredFrom },
    })
    await startSweep(deps)
    return { version, ...ruleSet }
  })
}

/**
 * Puts an earlier rule set in force again, as a new version.
 *
 * @throws CodedError ROUTING_VERSION_NOT_FOUND, and as `saveRuleSet`: a label that its rules name may be gone
 */
export async function restoreRuleSet(
  deps: TriageDeps,
  { version, basedOn, actor }: { readonly version: number; readonly basedOn: number; readonly actor: Actor },
): Promise<StoredRuleSet> {
  const ruleSet = await deps.ruleSets.require(version)
  return saveRuleSet(deps, { ruleSet, basedOn, restoredFrom: version, actor })
}
