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
  refuseLocked(await protections.lockOn(threadId))
}

/**
 * Refuses an article whose thread, or a thread that it cites, is sensitive, unless two people released that thread.
 *
 * @throws CodedError THREAD_PROTECTED
 */
export async function requireReleasedThreads(
  {
    citations,
    protections,
    protectThreads,
  }: Pick<ArticleDeps, 'citations' | 'protections' | 'protectThreads'>,
  { id, threadId }: Article,
): Promise<void> {
  if (threadId !== undefined) await protectThreads([threadId])
  const locked = await citations.lockedThread(id)
  refuseLocked(locked === undefined ? undefined : await protections.find(locked))
}

function refuseLocked(lock: Protection | undefined): void {
  if (lock !== undefined)
    throw threadErrors.THREAD_PROTECTED({ id: lock.threadId, ground: describeGround(lock) })
}
