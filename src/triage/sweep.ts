import type { TriageDeps } from './deps.ts'
import { RECONSIDER_JOB, triageThreads } from './triage-threads.ts'

export const SWEEP_JOB = 'triage.sweep'

/** The progress of a sweep; the payload of its jobs. */
export interface SweepPosition {
  /** The sweep's number; only the latest sweep continues. */
  readonly sweep: number
  /** The last thread triaged. */
  readonly after?: string
}

const CHUNK = 200
/** Chunks of one job: the work repeated when its process dies. */
const CHUNKS = 5
const COUNTER = 'triage.sweep'

/**
 * Enqueues triage of all threads, in the transaction in progress, because the models or the rules have changed. A sweep
 * in progress stops: the new one covers its threads too.
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

/** Triages some threads of a sweep and enqueues a job that continues after them. */
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

/** Routes threads again whose reconsideration is due, and enqueues a job for the next due time. */
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
