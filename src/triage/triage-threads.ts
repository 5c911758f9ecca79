import { createYielder } from '../platform/yield-to-event-loop.ts'
import { threadText } from '../text/thread-text.ts'
import type { ThreadFacts } from '../threads/thread.ts'
import { recordChanges } from './activations/record-changes.ts'
import type { TriageDeps } from './deps.ts'
import type { RoutingDecided, ThreadsTriaged } from './events.ts'
import { gatherSubjects } from './gather-subjects.ts'
import { type FreshPrediction, type Prediction, predict } from './predictions/prediction.ts'
import { protectThreads } from './protect-threads.ts'
import { decideUntilNextTurn } from './routing/decide-destination.ts'
import type { NewDecision } from './routing/decision-store.ts'
import { createLoadReader } from './routing/destination-load.ts'
import { watchTimeLimits } from './sla/find-breaches.ts'

/** Threads a transaction; keeps it well under 50 ms on SQLite. */
const CHUNK = 100

export const RECONSIDER_JOB = 'triage.reconsider-due'

export interface TriageOptions {
  /** Whether threads that the active models have already classified are classified again because their text changed. */
  readonly fresh?: boolean
  readonly signal?: AbortSignal
}

/**
 * Classifies stored threads on every facet that has an active model, and routes them. Idempotent: an unchanged result
 * writes nothing. Unknown ids are ignored.
 */
export async function triageThreads(
  deps: TriageDeps,
  threadIds: readonly string[],
  { fresh = true, signal }: TriageOptions = {},
): Promise<void> {
  const ids = [...new Set(threadIds)].sort()
  const yieldToEventLoop = createYielder()
  for (let from = 0; from < ids.length; from += CHUNK) {
    await yieldToEventLoop()
    signal?.throwIfAborted()
    const chunk = ids.slice(from, from + CHUNK)
    const predicted = await classify(deps, chunk, fresh, yieldToEventLoop)
    await deps.db.transaction(() => route(deps, chunk, predicted))
  }
}

interface PredictedThread {
  readonly threadId: string
  readonly text: string
  readonly predictions: readonly FreshPrediction[]
}

/** The part that takes processor time: runs outside any transaction and yields to the event loop. */
async function classify(
  deps: TriageDeps,
  threadIds: readonly string[],
  fresh: boolean,
  yieldToEventLoop: () => Promise<void>,
): Promise<PredictedThread[]> {
  const models = await deps.models.active()
  const known = fresh ? new Map() : await deps.predictions.of(threadIds)
  const missing = (threadId: string) => {
    const current: readonly Prediction[] = known.get(threadId) ?? []
    return models.filter(
      ({ versionId, budgets }) =>
        !current.some(
          (each) =>
            each.versionId === versionId && each.budgets === budgets && each.probabilities !== undefined,
        ),
    )
  }
  const outdated = threadIds.filter((id) => missing(id).length > 0)
  if (outdated.length === 0) return []
  const predicted: PredictedThread[] = []
  for (const thread of await deps.threads.facts(outdated)) {
    const text = threadText(thread)
    const predictions: FreshPrediction[] = []
    for (const model of missing(thread.id)) {
      predictions.push(predict(model, text))
      await yieldToEventLoop()
    }
    predicted.push({ threadId: thread.id, text, predictions })
  }
  return predicted
}

/** Decides on current data, inside the transaction: labels, answers and rules may have changed since classification. */
async function route(
  deps: TriageDeps,
  threadIds: readonly string[],
  predicted: readonly PredictedThread[],
): Promise<void> {
  await deps.decisions.lock(threadIds)
  const threads = await deps.threads.facts(threadIds)
  const current = await stillValid(deps, predicted, threads)
  await recordChanges(deps, current)
  await deps.predictions.put(current)
  await protectThreads(
    deps,
    threads.map(({ id }) => id),
  )
  const ruleSet = await deps.ruleSets.current()
  const now = deps.clock.now()
  const loads = await createLoadReader(deps, ruleSet, threads)
  const made: NewDecision[] = []
  for (const { thread, subject } of await gatherSubjects(deps, threads)) {
    const seen = { ...subject, load: loads.without(thread) }
    const decision = decideUntilNextTurn(ruleSet, seen, now, deps.reading)
    loads.route(thread, decision.destination)
    made.push({ threadId: thread.id, decision })
  }
  const rerouted = await deps.decisions.record(ruleSet.version, made)
  await reconsiderInTime(deps, made)
  await watchTimeLimits(deps, rerouted)
  if (rerouted.length > 0) {
    const decided: RoutingDecided = { type: 'routing.decided', decisionIds: rerouted.map(({ id }) => id) }
    await deps.outbox.append(decided)
  }
  const changed = new Set([...current, ...rerouted].map(({ threadId }) => threadId))
  if (changed.size === 0) return
  const event: ThreadsTriaged = { type: 'threads.triaged', threadIds: [...changed] }
  await deps.outbox.append(event)
}

/**
 * Leaves out predictions of a text that was edited, or by a model that was replaced, since classification: the jobs
 * that these changes enqueue make new ones.
 */
async function stillValid(
  deps: TriageDeps,
  predicted: readonly PredictedThread[],
  threads: readonly ThreadFacts[],
) {
  const versionIds = predicted.flatMap(({ predictions }) => predictions.map(({ versionId }) => versionId))
  if (versionIds.length === 0) return []
  const active = await deps.predictions.activeVersions([...new Set(versionIds)])
  const texts = new Map(threads.map((thread) => [thread.id, threadText(thread)]))
  return predicted
    .filter(({ threadId, text }) => texts.get(threadId) === text)
    .flatMap(({ threadId, predictions }) => predictions.map((prediction) => ({ threadId, ...prediction })))
    .filter(({ versionId }) => active.has(versionId))
}

async function reconsiderInTime(deps: TriageDeps, made: readonly NewDecision[]): Promise<void> {
  const times = made.flatMap(({ decision }) => decision.reconsiderAt?.getTime() ?? [])
  if (times.length === 0) return
  await deps.jobs.enqueue({
    type: RECONSIDER_JOB,
    dedupeKey: RECONSIDER_JOB,
    runAt: new Date(Math.min(...times)),
  })
}
