import type { Database } from '../../platform/database/database.ts'

/** Another import has just added what was to be added. */
export class AddedMeanwhile extends Error {}

/** Imports one article in a transaction, and once more where another import was quicker: it then finds that article. */
export async function importOnce<T>(db: Database, work: () => Promise<T>): Promise<T> {
  return db.transaction(work).catch((error) => {
    if (error instanceof AddedMeanwhile) return db.transaction(work)
    throw error
  })
}
