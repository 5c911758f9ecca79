import { type Audience, visibleTo } from '../../access/audience.ts'
import type { HeldOutPrediction } from '../../models/gate/held-out-predictions.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import type { Database } from '../../platform/database/database.ts'
import type { JudgedCase } from './parity.ts'

export interface HeldOutCases {
  /** Of a version's training threads, as far as a reader may see them. */
  of(version: ModelVersion, reader: Audience): Promise<JudgedCase[]>
}

const CHUNK = 500

/** The verdicts stored with a version; none where it has none. */
export type ReadHeldOutPredictions = (version: ModelVersion) => Promise<readonly HeldOutPrediction[]>

export function createHeldOutCases(db: Database, read: ReadHeldOutPredictions): HeldOutCases {
  return {
    async of(version, reader) {
      const labels = await read(version)
      const cases: JudgedCase[] = []
      for (let from = 0; from < labels.length; from += CHUNK) {
        const chunk = labels.slice(from, from + CHUNK)
        const ids = chunk.map(({ id }) => id)
        const threads: { id: string; language: string; audience: Audience }[] = await db
          .sql('threads as t')
          .join('sources as s', 's.id', 't.source_id')
          .where(db.among('t.id', ids))
          .whereIn('s.audience', visibleTo(reader))
          .whereNull('t.removed_at')
          .select('t.id', 't.language', 's.audience')
        const byId = new Map(threads.map((thread) => [thread.id, thread]))
        for (const { id, truth, label, confidence, assigned } of chunk) {
          const thread = byId.get(id)
          if (thread === undefined) continue // A starter example: nobody asked it.
          const { language, audience } = thread
          cases.push({ language, audience, isRight: truth === label, confidence, assigned })
        }
      }
      return cases
    },
  }
}
