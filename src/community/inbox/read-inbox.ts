import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { AuditEntry } from '../../access/audit-log.ts'
import type { Page } from '../../platform/page.ts'
import { inboxErrors } from './errors.ts'
import type { InboxCounts, InboxFilter } from './inbox-store.ts'
import type { ListedInboxThread } from './inbox-thread.ts'
import { isAnswerer, queuesOf, type WorkDeps } from './work-on-thread.ts'

export type ReadDeps = Pick<WorkDeps, 'inbox' | 'audit' | 'accounts' | 'ruleSets' | 'threads' | 'clock'>

/** What one step in the inbox was: who took, moved or escalated a thread, and what they noted. */
export interface InboxStep {
  readonly id: string
  readonly what: string
  readonly at: string
  readonly by: string
  /** The queue that it left and the one it came to, where it was moved. */
  readonly from?: string
  readonly to?: string
  /** Who has it since, where that changed. */
  readonly assignee?: string
  readonly note?: string
}

/** Steps shown of a thread, and entries of the audit log that are read for them. */
const MOST_STEPS = 50
const PAGE = 100
const MOST_PAGES = 5
const MOST_COLLEAGUES = 50
const MARKS_OF_DAYS = 90
const DAY_MS = 86_400_000

/** The threads that wait for colleagues, what is due first on top. @throws CodedError CURSOR_INVALID */
export function listInbox(
  { inbox }: ReadDeps,
  filter: InboxFilter,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<Page<ListedInboxThread>> {
  return inbox.list(filter, page)
}

/** With the queues of the rules in force that are empty, too. */
export async function countInbox({ inbox, ruleSets }: ReadDeps, actor: Actor): Promise<InboxCounts> {
  const counts = await inbox.counts(actor.audience, actor.id)
  const named = queuesOf(await ruleSets.current())
  const missing = named.filter((name) => !counts.queues.some((queue) => queue.name === name))
  const queues = [...counts.queues, ...missing.map((name) => ({ name, open: 0, overdue: 0 }))]
  return { ...counts, queues: queues.sort((one, other) => (one.name < other.name ? -1 : 1)) }
}

/**
 * A thread of the inbox, and what was done with it there, the latest first.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, INBOX_THREAD_ABSENT
 */
export async function showInboxThread(
  { inbox, threads, audit }: ReadDeps,
  threadId: string,
  { audience }: Actor,
): Promise<ListedInboxThread & { readonly steps: readonly InboxStep[] }> {
  await threads.requireShown(threadId, audience)
  const found = await inbox.find(threadId, audience)
  if (found === undefined) throw inboxErrors.INBOX_THREAD_ABSENT({ id: threadId })
  const steps: InboxStep[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES && steps.length < MOST_STEPS; page += 1) {
    const { items, next } = await audit.list({ target: threadId, limit: PAGE, cursor })
    steps.push(...items.flatMap(stepOf))
    cursor = next
    if (cursor === undefined) break
  }
  return { ...found, steps: steps.slice(0, MOST_STEPS) }
}

/** Those who may be given threads of an audience, by name. */
export async function listColleagues(
  { accounts }: ReadDeps,
  {
    actor,
    audience,
    search,
  }: { readonly actor: Actor; readonly audience: Audience; readonly search?: string },
): Promise<{ readonly id: string; readonly name: string }[]> {
  const found: { id: string; name: string }[] = []
  let cursor: string | undefined
  do {
    const page = await accounts.list(actor.audience, { search, cursor, limit: PAGE })
    for (const { id, name, status, roles, audience: reads } of page.items)
      if (status === 'active' && roles.some(isAnswerer) && visibleTo(reads).includes(audience))
        found.push({ id, name })
    cursor = page.next
  } while (cursor !== undefined && found.length < MOST_COLLEAGUES)
  return found.slice(0, MOST_COLLEAGUES)
}

/** What askers said of answers in the last 90 days: of the actor's own; of everybody's to those who lead. */
export async function listMarks({ inbox, clock }: ReadDeps, actor: Actor) {
  const since = new Date(clock.now().getTime() - MARKS_OF_DAYS * DAY_MS).toISOString()
  const marks = await inbox.marks(actor.audience, since)
  const seesAll = actor.roles.some((role) => role !== 'agent' && role !== 'router')
  return seesAll ? marks : marks.filter(({ id }) => id === actor.id)
}

function stepOf({ id, action, at, actor, before, after }: AuditEntry): InboxStep[] {
  const [module, what = ''] = action.split('.')
  if (module !== 'inbox') return []
  const [was, is] = [before as Stated | undefined, after as Stated | undefined]
  const moved = was?.queue !== is?.queue
  return [
    {
      id,
      what,
      at,
      by: actor.name,
      from: moved ? was?.queue : undefined,
      to: moved ? is?.queue : undefined,
      assignee: was?.assignee === is?.assignee ? undefined : is?.assignee,
      note: is?.note,
    },
  ]
}

/** As `work-on-thread.ts` states it. */
interface Stated {
  readonly queue?: string
  readonly assignee?: string
  readonly note?: string
}
