import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import { threadErrors } from '../errors.ts'
import { lockThreads } from '../thread-queries.ts'
import type { ThreadStore } from '../thread-store.ts'
import { announceLocks } from './announce-locks.ts'
import { mayBeSamePerson, type Protection } from './protection.ts'
import type { ProtectionStore } from './protection-store.ts'

export interface ProtectionDeps {
  readonly db: Database
  readonly threads: Pick<ThreadStore, 'require'>
  readonly protections: ProtectionStore
  readonly audit: AuditLog
  readonly outbox: Outbox
}

interface ReleaseRequest {
  readonly threadId: string
  /** Why the thread may be shown although it is sensitive. */
  readonly reason: string
  readonly actor: Actor
}

interface Release {
  readonly threadId: string
  readonly actor: Actor
}

/**
 * Asks to release a protected thread: a second person decides. Of several requests the first counts.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_NOT_PROTECTED
 */
export async function requestRelease(
  deps: ProtectionDeps,
  { threadId, reason, actor }: ReleaseRequest,
): Promise<Protection> {
  await deps.threads.require(threadId, actor.audience)
  return deps.db.transaction(async () => {
    await lockThreads(deps.db, [threadId])
    await requireProtected(deps, threadId)
    if (await deps.protections.request(threadId, actor, reason))
      await deps.audit.record('release.requested', actor, threadId, { after: { reason } })
    return requireProtected(deps, threadId)
  })
}

/**
 * Releases a protected thread that someone else asked to release: it is shown to its source's audience, and can be
 * promoted. Releasing it again changes nothing.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_NOT_PROTECTED, RELEASE_NOT_REQUESTED, RELEASE_SAME_PERSON
 */
export async function confirmRelease(
  deps: ProtectionDeps,
  { threadId, actor }: Release,
): Promise<Protection> {
  await deps.threads.require(threadId, actor.audience)
  return deps.db.transaction(async () => {
    await lockThreads(deps.db, [threadId])
    const { requested, released, ...ground } = await requireProtected(deps, threadId)
    if (requested === undefined) throw threadErrors.RELEASE_NOT_REQUESTED({ id: threadId })
    if (released === undefined) {
      if (mayBeSamePerson(requested.by, actor)) throw threadErrors.RELEASE_SAME_PERSON({ id: threadId })
      if (await deps.protections.release(threadId, actor)) {
        const { facet, label, basis } = ground
        await deps.audit.record('release.confirmed', actor, threadId, {
          before: { facet, label, basis },
          after: { requestedBy: requested.by, reason: requested.reason },
        })
        await announceLocks(deps, [threadId])
      }
    }
    return requireProtected(deps, threadId)
  })
}

/**
 * Takes back the release of a thread, or the request for it: one person is enough to be careful.
 *
 * @throws CodedError THREAD_NOT_FOUND, THREAD_NOT_PROTECTED
 */
export async function withdrawRelease(
  deps: ProtectionDeps,
  { threadId, actor }: Release,
): Promise<Protection> {
  await deps.threads.require(threadId, actor.audience)
  return deps.db.transaction(async () => {
    await lockThreads(deps.db, [threadId])
    const before = await requireProtected(deps, threadId)
    if (before.state === 'locked') return before
    await deps.protections.lock(threadId)
    await deps.audit.record('release.withdrawn', actor, threadId, {
      before: { requested: before.requested, released: before.released },
    })
    if (before.state === 'released') await announceLocks(deps, [threadId])
    return requireProtected(deps, threadId)
  })
}

async function requireProtected(
  { protections }: Pick<ProtectionDeps, 'protections'>,
  threadId: string,
): Promise<Protection> {
  const protection = await protections.find(threadId)
  if (protection === undefined) throw threadErrors.THREAD_NOT_PROTECTED({ id: threadId })
  return protection
}
