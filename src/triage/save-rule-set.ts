import type { Actor } from '../access/index.ts'
import type { TriageDeps } from './deps.ts'
import { triageErrors } from './errors.ts'
import { requireSound } from './known-labels.ts'
import type { RuleSet, StoredRuleSet } from './routing-rule.ts'
import { startSweep } from './sweep.ts'

export interface RuleSetChange {
  readonly ruleSet: RuleSet
  /** The version it was made from; undefined when the caller did not read it well. */
  readonly basedOn: number | undefined
  readonly actor: Actor
}

/**
 * Puts a rule set in force; all threads are routed again by job.
 *
 * @throws CodedError ROUTING_RULES_CONFLICT when another version is in force than the change was made from, and as
 *   `checkRuleSet`
 */
export async function saveRuleSet(deps: TriageDeps, change: RuleSetChange): Promise<StoredRuleSet> {
  const { basedOn, actor } = change
  const ruleSet = { rules: change.ruleSet.rules, default: change.ruleSet.default }
  await requireSound(deps, ruleSet)
  return deps.db.transaction(async () => {
    const { version: current, ...before } = await deps.ruleSets.current()
    const version = current === basedOn ? await deps.ruleSets.append(current, ruleSet, actor) : undefined
    if (version === undefined) {
      const inForce = await deps.ruleSets.current()
      throw triageErrors.ROUTING_RULES_CONFLICT({ current: inForce.version })
    }
    await deps.audit.record('routing-rules.saved', actor, `routing-rules/${version}`, {
      before,
      after: ruleSet,
    })
    await startSweep(deps)
    return { version, ...ruleSet }
  })
}
