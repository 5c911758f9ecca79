import type { Audience } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableId } from '../../platform/ids.ts'
import { isReadableThread, joinReadableThreads } from '../../threads/readable-threads.ts'
import { withoutRevoked } from '../label-queries.ts'

/** Advice on a label that came with a ruling, shown to labellers. */
export interface Guideline {
  readonly id: string
  readonly text: string
  /** Threads of its rulings that the reader may see, the latest ruling first. */
  readonly examples: { readonly threadId: string; readonly title: string }[]
}

interface GuidelineRow {
  id: string
  label_id: string
  text: string
  thread_id: string
  title: string
  shown: number | boolean
}

export type GuidelineStore = ReturnType<typeof createGuidelineStore>

const ROWS = 400
const MOST_EXAMPLES = 5

/** Guidelines. One exists as long as a ruling that gave it is not revoked. */
export function createGuidelineStore(db: Database, clock: Clock) {
  return {
    /** Attaches the guideline of a ruling to a label; the same text again gains an example. In the transaction in progress. */
    async attach(labelId: string, text: string, rulingId: string): Promise<void> {
      const id = stableId('gdl', labelId, text)
      await db
        .sql('label_guidelines')
        .insert({ id, label_id: labelId, text, created_at: isoNow(clock) })
        .onConflict('id')
        .ignore()
      await db.sql('guideline_rulings').insert({ guideline_id: id, annotation_id: rulingId })
    },

    /**
     * Guidelines of these labels that a reader may see, by label id; of each label the oldest first. A guideline may
     * quote the thread of its ruling, so it has that thread's audience.
     */
    async of(labelIds: readonly string[], reader: Audience): Promise<Map<string, Guideline[]>> {
      const found = new Map<string, Guideline[]>(labelIds.map((id) => [id, []]))
      for (let from = 0; from < labelIds.length; from += ROWS) {
        const query = db
          .sql('label_guidelines as g')
          .join('guideline_rulings as gr', 'gr.guideline_id', 'g.id')
          .join('annotations as a', 'a.id', 'gr.annotation_id')
          .whereIn('g.label_id', labelIds.slice(from, from + ROWS))
        const exists = isReadableThread(db, 'a.thread_id', reader, { which: 'questioned' })
        const rows: GuidelineRow[] = await joinReadableThreads(withoutRevoked(query), 'a.thread_id', reader, {
          which: 'stored',
        })
          .orderBy([
            { column: 'g.created_at' },
            { column: 'g.id' },
            { column: 'a.created_at', order: 'desc' },
            { column: 'a.id', order: 'desc' },
          ])
          .select('g.id', 'g.label_id', 'g.text', 'a.thread_id', 't.title')
          .select(db.sql.raw('case when exists ? then 1 else 0 end as shown', [exists]))
        for (const row of rows) gather(found.get(row.label_id)!, row)
      }
      return found
    },
  }
}

/** Adds a row to its guideline, which is the last one or a new one. */
function gather(guidelines: Guideline[], row: GuidelineRow): void {
  let guideline = guidelines.at(-1)
  if (guideline?.id !== row.id) {
    guideline = { id: row.id, text: row.text, examples: [] }
    guidelines.push(guideline)
  }
  const { examples } = guideline
  const known = examples.some(({ threadId }) => threadId === row.thread_id)
  if (row.shown && !known && examples.length < MOST_EXAMPLES)
    examples.push({ threadId: row.thread_id, title: row.title })
}
