import type { Audience } from '../../access/audience.ts'
import { PRIORITIES, type Priority } from '../../triage/routing/routing-rule.ts'
import type { LockHolder } from '../answering/answer-locks.ts'

/** Whether colleagues owe an answer, or the asker has one and says what comes next. */
export type InboxState = 'open' | 'waiting'

/** A thread that waits for colleagues, as far as the inbox knows it. */
export interface InboxThread {
  readonly threadId: string
  /** `left`: resolved, closed, removed, merged, or sent elsewhere by the rules. */
  readonly state: InboxState | 'left'
  readonly queue: string
  /** Where the rules would have it; absent where they send it to no queue. */
  readonly rulesQueue?: string
  /** Whether a colleague moved it: the rules do not move it any more. */
  readonly transferred: boolean
  readonly priority: Priority
  readonly rulesPriority: Priority
  readonly slaMinutes?: number
  /** By when an answer is due; absent without a time limit, and while the asker has one. */
  readonly dueAt?: string
  /** Since when it is in this state. */
  readonly since: string
  readonly assignee?: LockHolder
  readonly escalation?: Escalation
}

export interface Escalation {
  readonly at: string
  /** Name of the colleague. */
  readonly by: string
  readonly note: string
}

/** A thread of the inbox as the list shows it. */
export interface ListedInboxThread extends Omit<InboxThread, 'state'> {
  readonly state: InboxState
  readonly title: string
  readonly language: string
  readonly source: string
  readonly audience: Audience
  readonly url?: string
  readonly askedAt: string
  /** Who is writing an answer right now. */
  readonly writing?: LockHolder
}

/** The order of the list: what is due first, then what has no time limit by priority, then what waits for the asker. */
export function placeOf({
  state,
  dueAt,
  priority,
  since,
}: Pick<InboxThread, 'state' | 'dueAt' | 'priority' | 'since'>): string | undefined {
  if (state === 'left') return undefined
  if (state === 'waiting') return `3 ${since}`
  if (dueAt !== undefined) return `1 ${dueAt}`
  return `2 ${PRIORITIES.length - 1 - PRIORITIES.indexOf(priority)} ${since}`
}

/** The priority of an escalated thread: one step up, and high at least. */
export function raised(priority: Priority): Priority {
  return priority === 'high' || priority === 'urgent' ? 'urgent' : 'high'
}
