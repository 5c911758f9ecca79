import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import { keepUntilChanged } from '../../platform/database/change-counters.ts'
import type { Database } from '../../platform/database/database.ts'
import { builtInRuleSet, type RuleSet, type StoredRuleSet } from './routing-rule.ts'

interface RuleSetRow {
  version: number
  rules: string
  actor_id: string
  created_at: string
}

export type RuleSetStore = ReturnType<typeof createRuleSetStore>

/** Rule sets, each an immutable version; the last one is in force. */
export function createRuleSetStore(db: Database, clock: Clock) {
  const ruleSets = () => db.sql<RuleSetRow>('routing_rule_sets')

  async function readCurrent(): Promise<StoredRuleSet> {
    const row = await ruleSets().orderBy('version', 'desc').first('version', 'rules')
    if (row === undefined) return builtInRuleSet
    return { version: row.version, ...(JSON.parse(row.rules) as RuleSet) }
  }

  return {
    /** The rule set in force; kept until the database counts another. */
    current: keepUntilChanged(db, ['rules'], readCurrent).current,

    /** Rule sets by their versions; the built-in one is version 0. */
    async byVersion(versions: readonly number[]): Promise<Map<number, RuleSet>> {
      const rows = await ruleSets().whereIn('version', versions).select('version', 'rules')
      return new Map([
        [builtInRuleSet.version, builtInRuleSet as RuleSet],
        ...rows.map((row) => [row.version, JSON.parse(row.rules) as RuleSet] as const),
      ])
    },

    /** Adds the version that follows `after`. @returns its number; undefined when it exists already */
    async append(
      after: number,
      { rules, default: fallback }: RuleSet,
      actor: Actor,
    ): Promise<number | undefined> {
      const version = after + 1
      const added = await ruleSets()
        .insert({
          version,
          rules: JSON.stringify({ rules, default: fallback }),
          actor_id: actor.id,
          created_at: isoNow(clock),
        })
        .onConflict('version')
        .ignore()
        .returning('version')
      return added.length === 0 ? undefined : version
    },
  }
}
