import type { Actor } from '../../access/actor.ts'
import { visibleTo } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Access } from '../../access/create-access.ts'
import { isoNow } from '../../platform/clock.ts'
import type { Threads } from '../../threads/create-threads.ts'
import type { Triage } from '../../triage/create-triage.ts'
import type { Destination, RuleSet } from '../../triage/routing/routing-rule.ts'
import type { AnswerLocks } from '../answering/answer-locks.ts'
import { communityErrors } from '../errors.ts'
import { inboxErrors } from './errors.ts'
import { type FollowDeps, followThreads } from './follow-threads.ts'
import { type InboxThread, type ListedInboxThread, raised } from './inbox-thread.ts'

export interface WorkDeps extends FollowDeps {
  readonly audit: AuditLog
  readonly accounts: Pick<Access['accounts'], 'find' | 'list'>
  readonly locks: AnswerLocks
  readonly threads: FollowDeps['threads'] & Pick<Threads, 'requireShown' | 'mergeThread'>
  readonly ruleSets: Pick<Triage['ruleSets'], 'current'>
}

/** Who does something to which thread. */
interface Work {
  readonly threadId: string
  readonly actor: Actor
  /** From a colleague who has it or answers it. */
  readonly takeOver?: boolean
}

/** Roles of those who answer. */
export const ANSWERERS = ['agent', 'knowledge-manager', 'admin'] as const

/**
 * Takes a thread: it is the actor's until they release it, and the rules leave it where it is. Taken again, it changes
 * nothing.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, INBOX_THREAD_ABSENT, INBOX_TAKEN, ANSWER_LOCKED
 */
export function takeThread(deps: WorkDeps, work: Work): Promise<ListedInboxThread> {
  const { id, name } = work.actor
  return change(deps, work, 'taken', (before) =>
    before.assignee?.id === id ? undefined : { assignee: { id, name } },
  )
}

/** Gives a thread back to its queue, where the rules may move it again. @throws CodedError as {@link takeThread} */
export function releaseThread(deps: WorkDeps, work: Work): Promise<ListedInboxThread> {
  return change(deps, work, 'released', ({ assignee }) =>
    assignee === undefined ? undefined : { assignee: undefined },
  )
}

/**
 * Gives a thread to a colleague.
 *
 * @param to id of an account
 * @throws CodedError as {@link takeThread}, and INBOX_COLLEAGUE_UNKNOWN
 */
export async function assignThread(
  deps: WorkDeps,
  { to, ...work }: Work & { readonly to: string },
): Promise<ListedInboxThread> {
  const account = await deps.accounts.find(to)
  return change(deps, work, 'assigned', ({ assignee }, { audience }) => {
    const mayAnswer = account?.status === 'active' && account.roles.some((role) => isAnswerer(role))
    if (account === undefined || !mayAnswer || !visibleTo(account.audience).includes(audience))
      throw inboxErrors.INBOX_COLLEAGUE_UNKNOWN({ id: to })
    return assignee?.id === to ? undefined : { assignee: { id: to, name: account.name } }
  })
}

/**
 * Moves a thread to another queue, where nobody has it yet. From then on the rules leave it there; moved back to where they
 * would have it, they decide again.
 *
 * @throws CodedError as {@link takeThread}, and INBOX_QUEUE_UNKNOWN
 */
export async function transferThread(
  deps: WorkDeps,
  { queue, note, ...work }: Work & { readonly queue: string; readonly note?: string },
): Promise<ListedInboxThread> {
  const known = queuesOf(await deps.ruleSets.current())
  if (!known.includes(queue) && !(await deps.inbox.hasQueue(queue)))
    throw inboxErrors.INBOX_QUEUE_UNKNOWN({ queue })
  return change(
    deps,
    work,
    'transferred',
    (before) =>
      before.queue === queue
        ? undefined
        : { queue, transferred: queue !== before.rulesQueue, assignee: undefined },
    note,
  )
}

/**
 * Raises the priority of a thread and says why; whoever has it keeps it.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, INBOX_THREAD_ABSENT
 */
export function escalateThread(
  deps: WorkDeps,
  { note, ...work }: Omit<Work, 'takeOver'> & { readonly note: string },
): Promise<ListedInboxThread> {
  const escalation = { at: isoNow(deps.clock), by: work.actor.name, note }
  return change(
    deps,
    { ...work, takeOver: true },
    'escalated',
    (before) =>
      before.escalation?.note === note ? undefined : { escalation, priority: raised(before.rulesPriority) },
    note,
    'keep-lock',
  )
}

/** Takes an escalation back. @throws CodedError as {@link escalateThread}, and INBOX_NOT_ESCALATED */
export function calmThread(deps: WorkDeps, work: Omit<Work, 'takeOver'>): Promise<ListedInboxThread> {
  return change(
    deps,
    { ...work, takeOver: true },
    'calmed',
    (before) => {
      if (before.escalation === undefined) throw inboxErrors.INBOX_NOT_ESCALATED({ id: before.threadId })
      return { escalation: undefined, priority: before.rulesPriority }
    },
    undefined,
    'keep-lock',
  )
}

/**
 * Merges a thread into another that asks the same, so that it leaves the inbox.
 *
 * @throws CodedError as {@link takeThread}, and those of `mergeThread`
 */
export async function mergeDuplicate(
  deps: WorkDeps,
  { threadId, into, actor, takeOver }: Work & { readonly into: string },
): Promise<void> {
  await deps.db.transaction(async () => {
    await requireWorkable(deps, { threadId, actor, takeOver })
    await deps.threads.mergeThread({ threadId, into, actor })
    await followThreads(deps, [threadId, into])
  })
}

/** The queues that rules name. */
export function queuesOf({ rules, default: fallback }: RuleSet): string[] {
  const destinations: Destination[] = [...rules.map((rule) => rule.then), fallback].map(
    ({ destination }) => destination,
  )
  return [...new Set(destinations.flatMap(({ kind, name }) => (kind === 'queue' ? [name] : [])))].sort()
}

export function isAnswerer(role: string): boolean {
  return ANSWERERS.some((each) => each === role)
}

/** Of two who change a thread at once, the second meets what the first did. */
async function change(
  deps: WorkDeps,
  work: Work,
  what: 'taken' | 'released' | 'assigned' | 'transferred' | 'escalated' | 'calmed',
  changeOf: (before: InboxThread, shown: ListedInboxThread) => Partial<InboxThread> | undefined,
  note?: string,
  lock: 'drop-lock' | 'keep-lock' = 'drop-lock',
): Promise<ListedInboxThread> {
  const { threadId, actor } = work
  return deps.db.transaction(async () => {
    const shown = await requireWorkable(deps, work)
    const before = (await deps.inbox.of([threadId])).get(threadId)
    const changes = before && changeOf(before, shown)
    if (before === undefined || changes === undefined) return shown
    await deps.inbox.put({ ...before, ...changes })
    if (lock === 'drop-lock' && shown.writing?.id !== actor.id) await deps.locks.drop(threadId)
    await deps.audit.record(`inbox.${what}`, actor, threadId, {
      before: stated(before),
      after: { ...stated({ ...before, ...changes }), note },
    })
    await deps.outbox.append({ type: 'inbox.changed', audience: shown.audience })
    if (what === 'released') await followThreads(deps, [threadId])
    return (await deps.inbox.find(threadId, actor.audience)) ?? shown
  })
}

async function requireWorkable(
  deps: WorkDeps,
  { threadId, actor, takeOver = false }: Work,
): Promise<ListedInboxThread> {
  await deps.threads.requireShown(threadId, actor.audience)
  await deps.decisions.lock([threadId])
  const shown = await deps.inbox.find(threadId, actor.audience)
  if (shown === undefined) throw inboxErrors.INBOX_THREAD_ABSENT({ id: threadId })
  const { assignee, writing } = shown
  if (!takeOver && assignee !== undefined && assignee.id !== actor.id)
    throw inboxErrors.INBOX_TAKEN({ name: assignee.name })
  if (!takeOver && writing !== undefined && writing.id !== actor.id)
    throw communityErrors.ANSWER_LOCKED({ name: writing.name })
  return shown
}

function stated({ queue, priority, assignee, escalation }: InboxThread) {
  return { queue, priority, assignee: assignee?.name, escalated: escalation !== undefined || undefined }
}
