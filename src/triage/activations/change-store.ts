import type { Audience } from '../../access/audience.ts'
import type { Database } from '../../platform/database/database.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import type { Prediction } from '../predictions/prediction.ts'

/** What a version predicted for a thread. */
export type PredictionSide = Pick<Prediction, 'label' | 'confidence' | 'decision'>

/** A thread for which a version predicts something else than the version before it. */
export interface PredictionChange {
  readonly threadId: string
  readonly before: PredictionSide
  readonly after: PredictionSide
}

/** How a version's predictions compare with those that they replaced. */
export interface ChangeCount {
  /** Threads that had a prediction by an earlier version. */
  readonly compared: number
  /** Those of them whose label or decision is another one now. */
  readonly changed: number
}

/** A change with the title of its thread. */
export type ShownChange = PredictionChange & { readonly title: string }

interface CountRow {
  version_id: string
  compared: number
  changed: number
  examples: number
  /** Of the activation that the counts are of. */
  activated_at: string | null
}

interface ExampleRow {
  version_id: string
  thread_id: string
  place: number
  before_label: string
  before_confidence: number
  before_decision: PredictionSide['decision']
  after_label: string
  after_confidence: number
  after_decision: PredictionSide['decision']
}

export type ChangeStore = ReturnType<typeof createChangeStore>

/** Examples kept of a version: more than are shown, because a reader may not see all of them. */
const MOST_EXAMPLES = 100

/** What changed with each version, counted while it replaces the predictions of the version before. */
export function createChangeStore(db: Database) {
  const counts = () => db.sql<CountRow>('prediction_changes')

  return {
    /** Adds to the counts of a version, in the transaction that replaces the predictions. */
    async add(versionId: string, compared: number, changes: readonly PredictionChange[]): Promise<void> {
      const plus = (column: 'compared' | 'changed') =>
        db.sql.raw('prediction_changes.?? + excluded.??', [column, column])
      const rows = await counts()
        .insert({
          version_id: versionId,
          compared,
          changed: changes.length,
          examples: 0,
          activated_at: null,
        })
        .onConflict('version_id')
        .merge({ compared: plus('compared'), changed: plus('changed') })
        .returning('examples')
      const kept = rows[0]?.examples ?? 0
      const more = changes.slice(0, MOST_EXAMPLES - kept)
      if (more.length === 0) return
      const added = await db
        .sql<ExampleRow>('prediction_change_examples')
        .insert(
          more.map(({ threadId, before, after }, at) => ({
            version_id: versionId,
            thread_id: threadId,
            place: kept + at,
            before_label: before.label,
            before_confidence: before.confidence,
            before_decision: before.decision,
            after_label: after.label,
            after_confidence: after.confidence,
            after_decision: after.decision,
          })),
        )
        .onConflict(['version_id', 'thread_id'])
        .ignore()
        .returning('thread_id')
      await counts().where({ version_id: versionId }).increment('examples', added.length)
    },

    /** Forgets what was counted of a version before it took over at this time; called again for that time, nothing. */
    async forget(versionId: string, activatedAt: string): Promise<void> {
      const begun = await counts()
        .insert({ version_id: versionId, compared: 0, changed: 0, examples: 0, activated_at: activatedAt })
        .onConflict('version_id')
        .merge()
        .whereRaw("coalesce(prediction_changes.activated_at, '') <> excluded.activated_at")
        .returning('version_id')
      if (begun.length > 0)
        await db.sql('prediction_change_examples').where({ version_id: versionId }).delete()
    },

    async count(versionId: string): Promise<ChangeCount> {
      const row = await counts().where({ version_id: versionId }).first()
      return { compared: row?.compared ?? 0, changed: row?.changed ?? 0 }
    },

    /** Changes of threads that a reader may see, in the order in which they were found. */
    async examples(versionId: string, reader: Audience, limit: number): Promise<ShownChange[]> {
      const rows: (ExampleRow & { title: string })[] = await joinReadableThreads(
        db.sql('prediction_change_examples as e'),
        'e.thread_id',
        reader,
      )
        .where('e.version_id', versionId)
        .orderBy('e.place')
        .limit(limit)
        .select('e.*', 't.title')
      return rows.map((row) => ({
        threadId: row.thread_id,
        title: row.title,
        before: { label: row.before_label, confidence: row.before_confidence, decision: row.before_decision },
        after: { label: row.after_label, confidence: row.after_confidence, decision: row.after_decision },
      }))
    },
  }
}
