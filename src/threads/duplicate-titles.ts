import type { Audience } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import { readableThreads } from './readable-threads.ts'

/** The titles of two threads that ask the same, as their source states or as Entraide found. */
export interface DuplicateTitles {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly otherId: string
  readonly otherTitle: string
  readonly otherLanguage: string
}

/** Pairs of threads that ask the same, where the reader may see both: at most so many, the latest first. */
export async function duplicateTitles(
  db: Database,
  reader: Audience,
  limit: number,
): Promise<readonly DuplicateTitles[]> {
  const query = readableThreads(db, reader)
    .join('thread_links as l', 'l.from_id', 't.id')
    .join('threads as o', 'o.id', 'l.to_id')
    .whereIn('l.kind', ['duplicate', 'near-duplicate'])
    .whereIn('l.to_id', readableThreads(db, reader).select('t.id'))
    .orderBy([
      { column: 't.created_at', order: 'desc' },
      { column: 't.id', order: 'desc' },
      { column: 'o.id', order: 'desc' },
    ])
    .limit(limit)
    .select({ id: 't.id', title: 't.title', language: 't.language' })
    .select({ otherId: 'o.id', otherTitle: 'o.title', otherLanguage: 'o.language' })
  return db.longRead<DuplicateTitles>(query)
}
