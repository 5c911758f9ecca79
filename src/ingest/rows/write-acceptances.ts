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
/** In the place of a post: when the whole set was told, which is a word on every post of the thread. */
const WHOLE_SET = ''

/** A post that became accepted, or is so no longer. */
interface AcceptanceChange {
  readonly postId: string
  readonly accepted: boolean
}

/** What changed, by the thread that the source names. */
export type AcceptanceChanges = ReadonlyMap<string, readonly AcceptanceChange[]>

/**
 * Makes the stored acceptances the stated ones: a complete set a thread, or a verdict on one post that leaves the
 * others as they are. Of dated ones the latest word on a post stands, whichever comes first: a set leaves posts alone of
 * which something was said since.
 */
export async function writeAcceptances(
  db: Database,
  stated: readonly KeyedAcceptance[],
  verdicts: readonly KeyedAcceptanceUpdate[],
): Promise<AcceptanceChanges> {
  const changed = new Map<string, AcceptanceChange[]>()
  if (stated.length + verdicts.length === 0) return changed
  const stored = await storedSets(db, [...stated, ...verdicts])
  const words = await datedWords(db, [...stated, ...verdicts])
  const added: [string, string][] = []
  const wanted = new Map<string, ReadonlySet<string>>()
  for (const { threadId, postIds, asOf } of stated) {
    const before = stored.get(threadId) ?? NONE
    const set = new Set(postIds)
    for (const postId of asOf === undefined ? [] : [...postIds, ...before]) {
      if (words.last(threadId, postId) <= asOf!) continue
      if (before.has(postId)) set.add(postId)
      else set.delete(postId)
    }
    if (asOf !== undefined) words.say(threadId, WHOLE_SET, asOf)
    wanted.set(threadId, set)
  }
  for (const { threadId, postId, accepted, asOf } of verdicts) {
    if (asOf !== undefined && asOf < words.last(threadId, postId)) continue
    if (asOf !== undefined) words.say(threadId, postId, asOf)
    const set = new Set(wanted.get(threadId) ?? stored.get(threadId))
    if (accepted) set.add(postId)
    else set.delete(postId)
    wanted.set(threadId, set)
  }
  await words.keep()
  for (const [threadId, postIds] of wanted) {
    const before = stored.get(threadId) ?? NONE
    const withdrawn = without(before, postIds)
    const news = without(postIds, before)
    const changes: AcceptanceChange[] = []
    for (const postId of withdrawn) changes.push({ postId, accepted: false })
    for (const postId of news) changes.push({ postId, accepted: true })
    if (changes.length > 0) changed.set(threadId, changes)
    for (const id of news) added.push([threadId, id])
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

/** When something was last said of the posts of threads, by words that have a date. */
async function datedWords(
  db: Database,
  told: readonly { readonly threadId: string; readonly asOf: string | undefined }[],
) {
  const threadIds = new Set<string>()
  for (const { threadId, asOf } of told) if (asOf !== undefined) threadIds.add(threadId)
  const rows: { thread_id: string; post_id: string; as_of: string }[] =
    threadIds.size === 0
      ? []
      : await db.sql('acceptance_updates').where(db.among('thread_id', [...threadIds]))
  const keyOf = (threadId: string, postId: string) => `${threadId} ${postId}`
  const dates = new Map(rows.map(({ thread_id, post_id, as_of }) => [keyOf(thread_id, post_id), as_of]))
  const said = new Map<string, readonly [string, string, string]>()
  const of = (threadId: string, postId: string) => dates.get(keyOf(threadId, postId)) ?? ''

  return {
    /** @returns an ISO time; empty where nothing dated was said */
    last: (threadId: string, postId: string): string => later(of(threadId, postId), of(threadId, WHOLE_SET)),

    say(threadId: string, postId: string, asOf: string): void {
      if (asOf <= of(threadId, postId)) return
      dates.set(keyOf(threadId, postId), asOf)
      said.set(keyOf(threadId, postId), [threadId, postId, asOf])
    },

    keep: () => db.put(acceptanceUpdateTable, [...said.values()]),
  }
}
