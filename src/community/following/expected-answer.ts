import type { Ingest } from '../../ingest/create-ingest.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { allThreads } from '../../threads/readable-threads.ts'
import type { Triage } from '../../triage/create-triage.ts'
import { OWN_FORMAT } from '../question.ts'

/** By when an answer comes, as far as anything says so. */
export type Expected =
  /** The time limit of the routing decision; `isLate` when it has passed. */
  | { readonly kind: 'due'; readonly at: string; readonly isLate: boolean }
  /** Half of what was asked in the last months was answered within so many minutes. */
  | { readonly kind: 'usual'; readonly minutes: number }

export interface ExpectedDeps {
  readonly db: Database
  readonly clock: Clock
  readonly sources: Pick<Ingest['sources'], 'list'>
  readonly decisions: Pick<Triage['decisions'], 'currentOf'>
}

const DAY_MS = 86_400_000
const OF_DAYS = 90
/** Of fewer questions a median says nothing. */
const LEAST = 5
const MOST = 500

/** @returns undefined where neither a time limit nor experience says anything */
export async function expectedAnswer(deps: ExpectedDeps, threadId: string): Promise<Expected | undefined> {
  const decision = (await deps.decisions.currentOf([threadId])).get(threadId)
  if (decision?.slaDueAt !== undefined) {
    const isLate = decision.slaBreachedAt !== undefined || decision.slaDueAt <= deps.clock.now().toISOString()
    return { kind: 'due', at: decision.slaDueAt, isLate }
  }
  const minutes = await medianMinutes(deps)
  return minutes === undefined ? undefined : { kind: 'usual', minutes }
}

/** Those without an answer count as the longest, so that the few quick ones do not speak for all. */
async function medianMinutes({
  db,
  clock,
  sources,
}: Pick<ExpectedDeps, 'db' | 'clock' | 'sources'>): Promise<number | undefined> {
  const since = new Date(clock.now().getTime() - OF_DAYS * DAY_MS).toISOString()
  const own = (await sources.list()).filter(({ format }) => format === OWN_FORMAT)
  const rows: { created_at: string; first_answered_at: string | null }[] = await allThreads(db)
    .whereIn(
      't.source_id',
      own.map(({ id }) => id),
    )
    .where('t.created_at', '>=', since)
    .orderBy('t.created_at', 'desc')
    .limit(MOST)
    .select('t.created_at', 't.first_answered_at')
  if (rows.length < LEAST) return undefined
  const waits = rows
    .map(({ created_at, first_answered_at }) =>
      first_answered_at === null
        ? Number.POSITIVE_INFINITY
        : (Date.parse(first_answered_at) - Date.parse(created_at)) / 60_000,
    )
    .sort((one, other) => one - other)
  const median = waits[Math.floor((waits.length - 1) / 2)]!
  return Number.isFinite(median) ? Math.max(1, Math.ceil(median)) : undefined
}
