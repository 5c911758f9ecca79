import type { ThreadFacts } from '../../threads/thread.ts'
import type { TriageDeps } from '../deps.ts'
import type { SlaBreached } from '../events.ts'
import type { RoutingDecision } from '../routing/decision-store.ts'

export const SLA_JOB = 'triage.find-sla-breaches'

/** Decisions a transaction. */
const CHUNK = 100

type SlaDeps = Pick<TriageDeps, 'db' | 'clock' | 'threads' | 'decisions' | 'outbox' | 'jobs'>

/** Enqueues the job that is due when the first time limit of new decisions passes, in the transaction in progress. */
export async function watchTimeLimits(
  { jobs }: Pick<TriageDeps, 'jobs'>,
  decisions: readonly Pick<RoutingDecision, 'slaDueAt'>[],
): Promise<void> {
  const due = decisions.flatMap(({ slaDueAt }) => slaDueAt ?? []).sort()
  if (due[0] === undefined) return
  await jobs.enqueue({ type: SLA_JOB, dedupeKey: SLA_JOB, runAt: new Date(due[0]) })
}

/**
 * Finds the current decisions whose time limit passed while nobody had answered: each is recorded, and told by the event
 * `routing.sla-breached`, once. Enqueues a job for the next time limit.
 */
export async function findBreaches(deps: SlaDeps, signal?: AbortSignal): Promise<void> {
  for (let more = true; more; ) {
    signal?.throwIfAborted()
    more = await deps.db.transaction(() => findSome(deps))
  }
  const runAt = await deps.decisions.nextTimeLimit()
  if (runAt !== undefined) await deps.jobs.enqueue({ type: SLA_JOB, dedupeKey: SLA_JOB, runAt })
}

/** @returns whether there may be more */
async function findSome({ clock, threads, decisions, outbox }: SlaDeps): Promise<boolean> {
  const now = clock.now().toISOString()
  const found = await decisions.timeLimitsPassed(now, CHUNK)
  if (found.length === 0) return false
  const threadIds = found.map(({ threadId }) => threadId)
  await decisions.lock(threadIds)
  // Others may have routed or answered them since they were read.
  const passed = await decisions.stillCurrent(found.map(({ id }) => id))
  const facts = new Map((await threads.facts(threadIds)).map((thread) => [thread.id, thread]))
  const breached = passed.filter((decision) => isBreach(decision, facts.get(decision.threadId)))
  const decisionIds = breached.map(({ id }) => id)
  await decisions.markBreached(decisionIds)
  await decisions.endTimeLimits(passed.map(({ id }) => id).filter((id) => !decisionIds.includes(id)))
  if (decisionIds.length > 0) {
    const event: SlaBreached = { type: 'routing.sla-breached', decisionIds }
    await outbox.append(event)
  }
  return true
}

/** Whether nobody had answered when the time limit passed, of a thread that still waits for an answer or got it late. */
function isBreach({ slaDueAt }: RoutingDecision, thread: ThreadFacts | undefined): boolean {
  if (slaDueAt === undefined || thread === undefined) return false
  const { firstAnsweredAt, closed } = thread
  return firstAnsweredAt === undefined ? !closed : firstAnsweredAt > slaDueAt
}
