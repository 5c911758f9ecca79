import { type Clock, type Database, isoNow, stableId } from '../../platform/index.ts'

export type CursorStore = ReturnType<typeof createCursorStore>

/** How far sources were read, in words that only their format understands. */
export function createCursorStore(db: Database, clock: Clock) {
  const cursors = () =>
    db.sql<{ source_id: string; name: string; cursor: string; updated_at: string }>('import_cursors')

  return {
    /** @param source the source's name; it need not exist yet */
    async read(source: string, name: string): Promise<string | undefined> {
      const row = await cursors()
        .where({ source_id: stableId('src', source), name })
        .first()
      return row?.cursor
    },

    async write(sourceId: string, name: string, cursor: string): Promise<void> {
      await cursors()
        .insert({ source_id: sourceId, name, cursor, updated_at: isoNow(clock) })
        .onConflict(['source_id', 'name'])
        .merge(['cursor', 'updated_at'])
    },
  }
}
