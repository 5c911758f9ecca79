import type { ImportProgress } from './import-summary.ts'

type Counts = ImportProgress['counts']

/** What attempts of the same import before this one committed, for the totals of all of them together. */
export interface EarlierAttempts {
  /**
   * Counts of this attempt, which reads the export from its start, as one attempt alone would have counted: what an
   * earlier one wrote is found unchanged now, but was new or changed to the import.
   */
  together(now: Counts): Counts
}

export const firstAttempt: EarlierAttempts = { together: (now) => now }

/** @param progress what the import noted last, as JSON; null before its first batch */
export function earlierAttempts(progress: string | null): EarlierAttempts {
  if (progress === null) return firstAttempt
  const { counts: before } = JSON.parse(progress) as ImportProgress
  return {
    together: (now) => ({
      threads: sum(before.threads, now.threads),
      posts: sum(before.posts, now.posts),
    }),
  }
}

/**
 * A thread whose acceptance comes in a later batch than its frame, with the crash between the two, was written twice
 * and counts once: by the time that all is read again, the sum is what was taken.
 */
function sum(before: Counts['posts'], now: Counts['posts']): Counts['posts'] {
  const written = before.new + before.changed
  const taken = now.new + now.changed + now.unchanged
  const isNew = before.new + now.new
  const unchanged = Math.max(0, now.unchanged - written)
  const changed = before.changed + now.changed
  const once = taken < written ? changed : Math.min(changed, Math.max(0, taken - isNew - unchanged))
  // What is deleted is not there to be deleted again.
  const isTold = before.deleted !== undefined || now.deleted !== undefined
  const deleted = (before.deleted ?? 0) + (now.deleted ?? 0)
  return { ...now, new: isNew, changed: once, unchanged, ...(isTold && { deleted }) }
}
