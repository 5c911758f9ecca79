import type { Knex } from 'knex'
import type { AbstentionReason } from '../../learning/risk/abstention.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { FreshPrediction, Prediction } from './prediction.ts'

export interface StoredPrediction extends Prediction {
  readonly threadId: string
  readonly createdAt: string
}

interface PredictionRow {
  thread_id: string
  facet_id: string
  version_id: string
  label: string
  confidence: number
  decision: 'assigned' | 'abstained'
  alternatives: string
  reason: AbstentionReason | null
  budgets: string
  margin: number
  entropy: number
  created_at: string
}

export type PredictionStore = ReturnType<typeof createPredictionStore>

const ROWS = 200

/** The present prediction of each facet of each thread. */
export function createPredictionStore(db: Database, clock: Clock) {
  return {
    /** Predictions of up to 500 threads, keyed by thread; facets by name. */
    async of(threadIds: readonly string[]): Promise<Map<string, StoredPrediction[]>> {
      const rows: (PredictionRow & { facet: string; number: number })[] = await db
        .sql('predictions as p')
        .join('facets as f', 'f.id', 'p.facet_id')
        .join('model_versions as v', 'v.id', 'p.version_id')
        .whereIn('p.thread_id', threadIds)
        .orderBy('f.name')
        .select('p.*', 'f.name as facet', 'v.number')
      const predictions = new Map<string, StoredPrediction[]>(threadIds.map((id) => [id, []]))
      for (const row of rows)
        predictions.get(row.thread_id)?.push({
          threadId: row.thread_id,
          facet: row.facet,
          facetId: row.facet_id,
          versionId: row.version_id,
          modelVersion: row.number,
          label: row.label,
          confidence: row.confidence,
          decision: row.decision,
          alternatives: JSON.parse(row.alternatives),
          reason: row.reason ?? undefined,
          budgets: row.budgets,
          createdAt: row.created_at,
        })
      return predictions
    },

    /** Puts each in the place of what was predicted before. */
    async put(predictions: readonly (FreshPrediction & { readonly threadId: string })[]): Promise<void> {
      for (let from = 0; from < predictions.length; from += ROWS) {
        const rows = predictions.slice(from, from + ROWS).map(
          (prediction): PredictionRow => ({
            thread_id: prediction.threadId,
            facet_id: prediction.facetId,
            version_id: prediction.versionId,
            label: prediction.label,
            confidence: prediction.confidence,
            decision: prediction.decision,
            alternatives: JSON.stringify(prediction.alternatives),
            reason: prediction.reason ?? null,
            budgets: prediction.budgets,
            margin: prediction.uncertainty.margin,
            entropy: prediction.uncertainty.entropy,
            created_at: isoNow(clock),
          }),
        )
        await db.sql('predictions').insert(rows).onConflict(['thread_id', 'facet_id']).merge()
      }
    },

    /** Those of these model versions that are in force at this moment. */
    async inForce(versionIds: readonly string[]): Promise<Set<string>> {
      const rows: { id: string }[] = await db
        .sql('model_versions')
        .whereIn('id', versionIds)
        .where({ status: 'active' })
        .select('id')
      return new Set(rows.map(({ id }) => id))
    },
  }
}

/** Joins predictions, as `p`, to a query over rows about threads. */
export function joinPredictions(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query.join('predictions as p', 'p.thread_id', threadId)
}
