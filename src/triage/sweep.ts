import type { TriageDeps } from './deps.ts'
import { RECONSIDER_JOB, triageThreads } from './triage-threads.ts'

export const SWEEP_JOB = 'triage.sweep'

/** Where a sweep stands; the payload of its jobs. */
export interface SweepPosition {
  /** The sweep's number; only the latest goes on. */
  readonly sweep: number
  /** The last thread done. */
  readonly after?: string
}

const CHUNK = 200
/** Chunks a job: what is done again when its process dies. */
const CHUNKS = 5
const COUNTER = 'triage.sweep'

/**
 * Sets out to triage all threads again, in the transaction in progress: the models or the rules have changed. A sweep
 * under way ends where it is, for the new one does its work too.
 */
export async function startSweep(deps: TriageDeps): Promise<void> {
  await deps.db.transaction(async () => {
    const [row] = await deps.db
      .sql('sequences')
      .insert({ name: COUNTER, value: 1 })
      .onConflict('name')
      .merge({ value: deps.db.sql.raw('sequences.value + 1') })
      .returning<{ value: number }[]>('value')
    await enqueue(deps, { sweep: row?.value ?? 0 })
  })
}

/** Does some of a sweep and leaves the rest to a next job, which starts from where this one came to. */
export async function continueSweep(
  deps: TriageDeps,
  { sweep, after }: SweepPosition,
  signal?: AbortSignal,
): Promise<void> {
  let last = after
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    if (!(await isLatest(deps, sweep))) return
    const threadIds = await deps.threads.idsAfter(last, CHUNK)
    await triageThreads(deps, threadIds, { fresh: false, signal })
    last = threadIds.at(-1)
    if (threadIds.length < CHUNK || last === undefined) return deps.db.analyze()
  }
  if (last !== undefined) await enqueue(deps, { sweep, after: last })
}

async function isLatest(deps: TriageDeps, sweep: number): Promise<boolean> {
  const row = await deps.db.sql('sequences').where({ name: COUNTER }).first<{ value: number }>('value')
  return row?.value === sweep
}

async function enqueue(deps: TriageDeps, position: SweepPosition): Promise<void> {
  await deps.jobs.enqueue({
    type: SWEEP_JOB,
    payload: { ...position },
    dedupeKey: `${SWEEP_JOB}:${position.sweep}`,
  })
}

const DUE_AT_ONCE = 200

/** Routes again what time has changed, and has itself called when that is next the case. */
export async function reconsiderDue(deps: TriageDeps, signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted()
    const now = deps.clock.now().toISOString()
    const threadIds = await deps.decisions.due(now, DUE_AT_ONCE)
    if (threadIds.length === 0) break
    await triageThreads(deps, threadIds, { fresh: false, signal })
    await deps.decisions.forgetDue(threadIds, now)
  }
  const runAt = await deps.decisions.nextDue()
  if (runAt !== undefined) await deps.jobs.enqueue({ type: RECONSIDER_JOB, dedupeKey: RECONSIDER_JOB, runAt })
}
