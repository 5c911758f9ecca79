import type { Audience } from '../access/audience.ts'
import type { StarterExampleStore } from '../labels/starter-example-store.ts'
import type { HeldOutPrediction, VersionPredictions } from '../models/gate/held-out-predictions.ts'
import type { ModelVersion } from '../models/registry/model-version.ts'
import type { Database } from '../platform/database/database.ts'
import { createYielder } from '../platform/yield-to-event-loop.ts'
import { audienceNow } from '../threads/protections/protection-queries.ts'
import { readableThreads } from '../threads/readable-threads.ts'
import type { JudgedCase } from './parity/parity.ts'

/** A training thread with its held-out prediction. */
export interface HeldOutCase extends JudgedCase {
  readonly threadId: string
  /** Whether it was merged into another thread since, so that it is not shown. */
  readonly merged: boolean
  /** Its label when the version was trained. */
  readonly truth: string
  /** The likeliest label. */
  readonly label: string
}

/** The held-out predictions of a version that a reader may see. */
export interface ReadableHeldOut {
  /** Number of the version that they are of; absent where there are none. */
  readonly version?: number
  /** Labels that the version knew. */
  readonly labels: readonly string[]
  readonly threads: readonly HeldOutCase[]
  /** Starter examples are no threads, and anyone may see them. */
  readonly starters: readonly HeldOutPrediction[]
}

export interface HeldOutCases {
  of(version: ModelVersion, reader: Audience): Promise<ReadableHeldOut>
}

/**
 * Reads the held-out predictions stored with a version or, where it was fitted further, with its ancestor.
 *
 * @returns undefined where there are none
 */
export type ReadVersionPredictions = (version: ModelVersion) => Promise<
  | (Pick<VersionPredictions, 'labels'> & {
      readonly version: number
      readonly rows: readonly HeldOutPrediction[]
    })
  | undefined
>

interface ThreadRow {
  id: string
  language: string
  audience: Audience
  merged_into: string | null
}

/** Ids a query. */
const CHUNK = 5_000

/** Cases from the held-out predictions of a version's training threads. */
export function createHeldOutCases(
  db: Database,
  starterExamples: Pick<StarterExampleStore, 'of'>,
  read: ReadVersionPredictions,
): HeldOutCases {
  return {
    async of(version, reader) {
      const found = await read(version)
      if (found === undefined) return { labels: [], threads: [], starters: [] }
      const yieldToEventLoop = createYielder()
      const starterIds = new Set((await starterExamples.of(version.facetId)).map(({ id }) => id))
      const threads: HeldOutCase[] = []
      for (let from = 0; from < found.rows.length; from += CHUNK) {
        const chunk = found.rows.slice(from, from + CHUNK)
        const ids = chunk.map(({ id }) => id)
        const readable = await db.longRead<ThreadRow>(
          readableThreads(db, reader, { which: 'unremoved' })
            .where(db.among('t.id', ids))
            .select({
              id: 't.id',
              language: 't.language',
              audience: audienceNow(db),
              merged_into: 't.merged_into',
            }),
        )
        const byId = new Map(readable.map((thread) => [thread.id, thread]))
        for (const { id, truth, label, confidence, assigned } of chunk) {
          await yieldToEventLoop()
          const thread = byId.get(id)
          if (thread === undefined) continue
          const { language, audience } = thread
          threads.push({
            threadId: id,
            language,
            audience,
            merged: thread.merged_into !== null,
            truth,
            label,
            isRight: truth === label,
            confidence,
            assigned,
          })
        }
      }
      return {
        version: found.version,
        labels: found.labels,
        threads,
        starters: found.rows.filter(({ id }) => starterIds.has(id)),
      }
    },
  }
}
