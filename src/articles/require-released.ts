import type { CodedError } from '../platform/errors.ts'
import { threadErrors } from '../threads/errors.ts'
import { describeGround, type Protection } from '../threads/protections/protection.ts'
import type { Article } from './article.ts'
import type { ArticleDeps } from './deps.ts'

/**
 * Refuses a thread that is sensitive, unless two people released it.
 *
 * @throws CodedError THREAD_PROTECTED
 */
export async function requireReleased(
  { protections, protectThreads }: Pick<ArticleDeps, 'protections' | 'protectThreads'>,
  threadId: string,
): Promise<void> {
  await protectThreads([threadId])
  const lock = await protections.lockOn(threadId)
  if (lock !== undefined) throw refuseLocked(lock)
}

/** The lock on the thread of an article, or on a thread that it cites, that two people have not released. */
export async function findLockOn(
  {
    citations,
    protections,
    protectThreads,
  }: Pick<ArticleDeps, 'citations' | 'protections' | 'protectThreads'>,
  { id, threadId }: Article,
): Promise<Protection | undefined> {
  if (threadId !== undefined) await protectThreads([threadId])
  const locked = await citations.lockedThread(id)
  return locked === undefined ? undefined : protections.find(locked)
}

/** The error of what a lock keeps from being shown. */
export function refuseLocked(lock: Protection): CodedError {
  return threadErrors.THREAD_PROTECTED({ id: lock.threadId, ground: describeGround(lock) })
}
