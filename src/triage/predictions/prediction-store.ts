import { joinFacets } from '../../labels/label-queries.ts'
import type { AbstentionReason } from '../../learning/risk/abstention.ts'
import { activeAmong, joinVersions } from '../../models/registry/version-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { FreshPrediction, Prediction } from './prediction.ts'
import { currentPredictions } from './prediction-queries.ts'

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
  /** Those of `SubjectLabel.probabilities`; null in predictions that were made before they were kept. */
  probabilities: string | null
  reason: AbstentionReason | null
  /** Estimated error of a provisional assignment. */
  provisional_error: number | null
  budgets: string
  margin: number
  entropy: number
  created_at: string
}

export type PredictionStore = ReturnType<typeof createPredictionStore>

const ROWS = 200

/** The current prediction of each facet of each thread. */
export function createPredictionStore(db: Database, clock: Clock) {
  return {
    /** Predictions of up to 500 threads, by thread; of each thread by facet name. */
    async of(threadIds: readonly string[]): Promise<Map<string, StoredPrediction[]>> {
      const query = joinFacets(currentPredictions(db), 'p.facet_id')
      const rows: (PredictionRow & { facet: string; number: number })[] = await joinVersions(
        query,
        'p.version_id',
      )
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
          probabilities: row.probabilities === null ? undefined : JSON.parse(row.probabilities),
          reason: row.reason ?? undefined,
          provisional: row.provisional_error === null ? undefined : { estimatedError: row.provisional_error },
          budgets: row.budgets,
          createdAt: row.created_at,
        })
      return predictions
    },

    /** Stores predictions; each replaces the current one of its thread and facet. */
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
            probabilities: JSON.stringify(prediction.probabilities),
            reason: prediction.reason ?? null,
            provisional_error: prediction.provisional?.estimatedError ?? null,
            budgets: prediction.budgets,
            margin: prediction.uncertainty.margin,
            entropy: prediction.uncertainty.entropy,
            created_at: isoNow(clock),
          }),
        )
        await db.sql('predictions').insert(rows).onConflict(['thread_id', 'facet_id']).merge()
      }
    },

    /** Those of these model versions that are active. */
    activeVersions: (versionIds: readonly string[]): Promise<Set<string>> => activeAmong(db, versionIds),
  }
}
