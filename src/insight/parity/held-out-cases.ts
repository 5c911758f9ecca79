import type { Audience } from '../../access/audience.ts'
import type { HeldOutPrediction } from '../../models/gate/held-out-predictions.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import type { Database } from '../../platform/database/database.ts'
import { audienceNow } from '../../threads/protections/protection-queries.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import type { JudgedCase } from './parity.ts'

export interface HeldOutCases {
  /** The cases of a version's training threads that a reader may see. */
  of(version: ModelVersion, reader: Audience): Promise<JudgedCase[]>
}

const CHUNK = 500

/** Reads the held-out predictions stored with a version; empty where it has none. */
export type ReadHeldOutPredictions = (version: ModelVersion) => Promise<readonly HeldOutPrediction[]>

/** Cases from the held-out predictions of a version's training threads. */
export function createHeldOutCases(db: Database, read: ReadHeldOutPredictions): HeldOutCases {
  return {
    async of(version, reader) {
      const predictions = await read(version)
      const cases: JudgedCase[] = []
      for (let from = 0; from < predictions.length; from += CHUNK) {
        const chunk = predictions.slice(from, from + CHUNK)
        const ids = chunk.map(({ id }) => id)
        const threads: { id: string; language: string; audience: Audience }[] = await readableThreads(
          db,
          reader,
          { which: 'unremoved' },
        )
          .where(db.among('t.id', ids))
          .select({ id: 't.id', language: 't.language', audience: audienceNow(db) })
        const byId = new Map(threads.map((thread) => [thread.id, thread]))
        for (const { id, truth, label, confidence, assigned } of chunk) {
          const thread = byId.get(id)
          if (thread === undefined) continue // A starter example is no thread.
          const { language, audience } = thread
          cases.push({ language, audience, isRight: truth === label, confidence, assigned })
        }
      }
      return cases
    },
  }
}
