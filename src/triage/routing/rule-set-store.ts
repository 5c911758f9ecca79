import type { Actor } from '../../access/actor.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import { keepUntilChanged } from '../../platform/database/change-counters.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeNumberCursor, type Page, toPage } from '../../platform/page.ts'
import { triageErrors } from '../errors.ts'
import { builtInRuleSet, type RuleSet, type StoredRuleSet } from './routing-rule.ts'

interface RuleSetRow {
  version: number
  rules: string
  actor_id: string
  /** Null in versions that were saved before names were kept. */
  actor_name: string | null
  restored_from: number | null
  created_at: string
}

/** Who put a rule set in force, and when; the built-in one has neither. */
export interface RuleSetVersion {
  readonly version: number
  readonly actor?: { readonly id: string; readonly name?: string }
  readonly createdAt?: string
  /** The earlier version whose rules were put in force again. */
  readonly restoredFrom?: number
  readonly rules: number
}

/** Versions kept in memory: the one in force, and those that are compared. */
const REMEMBERED = 20

export type RuleSetStore = ReturnType<typeof createRuleSetStore>

/** Rule sets, each an immutable version; the last one is in force. */
export function createRuleSetStore(db: Database, clock: Clock) {
  const ruleSets = () => db.sql<RuleSetRow>('routing_rule_sets')
  /** Versions never change, so what was read of one is used again. */
  const read = new Map<number, StoredRuleSet>()

  function toRuleSet({ version, rules }: Pick<RuleSetRow, 'version' | 'rules'>): StoredRuleSet {
    const known = read.get(version)
    if (known !== undefined) return known
    const ruleSet: StoredRuleSet = { version, ...(JSON.parse(rules) as RuleSet) }
    // One that is rolled back gives its number to another.
    if (db.sql.isTransaction) return ruleSet
    if (read.size >= REMEMBERED) read.clear()
    read.set(version, ruleSet)
    return ruleSet
  }

  async function readCurrent(): Promise<StoredRuleSet> {
    const row = await ruleSets().orderBy('version', 'desc').first('version', 'rules')
    return row === undefined ? builtInRuleSet : toRuleSet(row)
  }

  return {
    /** The rule set in force; kept until the database counts another. */
    current: keepUntilChanged(db, ['rules'], readCurrent).current,

    /** Rule sets by their versions; the built-in one is version 0. */
    async byVersion(versions: readonly number[]): Promise<Map<number, RuleSet>> {
      const rows = await ruleSets().whereIn('version', versions).select('version', 'rules')
      return new Map([
        [builtInRuleSet.version, builtInRuleSet as RuleSet],
        ...rows.map((row) => [row.version, toRuleSet(row) as RuleSet] as const),
      ])
    },

    /** @throws CodedError ROUTING_VERSION_NOT_FOUND */
    async require(version: number): Promise<StoredRuleSet> {
      if (version === builtInRuleSet.version) return builtInRuleSet
      const row = await ruleSets().where({ version }).first('version', 'rules')
      if (row === undefined) throw triageErrors.ROUTING_VERSION_NOT_FOUND({ version })
      return toRuleSet(row)
    },

    /** All versions, the latest first; the last is the built-in one. */
    async list({
      cursor,
      limit,
    }: {
      readonly cursor?: string
      readonly limit: number
    }): Promise<Page<RuleSetVersion>> {
      const query = ruleSets()
        .orderBy('version', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query.where('version', '<', decodeNumberCursor(cursor))
      const versions = (await query).map(toVersion)
      if (versions.length <= limit)
        versions.push({ version: builtInRuleSet.version, rules: builtInRuleSet.rules.length })
      return toPage(versions, limit, ({ version }) => ({ key: String(version), id: '' }))
    },

    /** Adds the version that follows `after`. @returns its number; undefined when it exists already */
    async append(
      after: number,
      ruleSet: RuleSet,
      actor: Actor,
      restoredFrom?: number,
    ): Promise<number | undefined> {
      const version = after + 1
      const added = await ruleSets()
        .insert({
          version,
          rules: JSON.stringify(ruleSet),
          actor_id: actor.id,
          actor_name: actor.name,
          restored_from: restoredFrom ?? null,
          created_at: isoNow(clock),
        })
        .onConflict('version')
        .ignore()
        .returning('version')
      return added.length === 0 ? undefined : version
    },
  }
}

function toVersion(row: RuleSetRow): RuleSetVersion {
  return {
    version: row.version,
    actor: { id: row.actor_id, name: row.actor_name ?? undefined },
    createdAt: row.created_at,
    restoredFrom: row.restored_from ?? undefined,
    rules: (JSON.parse(row.rules) as RuleSet).rules.length,
  }
}
