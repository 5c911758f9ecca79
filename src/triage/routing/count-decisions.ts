import type { Audience } from '../../access/audience.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import type { TriageDeps } from '../deps.ts'
import { DEFAULT_RULE } from './routing-rule.ts'

/** How many threads each rule decides. */
export interface RuleCounts {
  /** The version of the rules that are counted. */
  readonly version: number
  /** In the order of the rule set, `default` last; rules that decide none included. */
  readonly rules: readonly { readonly rule: string; readonly threads: number }[]
}

/**
 * Counts, of the threads that a reader may see, those whose current decision each rule in force made. A thread that is
 * yet to be routed by new rules counts for the rule of the same name.
 */
export async function countDecisions(
  { db, ruleSets }: Pick<TriageDeps, 'db' | 'ruleSets'>,
  { reader }: { readonly reader: Audience },
): Promise<RuleCounts> {
  const { rules, version } = await ruleSets.current()
  const decisions = db.sql('routing_decisions as d').whereNull('d.superseded_at')
  const rows: { rule: string; threads: number | string }[] = await joinReadableThreads(
    decisions,
    'd.thread_id',
    reader,
    { which: 'questioned' },
  )
    .groupBy('d.rule')
    .select('d.rule')
    .count({ threads: '*' })
  const counts = new Map(rows.map(({ rule, threads }) => [rule, Number(threads)]))
  return {
    version,
    rules: [...rules.map(({ name }) => name), DEFAULT_RULE].map((rule) => ({
      rule,
      threads: counts.get(rule) ?? 0,
    })),
  }
}
