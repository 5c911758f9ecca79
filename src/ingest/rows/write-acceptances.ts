import type { Database } from '../../platform/database/database.ts'
import type { BulkTable } from '../../platform/database/put-rows.ts'
import type { KeyedAcceptance, KeyedAcceptanceUpdate } from './batch.ts'
import { later } from './recompute-threads.ts'

const table: BulkTable = {
  name: 'acceptances',
  key: ['thread_id', 'post_id'],
  columns: ['thread_id', 'post_id'],
}
const acceptanceUpdateTable: BulkTable = {
  name: 'acceptance_updates',
  key: ['thread_id', 'post_id'],
  columns: ['thread_id', 'post_id', 'as_of'],
}
/** In place of a post id: the date of a whole set, which is a statement on every post of the thread. */
const WHOLE_SET = ''

/** A post that was accepted or un-accepted. */
interface AcceptanceChange {
  readonly postId: string
  readonly accepted: boolean
}

/** Changes by the thread that the source names. */
export type AcceptanceChanges = ReadonlyMap<string, readonly AcceptanceChange[]>

/**
 * Makes the stored acceptances equal to the stated ones: a complete set per thread, or an update of one post that leaves
 * the others as they are. Of dated statements on a post the latest stands, in whatever order they come: a set does not
 * change posts on which there is a later statement.
 */
export async function writeAcceptances(
  db: Database,
  stated: readonly KeyedAcceptance[],
  updates: readonly KeyedAcceptanceUpdate[],
): Promise<AcceptanceChanges> {
  const changed = new Map<string, AcceptanceChange[]>()
  if (stated.length + updates.length === 0) return changed
  const stored = await storedSets(db, [...stated, ...updates])
  const dates = await statementDates(db, [...stated, ...updates])
  const added: [string, string][] = []
  const wanted = new Map<string, ReadonlySet<string>>()
  for (const { threadId, postIds, asOf } of stated) {
    const before = stored.get(threadId) ?? NONE
    const set = new Set(postIds)
    for (const postId of asOf === undefined ? [] : [...postIds, ...before]) {
      if (dates.last(threadId, postId) <= asOf!) continue
      if (before.has(postId)) set.add(postId)
      else set.delete(postId)
    }
    if (asOf !== undefined) dates.record(threadId, WHOLE_SET, asOf)
    wanted.set(threadId, set)
  }
  for (const { threadId, postId, accepted, asOf } of updates) {
    if (asOf !== undefined && asOf < dates.last(threadId, postId)) continue
    if (asOf !== undefined) dates.record(threadId, postId, asOf)
    const set = new Set(wanted.get(threadId) ?? stored.get(threadId))
    if (accepted) set.add(postId)
    else set.delete(postId)
    wanted.set(threadId, set)
  }
  await dates.write()
  for (const [threadId, postIds] of wanted) {
    const before = stored.get(threadId) ?? NONE
    const withdrawn = without(before, postIds)
    const accepted = without(postIds, before)
    const changes: AcceptanceChange[] = []
    for (const postId of withdrawn) changes.push({ postId, accepted: false })
    for (const postId of accepted) changes.push({ postId, accepted: true })
    if (changes.length > 0) changed.set(threadId, changes)
    for (const id of accepted) added.push([threadId, id])
    if (withdrawn.length > 0) {
      await db.sql('acceptances').where({ thread_id: threadId }).whereIn('post_id', withdrawn).delete()
    }
  }
  await db.put(table, added)
  return changed
}

const NONE: ReadonlySet<string> = new Set()

function without(ids: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  const rest: string[] = []
  for (const id of ids) if (!others.has(id)) rest.push(id)
  return rest
}

async function storedSets(
  db: Database,
  stated: readonly { readonly threadId: string }[],
): Promise<Map<string, Set<string>>> {
  const rows = await db.query<{ thread_id: string; post_id: string }>(
    'select thread_id, post_id from acceptances where thread_id = any(?)',
    [stated.map(threadOf)],
  )
  const stored = new Map<string, Set<string>>()
  for (const { thread_id, post_id } of rows) {
    stored.set(thread_id, (stored.get(thread_id) ?? new Set()).add(post_id))
  }
  return stored
}

function threadOf({ threadId }: { readonly threadId: string }): string {
  return threadId
}

/** The dates of the latest dated statements on the posts of threads. */
async function statementDates(
  db: Database,
  stated: readonly { readonly threadId: string; readonly asOf: string | undefined }[],
) {
  const threadIds = new Set<string>()
  for (const { threadId, asOf } of stated) if (asOf !== undefined) threadIds.add(threadId)
  const rows: { thread_id: string; post_id: string; as_of: string }[] =
    threadIds.size === 0
      ? []
      : await db.sql('acceptance_updates').where(db.among('thread_id', [...threadIds]))
  const keyOf = (threadId: string, postId: string) => `${threadId} ${postId}`
  const dates = new Map(rows.map(({ thread_id, post_id, as_of }) => [keyOf(thread_id, post_id), as_of]))
  const recorded = new Map<string, readonly [string, string, string]>()
  const of = (threadId: string, postId: string) => dates.get(keyOf(threadId, postId)) ?? ''

  return {
    /** @returns an ISO time; empty where there is no dated statement */
    last: (threadId: string, postId: string): string => later(of(threadId, postId), of(threadId, WHOLE_SET)),

    record(threadId: string, postId: string, asOf: string): void {
      if (asOf <= of(threadId, postId)) return
      dates.set(keyOf(threadId, postId), asOf)
      recorded.set(keyOf(threadId, postId), [threadId, postId, asOf])
    },

    write: () => db.put(acceptanceUpdateTable, [...recorded.values()]),
  }
}
