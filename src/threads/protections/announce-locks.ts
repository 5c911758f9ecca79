import type { Database } from '../../platform/database/database.ts'
import { runAs } from '../../platform/jobs/bulk.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import type { ThreadsProtected } from '../events.ts'

/**
 * Announces that other people may see these threads than before, and those that show them by a merge. Never as bulk work:
 * what readers outside the company must not find waits for no import.
 */
export async function announceLocks(
  { db, outbox }: { readonly db: Database; readonly outbox: Outbox },
  threadIds: readonly string[],
): Promise<void> {
  const shownIn: string[] = await db
    .sql('threads')
    .whereIn('id', threadIds)
    .whereNotNull('merged_into')
    .pluck('merged_into')
  const event: ThreadsProtected = {
    type: 'threads.protected',
    threadIds: [...new Set([...threadIds, ...shownIn])].sort(),
  }
  await runAs(false, () => outbox.append(event))
}
