import type { Database } from '../platform/index.ts'
import type { KeyedAcceptance, KeyedVerdict } from './batch.ts'
import { type BulkTable, padded, putRows } from './bulk-rows.ts'

const table: BulkTable = {
  name: 'acceptances',
  key: ['thread_id', 'post_id'],
  columns: ['thread_id', 'post_id'],
}
const verdictTable: BulkTable = {
  name: 'verdicts',
  key: ['thread_id', 'post_id'],
  columns: ['thread_id', 'post_id', 'as_of'],
}

/** A post that became accepted, or is so no longer. */
export interface AcceptanceChange {
  readonly postId: string
  readonly accepted: boolean
}

/** What changed, by the thread that the source names. */
export type AcceptanceChanges = ReadonlyMap<string, readonly AcceptanceChange[]>

/**
 * Makes the stored acceptances the stated ones: a complete set a thread, or a verdict on one post that leaves the
 * others as they are. Of dated verdicts on a post the latest stands, whichever comes first.
 */
export async function writeAcceptances(
  db: Database,
  stated: readonly KeyedAcceptance[],
  verdicts: readonly KeyedVerdict[],
): Promise<AcceptanceChanges> {
  const changed = new Map<string, AcceptanceChange[]>()
  if (stated.length + verdicts.length === 0) return changed
  const stored = await storedSets(db, [...stated, ...verdicts])
  const latest = await dropStale(db, verdicts)
  const added: [string, string][] = []
  const wanted = new Map<string, ReadonlySet<string>>()
  for (const { threadId, postIds } of stated) wanted.set(threadId, new Set(postIds))
  for (const { threadId, postId, accepted } of latest) {
    const set = new Set(wanted.get(threadId) ?? stored.get(threadId))
    if (accepted) set.add(postId)
    else set.delete(postId)
    wanted.set(threadId, set)
  }
  for (const [threadId, postIds] of wanted) {
    const before = stored.get(threadId) ?? new Set<string>()
    const withdrawn = [...before].filter((id) => !postIds.has(id))
    const news = [...postIds].filter((id) => !before.has(id))
    const changes = [
      ...withdrawn.map((postId) => ({ postId, accepted: false })),
      ...news.map((postId) => ({ postId, accepted: true })),
    ]
    if (changes.length > 0) changed.set(threadId, changes)
    for (const id of news) added.push([threadId, id])
    if (withdrawn.length > 0) {
      await db.sql('acceptances').where({ thread_id: threadId }).whereIn('post_id', withdrawn).delete()
    }
  }
  await putRows(db, table, added)
  return changed
}

async function storedSets(
  db: Database,
  stated: readonly { readonly threadId: string }[],
): Promise<Map<string, Set<string>>> {
  const rows: { thread_id: string; post_id: string }[] = await db
    .sql('acceptances')
    .select('thread_id', 'post_id')
    .whereIn('thread_id', padded(stated.map(({ threadId }) => threadId)))
  const stored = new Map<string, Set<string>>()
  for (const { thread_id, post_id } of rows) {
    stored.set(thread_id, (stored.get(thread_id) ?? new Set()).add(post_id))
  }
  return stored
}

/** Leaves out verdicts older than the last one on their post, and notes when the others were given. */
async function dropStale(db: Database, verdicts: readonly KeyedVerdict[]): Promise<readonly KeyedVerdict[]> {
  const dated = verdicts.filter(({ asOf }) => asOf !== undefined)
  if (dated.length === 0) return verdicts
  const rows: { thread_id: string; post_id: string; as_of: string }[] = await db
    .sql('verdicts')
    .whereIn('post_id', padded(dated.map(({ postId }) => postId)))
  const last = new Map(rows.map(({ thread_id, post_id, as_of }) => [`${thread_id} ${post_id}`, as_of]))
  const isFresh = ({ threadId, postId, asOf }: KeyedVerdict) =>
    asOf === undefined || asOf >= (last.get(`${threadId} ${postId}`) ?? '')
  await putRows(
    db,
    verdictTable,
    dated.filter(isFresh).map(({ threadId, postId, asOf }) => [threadId, postId, asOf ?? '']),
  )
  return verdicts.filter(isFresh)
}
