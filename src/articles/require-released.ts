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

/** The lock on a thread of an article or of its original, or on one that they cite, that two people have not released. */
export async function findLockOn(
  {
    articles,
    citations,
    protections,
    protectThreads,
    translations,
  }: Pick<ArticleDeps, 'articles' | 'citations' | 'protections' | 'protectThreads' | 'translations'>,
  { id }: Article,
): Promise<Protection | undefined> {
  const original = await translations.originalOf(id)
  const ofOriginal = original === undefined ? [] : await articles.threadsOf(original)
  await protectThreads([...(await articles.threadsOf(id)), ...ofOriginal])
  const locked = await citations.lockedThread(id)
  return locked === undefined ? undefined : protections.find(locked)
}

/** The error of what a lock keeps from being shown. */
export function refuseLocked(lock: Protection): CodedError {
  return threadErrors.THREAD_PROTECTED({ id: lock.threadId, ground: describeGround(lock) })
}
