import type { Audience } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { Threads } from '../../threads/create-threads.ts'
import type { ThreadFacts } from '../../threads/thread.ts'
import { type LastWords, lastWordsOf } from '../../threads/thread-queries.ts'
import type { Triage } from '../../triage/create-triage.ts'
import type { RoutingDecision } from '../../triage/routing/decision-store.ts'
import type { AnswerLocks } from '../answering/answer-locks.ts'
import type { InboxStore } from './inbox-store.ts'
import { type InboxThread, placeOf, raised } from './inbox-thread.ts'

export const FOLLOW_THREADS = 'community.follow-threads'

export interface FollowDeps {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly inbox: InboxStore
  readonly locks: Pick<AnswerLocks, 'heldUntil'>
  readonly threads: Pick<Threads, 'facts' | 'find'>
  readonly decisions: Pick<Triage['decisions'], 'currentOf' | 'lock'>
}

/** Threads a transaction. */
const CHUNK = 100

/**
 * Brings the inbox up to date with what became of threads: those that a rule sends to a queue come in, those that are
 * resolved, closed, removed, merged or sent elsewhere leave, and the clock follows the posts. A thread that a colleague has,
 * answers or moved stays in its queue whatever the rules say. Once more changes nothing.
 */
export async function followThreads(
  deps: FollowDeps,
  threadIds: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const ids = [...new Set(threadIds)].sort()
  const yieldToEventLoop = createYielder()
  for (let from = 0; from < ids.length; from += CHUNK) {
    await yieldToEventLoop()
    signal?.throwIfAborted()
    await deps.db.transaction(() => followSome(deps, ids.slice(from, from + CHUNK)))
  }
}

async function followSome(deps: FollowDeps, ids: readonly string[]): Promise<void> {
  await deps.decisions.lock(ids)
  const known = await deps.inbox.of(ids)
  const decisions = await deps.decisions.currentOf(ids)
  // Most threads are not, and were never, for colleagues: nothing more is read of them.
  const concerned = ids.filter((id) => known.has(id) || decisions.get(id)?.destination.kind === 'queue')
  if (concerned.length === 0) return
  const facts = new Map((await deps.threads.facts(concerned)).map((thread) => [thread.id, thread]))
  const words = await lastWordsOf(deps.db, concerned)
  const writing = await deps.locks.heldUntil(concerned)
  const changed = new Set<Audience>()
  for (const id of concerned) {
    const before = known.get(id)
    const thread = facts.get(id)
    const after = standing({
      before,
      thread,
      decision: decisions.get(id),
      words: words.get(id),
      isWriting: writing.has(id),
    })
    if (after === undefined || isSame(before, after)) continue
    await deps.inbox.put(after)
    if (before?.state !== 'left' || after.state !== 'left') changed.add(await audienceOf(deps, id, thread))
    // Once nobody writes any more, the rules move it.
    const until = writing.get(id)
    if (until !== undefined && after.assignee === undefined && after.rulesQueue !== after.queue)
      await deps.jobs.enqueue(singleJob(FOLLOW_THREADS, { threadIds: [id] }, new Date(Date.parse(until) + 1)))
  }
  for (const audience of changed) await deps.outbox.append({ type: 'inbox.changed', audience })
}

/** A merged thread has no facts of its own any more. */
async function audienceOf(
  { threads }: FollowDeps,
  id: string,
  facts: ThreadFacts | undefined,
): Promise<Audience> {
  return facts?.audience ?? (await threads.find(id, 'internal'))?.audience ?? 'internal'
}

/**
 * What the inbox should say of a thread.
 *
 * @returns undefined where the thread was never in it and does not belong there
 */
function standing({
  before,
  thread,
  decision,
  words,
  isWriting,
}: {
  readonly before: InboxThread | undefined
  readonly thread: ThreadFacts | undefined
  readonly decision: RoutingDecision | undefined
  readonly words: LastWords | undefined
  readonly isWriting: boolean
}): InboxThread | undefined {
  const rulesQueue = decision?.destination.kind === 'queue' ? decision.destination.name : undefined
  const isIn = before !== undefined && before.state !== 'left'
  const isKept = isIn && (before.transferred || before.assignee !== undefined || isWriting)
  const isDone = thread === undefined || thread.resolved || thread.closed || words === undefined
  if (isDone || (rulesQueue === undefined && !isKept && !(before?.transferred ?? false)))
    return before && { ...before, state: 'left', rulesQueue, dueAt: undefined }
  const stays = isKept || before?.transferred === true
  const queue = stays && before !== undefined ? before.queue : (rulesQueue ?? before?.queue ?? '')
  const ruled = decision !== undefined && rulesQueue === queue ? decision : undefined
  const rulesPriority = ruled?.priority ?? before?.rulesPriority ?? decision?.priority ?? 'normal'
  const slaMinutes = ruled === undefined ? before?.slaMinutes : ruled.slaMinutes
  const isOpen = words.answeredAt === undefined || words.askedAt > words.answeredAt
  return {
    threadId: thread.id,
    state: isOpen ? 'open' : 'waiting',
    queue,
    rulesQueue,
    transferred: before?.transferred ?? false,
    priority: before?.escalation === undefined ? rulesPriority : raised(rulesPriority),
    rulesPriority,
    slaMinutes,
    dueAt: isOpen ? dueAt({ before, ruled, words, slaMinutes }) : undefined,
    since: isOpen ? words.askedAt : (words.answeredAt ?? words.askedAt),
    assignee: before?.assignee,
    escalation: before?.escalation,
  }
}

/** The time limit of the rule counts from its decision; once there was an answer, anew from what the asker wrote after it. */
function dueAt({
  before,
  ruled,
  words,
  slaMinutes,
}: {
  readonly before: InboxThread | undefined
  readonly ruled: RoutingDecision | undefined
  readonly words: LastWords
  readonly slaMinutes: number | undefined
}): string | undefined {
  if (slaMinutes === undefined) return undefined
  if (words.answeredAt !== undefined)
    return new Date(Date.parse(words.askedAt) + slaMinutes * 60_000).toISOString()
  return ruled === undefined ? before?.dueAt : ruled.slaDueAt
}

function isSame(before: InboxThread | undefined, after: InboxThread): boolean {
  return (
    before !== undefined &&
    FIELDS.every((name) => before[name] === after[name]) &&
    placeOf(before) === placeOf(after)
  )
}

const FIELDS = [
  'state',
  'queue',
  'rulesQueue',
  'transferred',
  'priority',
  'rulesPriority',
  'slaMinutes',
  'dueAt',
  'since',
] as const satisfies readonly (keyof InboxThread)[]
