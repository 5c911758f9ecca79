import type { Actor } from '../access/actor.ts'
import type { AuditLog } from '../access/audit-log.ts'
import { mergedInto } from '../ingest/rows/refresh-merges.ts'
import type { SourceStore } from '../ingest/source-store.ts'
import { isoNow } from '../platform/clock.ts'
import { threadErrors } from './errors.ts'
import { announceLocks } from './protections/announce-locks.ts'
import type { ProtectionStore } from './protections/protection-store.ts'
import { type OverlayDeps, recomputeOverlay } from './recompute-overlay.ts'
import type { Thread } from './thread.ts'
import type { ThreadStore } from './thread-store.ts'

export interface CurateDeps extends OverlayDeps {
  readonly audit: AuditLog
  readonly threads: Pick<ThreadStore, 'require' | 'requireStored' | 'postsOf'>
  readonly sources: Pick<SourceStore, 'lock'>
  readonly protections: Pick<ProtectionStore, 'anyLocked' | 'lockOn' | 'inherit'>
}

export interface Merge {
  readonly threadId: string
  readonly into: string
  readonly actor: Actor
}

/**
 * Merges a thread into another one of its source, which then shows its posts: its question as a comment, its answers and
 * acceptances as those of the other thread. Imports preserve the merge. Merging again changes nothing.
 *
 * @returns the merged thread
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, THREAD_MERGE_SOURCES, THREAD_MERGE_CYCLE
 */
export async function mergeThread(deps: CurateDeps, { threadId: id, into, actor }: Merge): Promise<Thread> {
  return deps.db.transaction(async () => {
    const { sourceId } = await deps.threads.require(id, actor.audience)
    await deps.sources.lock(sourceId)
    const { thread, inner, isMerged } = await requireMergeable(deps, { threadId: id, into, actor })
    if (isMerged) return thread
    await deps.db
      .sql('thread_merges')
      .insert({ thread_id: id, source_id: sourceId, into_id: into, created_at: isoNow(deps.clock) })
    await recomputeOverlay(deps, sourceId, { shownIn: [id], merged: [id, ...inner] })
    if (await deps.protections.anyLocked([id, ...inner])) await announceLocks(deps, [id, into])
    await deps.audit.record('thread.merged', actor, id, { after: { into } })
    return deps.threads.require(id, actor.audience)
  })
}

/**
 * Whether a thread may be merged into another. Who then merges it holds the lock of its source.
 *
 * @returns both threads, those merged into the first one, and whether the first is merged into the other already
 * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED, THREAD_MERGE_SOURCES, THREAD_MERGE_CYCLE
 */
export async function requireMergeable(
  deps: Pick<CurateDeps, 'db'> & { readonly threads: Pick<ThreadStore, 'require'> },
  { threadId: id, into, actor }: Merge,
) {
  const target = await deps.threads.require(into, actor.audience)
  const thread = await deps.threads.require(id, actor.audience)
  if (target.sourceId !== thread.sourceId) throw threadErrors.THREAD_MERGE_SOURCES({ id, into })
  const before = await deps.db.sql('thread_merges').where({ thread_id: id }).first('into_id')
  if (before?.into_id === into) return { thread, target, inner: [], isMerged: true }
  if (before !== undefined) throw threadErrors.THREAD_MERGED({ id, into: before.into_id })
  const inner = await mergedInto(deps.db, [id])
  if (into === id || inner.includes(into)) throw threadErrors.THREAD_MERGE_CYCLE({ id, into })
  return { thread, target, inner, isMerged: false }
}

/**
 * Reverts a merge: the thread shows its own posts again, including those added since.
 *
 * @returns the thread
 * @throws CodedError THREAD_NOT_FOUND, THREAD_NOT_MERGED
 */
export async function unmergeThread(
  deps: CurateDeps,
  { threadId: id, actor }: Omit<Merge, 'into'>,
): Promise<Thread> {
  return deps.db.transaction(async () => {
    const { sourceId } = await deps.threads.require(id, actor.audience)
    await deps.sources.lock(sourceId)
    const { mergedInto: shownIn = id } = await deps.threads.require(id, actor.audience)
    const row = await deps.db.sql('thread_merges').where({ thread_id: id }).first('into_id')
    if (row === undefined) throw threadErrors.THREAD_NOT_MERGED({ id })
    await deps.db.sql('thread_merges').where({ thread_id: id }).delete()
    const inner = await mergedInto(deps.db, [id])
    await recomputeOverlay(deps, sourceId, { shownIn: [shownIn], merged: [id, ...inner] })
    if (await deps.protections.anyLocked([id, ...inner])) await announceLocks(deps, [id, shownIn])
    await deps.audit.record('thread.unmerged', actor, id, { before: { into: row.into_id } })
    return deps.threads.require(id, actor.audience)
  })
}
