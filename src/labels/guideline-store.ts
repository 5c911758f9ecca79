import { type Audience, visibleTo } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { stableId } from '../platform/ids.ts'
import type { Label } from './facet.ts'

/** What a ruling taught about a label, for whoever labels next. */
export interface Guideline {
  readonly id: string
  readonly text: string
  /** Threads it was ruled on, as far as the reader may see them; the latest first. */
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

/** Guidelines stand by rulings: without one that was not revoked there is none, and it is seen where one is. */
export function createGuidelineStore(db: Database, clock: Clock) {
  return {
    /** Attaches a ruling's words to a label; the same words again gain an example. In the transaction in progress. */
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
     * What a reader may know of these labels, keyed by label; of each the oldest first. A guideline may quote the
     * thread it was ruled on, so it has that thread's audience.
     */
    async of(labelIds: readonly string[], reader: Audience): Promise<Map<string, Guideline[]>> {
      const found = new Map<string, Guideline[]>(labelIds.map((id) => [id, []]))
      for (let from = 0; from < labelIds.length; from += ROWS) {
        const rows: GuidelineRow[] = await db
          .sql('label_guidelines as g')
          .join('guideline_rulings as gr', 'gr.guideline_id', 'g.id')
          .join('annotations as a', 'a.id', 'gr.annotation_id')
          .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
          .join('threads as t', 't.id', 'a.thread_id')
          .join('sources as s', 's.id', 't.source_id')
          .whereIn('g.label_id', labelIds.slice(from, from + ROWS))
          .whereNull('r.annotation_id')
          .whereIn('s.audience', visibleTo(reader))
          .orderBy([
            { column: 'g.created_at' },
            { column: 'g.id' },
            { column: 'a.created_at', order: 'desc' },
            { column: 'a.id', order: 'desc' },
          ])
          .select('g.id', 'g.label_id', 'g.text', 'a.thread_id', 't.title')
          .select(
            db.sql.raw(
              'case when t.question_id is not null and t.merged_into is null and t.removed_at is null then 1 else 0 end as shown',
            ),
          )
        for (const row of rows) gather(found.get(row.label_id)!, row)
      }
      return found
    },
  }
}

/** Adds a row to the guideline it belongs to, which is the last one or new. */
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

/** A label as labellers see it. */
export interface GuidedLabel extends Pick<Label, 'name' | 'description'> {
  readonly guidelines: Guideline[]
}

/** Labels with what rulings taught about them, as far as a reader may see it. */
export async function guideLabels(
  { guidelines }: { readonly guidelines: Pick<GuidelineStore, 'of'> },
  labels: readonly Label[],
  reader: Audience,
): Promise<GuidedLabel[]> {
  const known = await guidelines.of(
    labels.map(({ id }) => id),
    reader,
  )
  return labels.map(({ id, name, description }) => ({ name, description, guidelines: known.get(id) ?? [] }))
}
